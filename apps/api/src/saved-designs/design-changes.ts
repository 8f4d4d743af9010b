import type { SavedDesignLimits } from "@hauberk/contract";
import type { Notices, Store, Tables, Transaction } from "@hauberk/store";
import { recordEvent } from "./record-event.ts";
import type { NewEvent } from "./record-event.ts";

/** Changes of saved designs, each with the events that tell of it. */
export interface DesignChanges {
  /**
   * Runs the work as one change of the design. It resolves when the change is on the disk, and whoever follows the design
   * hears of it. The work may be run again, so it must do nothing beside what it does by `trx`.
   */
  change<Result>(design: string, work: (change: OngoingChange) => Promise<Result>): Promise<Result>;
}

/** A change under way. */
export interface OngoingChange {
  readonly trx: Transaction<Tables>;
  /**
   * Keeps an event and answers with its number. The first one locks the design, so that changes of it come one after the
   * other: do it before anything is read that the change depends on. Refuses where the design is gone.
   */
  readonly record: (event: NewEvent) => Promise<number>;
  /** What the design may hold. */
  readonly limits: SavedDesignLimits;
}

/** Adds to a change, by its transaction, what is to be done after an event. */
export type FollowUp = (trx: Transaction<Tables>, design: string, event: NewEvent) => Promise<void>;

/** Changes in a store, told of by `notices`. */
export function createDesignChanges(
  store: Store,
  notices: Notices,
  followUp: FollowUp,
  limits: SavedDesignLimits,
): DesignChanges {
  return {
    async change(design, work) {
      const result = await store.transaction(async (trx) => {
        const record = async (event: NewEvent): Promise<number> => {
          const number = await recordEvent(trx, design, event, limits);
          await followUp(trx, design, event);
          return number;
        };
        const done = await work({ trx, record, limits });
        await notices.tell(trx, design);
        return done;
      });
      notices.kept(design);
      return result;
    },
  };
}
