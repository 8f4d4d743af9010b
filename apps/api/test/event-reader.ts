import { request as httpRequest } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { onTestFinished } from "vitest";
import { designEventSchema } from "@hauberk/contract";
import type { DesignEvent } from "@hauberk/contract";
import type { Caller } from "./design-calls.ts";

/** Somebody who reads the events of a design, over a connection of their own. */
export interface EventReader {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The number behind which the stream begins. */
  readonly begin: Promise<number>;
  /** What came, in order. */
  readonly events: readonly DesignEvent[];
  /** All text that came. */
  text(): string;
  /** Resolves when the event of this number has come. */
  has(number: number): Promise<void>;
  /** Resolves when the service has ended the stream. */
  readonly ended: Promise<void>;
  leave(): void;
}

/**
 * Reads events as the browser does: with the token in a header, and the last event's number after a break. `more` are
 * headers that tell an account.
 */
export async function followDesign(
  caller: Pick<Caller, "url" | "design"> & Partial<Pick<Caller, "token">>,
  lastEvent?: number,
  more: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const { hostname, port } = new URL(caller.url);
  const headers = {
    ...(caller.token === undefined ? {} : { authorization: `Bearer ${caller.token}` }),
    ...(lastEvent === undefined ? {} : { "last-event-id": String(lastEvent) }),
    ...more,
  };
  const { promise, resolve, reject } = Promise.withResolvers<EventReader>();
  const path = `/api/v1/designs/${caller.design}/events`;
  const request = httpRequest({ hostname, port, path, headers, agent: false }, (response) => {
    const events: DesignEvent[] = [];
    const begin = Promise.withResolvers<number>();
    const ended = Promise.withResolvers<void>();
    const waiting = new Set<() => void>();
    let text = "";
    let read = 0;
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => {
      text += chunk;
      for (let end = text.indexOf("\n\n", read); end !== -1; end = text.indexOf("\n\n", read)) {
        const block = text.slice(read, end);
        read = end + 2;
        const id = /^id: (\d+)$/m.exec(block)?.[1];
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) events.push(eventOf(data, id));
        else if (id !== undefined) begin.resolve(Number(id));
      }
      for (const look of waiting) look();
    });
    response.on("error", () => undefined);
    response.on("close", () => ended.resolve());
    resolve({
      status: response.statusCode ?? 0,
      headers: response.headers,
      begin: begin.promise,
      events,
      text: () => text,
      has: (number) =>
        new Promise((done) => {
          const look = (): void => {
            if (!events.some((event) => event.number === number)) return;
            waiting.delete(look);
            done();
          };
          waiting.add(look);
          look();
        }),
      ended: ended.promise,
      leave: () => void request.destroy(),
    });
  });
  request.on("error", reject);
  request.end();
  onTestFinished(() => void request.destroy());
  return promise;
}

function eventOf(data: string, id: string | undefined): DesignEvent {
  const event = designEventSchema.parse(JSON.parse(data));
  if (id !== String(event.number)) throw new Error(`event ${event.number} came with id ${id}`);
  return event;
}
