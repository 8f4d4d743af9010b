import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import { lineDelimitedJson } from "@hauberk/contract";
import type { EngineCall } from "../validation-engine.ts";
import { clientKey } from "./client-key.ts";

/** Answers with events, a line of JSON each, as they come. What `start` began is ended where the client leaves. */
export async function sendEventLines(
  request: Request,
  response: Response,
  start: (call: EngineCall) => Promise<AsyncIterable<unknown>>,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const events = await start({ signal: gone.signal, client: clientKey(request) });
  response.status(200).set({
    "Content-Type": lineDelimitedJson,
    "Cache-Control": "no-store",
    // A proxy that collects the answer first would undo the point of sending events one by one.
    "X-Accel-Buffering": "no",
  });
  response.flushHeaders();
  try {
    await pipeline(Readable.from(lines(events), { highWaterMark: 1 }), response);
  } catch (error) {
    // A client that left has had its run ended; there is nobody to tell.
    if (!gone.signal.aborted) throw error;
  }
}

async function* lines(events: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}
