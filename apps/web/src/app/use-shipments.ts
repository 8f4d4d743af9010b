import { type BundleStanding, shipmentsOf } from "@hauberk/core/bundle";
import { type Lowering, lowerDesign } from "@hauberk/core/lowering";
import { useQueries, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  ServiceError,
  type ServiceFailure,
  type StandingsByTarget,
  standingsQuery,
  targetPolicyQuery,
  type VerdictsByTarget,
  verdictsQuery,
} from "../api-client/index.ts";
import { designOf, loweringTarget } from "../features/lowering/index.ts";
import { useVerdicts, type VerdictState, verdictState, verdictSubject } from "../features/verdict/index.ts";
import { policyStorage } from "../persistence/index.ts";
import { useDesign } from "../store/index.ts";

/** What ships to the chosen targets, what their parsers say of it, and what its rules come to. */
export interface Shipments {
  /** Of the targets for which it can be told. */
  readonly lowerings: readonly Lowering[];
  /** By target, of the text that ships there as the design is now. */
  readonly states: ReadonlyMap<string, VerdictState>;
  /** Of the targets that have told. */
  readonly standings: readonly BundleStanding[];
  /** What is still asked, for a person to wait for; null where all has come that will. */
  readonly waitsFor: "verdicts" | "standings" | null;
}

const storage = policyStorage();

/** Lowers the open design for each chosen target, and asks for verdict and standings of what ships: one request for those that get the same text. */
export function useShipments(): Shipments {
  const client = useQueryClient();
  const name = useDesign((state) => state.name);
  const texts = useDesign((state) => state.texts);
  const targets = useVerdicts((all) => all.targets);
  const policies = useQueries({
    queries: targets.map(({ id, status }) => ({
      ...targetPolicyQuery(client, id, storage),
      enabled: status?.features != null,
    })),
    combine: policiesOf,
  });
  const design = useMemo(() => designOf(name, texts), [name, texts]);
  const lowerings = useMemo(
    () =>
      targets.flatMap(({ status }, index) => {
        const target = loweringTarget(status ?? undefined, policies.trees[index] ?? null);
        return target === null ? [] : [lowerDesign(design, target)];
      }),
    [targets, policies.trees, design],
  );
  const subjects = useMemo(() => {
    const ids = targets.map(({ id }) => id);
    return shipmentsOf(design, ids, lowerings).flatMap((shipment) => {
      const shipped = new Map(shipment.design.files.map(({ path, text }) => [path, text]));
      return verdictSubject(name, shipped, shipment.targets) ?? [];
    });
  }, [design, targets, lowerings, name]);

  const asked = policies.asking ? [] : subjects;
  const verdicts = useQueries({
    queries: asked.map((subject) => verdictsQuery(client, subject)),
    combine: answersOf<VerdictsByTarget>,
  });
  const accepted = asked.filter(
    ({ request }, index) =>
      verdicts.answers[index]?.done === true &&
      request.targets.some((id) => verdicts.answers[index]?.data?.[id]?.verdict === "accepted"),
  );
  const standings = useQueries({
    queries: accepted.map((subject) => standingsQuery(client, subject)),
    combine: answersOf<StandingsByTarget>,
  });

  const waitsFor = policies.asking || verdicts.asking ? "verdicts" : standings.asking ? "standings" : null;
  return useMemo(() => {
    const states = new Map(
      targets.map(({ id }) => {
        const at = subjects.findIndex(({ request }) => request.targets.includes(id));
        const answer = verdicts.answers[at];
        const failure = answer?.failure ?? null;
        const current = answer?.data?.[id];
        return [id, verdictState({ subject: at >= 0, current, previous: undefined, failure })];
      }),
    );
    const told = standings.answers.flatMap(({ data, done }) =>
      done ? Object.entries(data ?? {}).map(([target, rows]) => ({ target, rows })) : [],
    );
    return { lowerings, states, standings: told, waitsFor };
  }, [targets, subjects, verdicts, standings, lowerings, waitsFor]);
}

type PolicyResult = UseQueryResult<Parameters<typeof loweringTarget>[1]>;

function policiesOf(results: PolicyResult[]) {
  return {
    trees: results.map(({ data }) => data ?? null),
    asking: results.some(
      ({ data, error, fetchStatus }) => data === undefined && error === null && fetchStatus === "fetching",
    ),
  };
}

/** What has come of one question. */
interface Answer<T> {
  readonly data: T | undefined;
  readonly done: boolean;
  readonly failure: ServiceFailure | null;
}

function answersOf<T>(results: UseQueryResult<T>[]): {
  readonly answers: readonly Answer<T>[];
  readonly asking: boolean;
} {
  return {
    answers: results.map(({ data, error, isPlaceholderData, isSuccess, fetchStatus }) => ({
      // What stands in for an answer is about another text.
      data: isPlaceholderData ? undefined : data,
      done: isSuccess && !isPlaceholderData && fetchStatus === "idle",
      failure: failureOf(error),
    })),
    asking: results.some(({ fetchStatus }) => fetchStatus === "fetching"),
  };
}

function failureOf(error: Error | null): ServiceFailure | null {
  if (error === null) return null;
  if (error instanceof ServiceError) return error.failure;
  return { kind: "refused", status: 0, problem: null, title: "The answer can’t be read", detail: error.message };
}
