import { type StandingRequestBody, type StandingRow, standingEventSchema } from "@hauberk/contract";
import { postForEvents } from "./service-events.ts";

/** What every rule of a design comes to on one target. */
export interface TargetStandings {
  readonly target: string;
  readonly rows: readonly StandingRow[];
}

/** Asks what each rule comes to; the rows of a target come as it finishes. Aborting the signal ends the parsers. */
export async function* requestStandings(
  request: StandingRequestBody,
  signal: AbortSignal,
): AsyncGenerator<TargetStandings, void, undefined> {
  for await (const { target, rows } of postForEvents("/api/v1/standings", request, standingEventSchema, signal)) {
    yield { target, rows };
  }
}
