import type { Request, Response } from "express";
import { eventStream } from "@hauberk/contract";

/** An answer of server-sent events (HTML, 9.2), as whoever has events sees it. */
export interface EventStream {
  /** Sends whole events, or a comment. A reader who has left too much untaken is cut off instead. */
  send(chunk: Uint8Array): void;
  /** How many bytes of what was sent wait for the reader to take them, and how many are on their way. */
  progress(): { readonly waiting: number; readonly taken: number };
  /** Resolves when the reader has room again, or is gone. */
  room(): Promise<void>;
  /** Ends the answer. What the reader has not taken by now, it does not get. */
  end(): void;
  /** The reader left, or the answer was ended. */
  readonly gone: AbortSignal;
}

/** What one reader may leave untaken, in bytes, beside what the kernel holds for the connection. */
const mostUntaken = 128 * 1024;

/** Begins an answer of server-sent events. A HEAD request gets its headers and is ended. */
export function openEventStream(request: Request, response: Response): EventStream {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  response.on("error", () => gone.abort());
  // Whoever left before this has nobody who would say so.
  if (response.destroyed) gone.abort();
  let sent = 0;
  response.status(200).set({
    "Content-Type": eventStream,
    "Cache-Control": "no-store",
    // A proxy that collects the answer first would hold the events back for ever.
    "X-Accel-Buffering": "no",
  });
  response.flushHeaders();
  const stream: EventStream = {
    send(chunk) {
      if (gone.signal.aborted || chunk.length === 0) return;
      if (response.writableLength + chunk.length > mostUntaken) {
        stream.end();
        return;
      }
      sent += chunk.length;
      response.write(chunk);
    },
    progress: () => ({ waiting: response.writableLength, taken: sent - response.writableLength }),
    async room() {
      if (gone.signal.aborted || !response.writableNeedDrain) return;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          response.off("drain", done);
          gone.signal.removeEventListener("abort", done);
          resolve();
        };
        response.once("drain", done);
        gone.signal.addEventListener("abort", done, { once: true });
      });
    },
    end() {
      if (response.writableLength > 0) response.destroy();
      else response.end();
      gone.abort();
    },
    gone: gone.signal,
  };
  if (request.method === "HEAD") stream.end();
  return stream;
}
