import { type ValidationRequest, type ValidationEvent, validationEventSchema, type Verdict } from "@hauberk/contract";
import { postForEvents } from "./service-events.ts";

/** A verdict as it arrived; `milliseconds` is what the run took. */
export interface ArrivedVerdict extends Verdict {
  readonly milliseconds: number;
}

/** Asks for verdicts; each comes as its target finishes. Aborting the signal ends the parsers. */
export async function* requestVerdicts(
  request: ValidationRequest,
  signal: AbortSignal,
): AsyncGenerator<ArrivedVerdict, void, undefined> {
  for await (const event of postForEvents("/api/v1/validations", request, readEvent, signal)) {
    yield { ...event.verdict, milliseconds: event.milliseconds };
  }
}

function readEvent(line: unknown): ValidationEvent | null {
  return validationEventSchema.safeParse(line).data ?? null;
}
