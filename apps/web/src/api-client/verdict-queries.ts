import type { TargetStatus, ValidationRequest } from "@hauberk/contract";
import { keepPreviousData, queryOptions, type QueryClient } from "@tanstack/react-query";
import { ServiceError } from "./problem-answer.ts";
import { requestTargets } from "./targets.ts";
import { type ArrivedVerdict, requestVerdicts } from "./validations.ts";

/** How often, in milliseconds, a service that does not answer is asked again. */
const askAgain = 5000;

/** The list of targets; it is also how the designer knows whether the service answers. */
export function targetsQuery() {
  return queryOptions<readonly TargetStatus[]>({
    queryKey: ["targets"],
    queryFn: ({ signal }) => requestTargets(signal),
    staleTime: 60_000,
    retry: false,
    refetchInterval: (query) => (query.state.status === "error" || query.state.error !== null ? askAgain : false),
  });
}

/** What is sent to be judged, under the hash of its content: the same text is never judged twice. */
export interface VerdictSubject {
  readonly hash: string;
  readonly request: ValidationRequest;
}

/** Verdicts by target id, filled as they arrive. */
export type VerdictsByTarget = Readonly<Record<string, ArrivedVerdict>>;

/**
 * The verdicts on a subject. While another subject is judged, those before it stay as placeholder data. The query is
 * done when the stream is; until then it holds what has come so far.
 */
export function verdictsQuery(client: QueryClient, subject: VerdictSubject | null) {
  const queryKey = ["verdicts", subject?.hash ?? null, subject?.request.targets.join(" ") ?? null] as const;
  return queryOptions<VerdictsByTarget>({
    queryKey,
    enabled: subject !== null && subject.request.targets.length > 0,
    queryFn: async ({ signal }) => {
      if (subject === null) return {};
      let verdicts: VerdictsByTarget = {};
      for await (const verdict of requestVerdicts(subject.request, signal)) {
        verdicts = { ...verdicts, [verdict.target]: verdict };
        if (!signal.aborted) client.setQueryData(queryKey, verdicts);
      }
      return verdicts;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10 * 60_000,
    placeholderData: keepPreviousData,
    // A busy service asks to wait; one that is away is watched by the query of the targets.
    retry: (count, error) =>
      count < 3 && error instanceof ServiceError && error.failure.kind === "refused" && error.failure.status === 429,
  });
}
