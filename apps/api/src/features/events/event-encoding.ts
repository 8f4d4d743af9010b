import type { DesignEvent } from "@hauberk/contract";

/** What a design's owner alone may read of an event: whom a link is for. */
const ownersDetail: ReadonlySet<DesignEvent["kind"]> = new Set(["link-created", "link-revoked"]);

/** The event as it may be read by the owner, or by anybody else whom the design is open to. */
export function eventFor(event: DesignEvent, owner: boolean): DesignEvent {
  return owner || !ownersDetail.has(event.kind) ? event : { ...event, detail: "" };
}

/** Events as they go over the wire: each with its number as `id`, and in `data` one line of JSON. */
export function encodeEvents(events: readonly DesignEvent[], owner: boolean): Buffer {
  const text = events.map((event) => `id: ${event.number}\ndata: ${JSON.stringify(eventFor(event, owner))}\n\n`);
  return Buffer.from(text.join(""), "utf8");
}

/** Tells a reader where they stand without telling an event, so that they can go on from there after a break. */
export function encodePosition(number: number): Buffer {
  return Buffer.from(`retry: 2000\nid: ${number}\n\n`, "utf8");
}

/** A comment, which readers skip: it keeps proxies and sockets from taking the silence for death. */
export const heartbeat = Buffer.from(": still here\n\n", "utf8");
