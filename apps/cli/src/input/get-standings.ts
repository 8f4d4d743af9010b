import { availableParallelism } from "node:os";
import type { StandingRequest, StandingRow } from "@hauberk/contract";
import { CallError } from "../call-error.ts";
import { requestFor } from "./get-verdicts.ts";
import type { OpenDesign } from "./open-design.ts";

/** Asks the real parsers what each rule comes to, within the wide limits; the rows in the order of the targets. */
export async function getStandings(
  open: OpenDesign,
  targets: readonly string[],
  features: StandingRequest["features"],
): Promise<StandingRow[]> {
  const found = await standingsByTarget(open, targets, features);
  return targets.flatMap((target) => found.get(target) ?? []);
}

/** The same by target; one that gave no answer is missing. */
export async function standingsByTarget(
  open: OpenDesign,
  targets: readonly string[],
  features: StandingRequest["features"],
): Promise<ReadonlyMap<string, readonly StandingRow[]>> {
  const request = { ...requestFor(open, targets), features };
  const { createSandbox } = await import("@hauberk/sandbox");
  // Nobody else waits here, so all of the machine is ours.
  const sandbox = createSandbox({ perClient: availableParallelism() });
  const abort = new AbortController();
  const stop = () => abort.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const found = new Map<string, readonly StandingRow[]>();
  try {
    for await (const { target, rows } of sandbox.standings(request, { signal: abort.signal })) found.set(target, rows);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    await sandbox.close();
  }
  if (abort.signal.aborted) throw new CallError("interrupted");
  return found;
}
