import { type DesignEvent, designEventSchema, endpoints, eventStream } from "@hauberk/contract";
import { callService, ServiceError } from "../problem-answer.ts";
import { bearer, type DesignAccess, pathOf } from "./design-call.ts";
import { type StreamEvent, streamEvents } from "./event-stream.ts";

interface EventListener {
  readonly onEvent: (event: DesignEvent) => void;
  /** Whether events come. A connection that is there again at once was never broken. */
  readonly onState: (state: "live" | "broken") => void;
  /** The access is dead: nothing more will come. */
  readonly onEnd: (why: ServiceError) => void;
}

/** Milliseconds until the first try anew, and the most between two. */
const soonest = 500;
const latest = 20_000;

/**
 * Listens to what happens to a design, from an event's number on (null: from now on), until the signal says enough. A
 * broken connection is taken up again where it broke, with growing pauses. By `fetch`, since an EventSource can't show a
 * token but in the address.
 */
export async function listenToDesign(
  access: DesignAccess,
  after: number | null,
  listener: EventListener,
  signal: AbortSignal,
): Promise<void> {
  let last = after;
  let pause = soonest;
  while (!signal.aborted) {
    try {
      const answer = await callService(pathOf(endpoints.events, { design: access.design }), {
        headers: {
          accept: eventStream,
          ...bearer(access),
          ...(last === null ? {} : { "last-event-id": String(last) }),
        },
        cache: "no-store",
        signal,
      });
      listener.onState("live");
      pause = soonest;
      for await (const event of streamEvents(answer.body ?? new ReadableStream())) {
        const told = readEvent(event);
        if (told === null || (last !== null && told.number <= last)) continue;
        last = told.number;
        listener.onEvent(told);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isFinal(error)) {
        listener.onEnd(error);
        return;
      }
    }
    if (signal.aborted) return;
    if (pause > soonest) listener.onState("broken");
    await rest(pause * (0.75 + Math.random() / 2), signal);
    pause = Math.min(pause * 2, latest);
  }
}

function readEvent({ data }: StreamEvent): DesignEvent | null {
  try {
    return designEventSchema.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    // An event of a kind that a newer service sends.
    return null;
  }
}

/** Refused for good; a service that is away or asks to wait is asked again. */
function isFinal(error: unknown): error is ServiceError {
  if (!(error instanceof ServiceError) || error.failure.kind !== "refused") return false;
  return [401, 403, 404].includes(error.failure.status);
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}
