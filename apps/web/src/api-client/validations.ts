import { type ValidationRequest, validationEventSchema, type Verdict } from "@hauberk/contract";
import { jsonLines } from "./json-lines.ts";
import { callService, ServiceError } from "./problem-answer.ts";

/** A verdict as it arrived; `milliseconds` is what the run took. */
export interface ArrivedVerdict extends Verdict {
  readonly milliseconds: number;
}

/** Asks for verdicts; each comes as its target finishes. Aborting the signal ends the parsers. */
export async function* requestVerdicts(
  request: ValidationRequest,
  signal: AbortSignal,
): AsyncGenerator<ArrivedVerdict, void, undefined> {
  const response = await callService("/api/v1/validations", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/x-ndjson" },
    body: JSON.stringify(request),
    signal,
  });
  if (response.body === null) throw new ServiceError({ kind: "unreachable" });
  let finished = false;
  for await (const line of linesUntilCut(response.body, signal)) {
    const event = validationEventSchema.safeParse(line);
    // An event of a kind that a newer service sends is none of ours.
    if (!event.success) continue;
    if (event.data.type === "done") {
      finished = true;
      break;
    }
    yield { ...event.data.verdict, milliseconds: event.data.milliseconds };
  }
  // Without `done` the answer was cut off: what is missing is not known.
  if (!finished) throw new ServiceError({ kind: "unreachable" });
}

async function* linesUntilCut(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<unknown, void, undefined> {
  try {
    yield* jsonLines(body);
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ServiceError({ kind: "unreachable" });
  }
}
