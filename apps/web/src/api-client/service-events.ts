import { jsonLines } from "./json-lines.ts";
import { callService, ServiceError } from "./problem-answer.ts";

/** What a line of an answer is read to: null for an event of a kind that a newer service sends. */
type ReadEvent<E> = (line: unknown) => E | null | Promise<E | null>;

/**
 * Posts a request and gives the events of the answer as they arrive, until `done`. An answer that is cut off is none: what is
 * missing is not known. Aborting the signal ends the work at the service too.
 */
export async function* postForEvents<E extends { readonly type: string }>(
  path: string,
  request: unknown,
  read: ReadEvent<E>,
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
    const event = await read(line);
    if (event === null) continue;
    if (!tells(event)) return;
    yield event;
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
