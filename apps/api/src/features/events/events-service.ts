import { reviewLimits, roleMay } from "@hauberk/contract";
import type { DesignEvent } from "@hauberk/contract";
import type { Store } from "@hauberk/store";
import type { DesignCaller } from "../../access/callers.ts";
import { passOf } from "../../access/passes.ts";
import type { Pass } from "../../access/passes.ts";
import type { EventStream } from "../../requests/event-stream.ts";
import { eventFor } from "./event-encoding.ts";
import { readBefore } from "./events-store.ts";
import type { LiveEvents } from "./live-events.ts";

/** Somebody who wants to follow a design, beside who they are to it. */
export interface NewFollower {
  readonly token: string | null;
  /** Who they are for the limits. */
  readonly client: string;
  /** The number of the last event that they have; null: begin now. */
  readonly after: number | null;
}

/** What happened to a design, and what happens. */
export interface EventsService {
  /** The latest events before a number, latest first; null: of all. */
  history(caller: DesignCaller, before: number | null): Promise<DesignEvent[]>;
  /** Tells a follower what they missed and whatever happens; `begin` opens their stream when nothing stands against it. */
  follow(caller: DesignCaller, follower: NewFollower, begin: () => EventStream): Promise<void>;
}

/** Events in a store. */
export function createEventsService(store: Store, live: LiveEvents<Pass>): EventsService {
  return {
    async history(caller, before) {
      const events = await readBefore(store.db, caller.design, before, reviewLimits.listed);
      return events.map((event) => eventFor(event, roleMay(caller.role, "manage")));
    },
    follow: (caller, { token, client, after }, begin) =>
      live.follow(
        { design: caller.design, door: passOf(caller, token), client, after, owner: roleMay(caller.role, "manage") },
        begin,
      ),
  };
}
