import type { StandingRow } from "@hauberk/contract";
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { ServiceError } from "./problem-answer.ts";
import { requestStandings } from "./standings.ts";
import type { VerdictSubject } from "./verdict-queries.ts";

/** What the rules come to, by target id, filled as the targets finish. */
export type StandingsByTarget = Readonly<Record<string, readonly StandingRow[]>>;

/** What the rules of a subject come to. The query is done when the stream is; until then it holds what has come so far. */
export function standingsQuery(client: QueryClient, subject: VerdictSubject | null) {
  const queryKey = ["standings", subject?.hash ?? null, subject?.request.targets.join(" ") ?? null] as const;
  return queryOptions<StandingsByTarget>({
    queryKey,
    enabled: subject !== null && subject.request.targets.length > 0,
    queryFn: async ({ signal }) => {
      if (subject === null) return {};
      let standings: StandingsByTarget = {};
      for await (const { target, rows } of requestStandings(subject.request, signal)) {
        standings = { ...standings, [target]: rows };
        if (!signal.aborted) client.setQueryData(queryKey, standings);
      }
      return standings;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10 * 60_000,
    // Thousands of rows that were not changed are not compared one by one to find that out.
    structuralSharing: false,
    retry: (count, error) =>
      count < 3 && error instanceof ServiceError && error.failure.kind === "refused" && error.failure.status === 429,
  });
}
