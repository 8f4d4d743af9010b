import { jsonLines } from "./json-lines.ts";
import { callService, ServiceError } from "./problem-answer.ts";

/** A schema of the contract, as far as reading needs it. */
interface EventSchema<E> {
  safeParse(value: unknown): { readonly success: true; readonly data: E } | { readonly success: false };
}

/**
 * Posts a request and gives the events of the answer as they arrive, until `done`. An event of a kind that a newer service
 * sends is passed over. An answer that is cut off is none: what is missing is not known. Aborting the signal ends the work
 * at the service too.
 */
export async function* postForEvents<E extends { readonly type: string }>(
  path: string,
  request: unknown,
  schema: EventSchema<E>,
  signal: AbortSignal,
): AsyncGenerator<Exclude<E, { readonly type: "done" }>, void, undefined> {
  const response = await callService(path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/x-ndjson" },
    body: JSON.stringify(request),
    signal,
  });
  if (response.body === null) throw new ServiceError({ kind: "unreachable" });
  for await (const line of linesUntilCut(response.body, signal)) {
    const event = schema.safeParse(line);
    if (!event.success) continue;
    if (!tells(event.data)) return;
    yield event.data;
  }
  throw new ServiceError({ kind: "unreachable" });
}

function tells<E extends { readonly type: string }>(event: E): event is Exclude<E, { readonly type: "done" }> {
  return event.type !== "done";
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
