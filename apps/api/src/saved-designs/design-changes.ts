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
}

/** Changes in a store, told of by `notices`. */
export function createDesignChanges(store: Store, notices: Notices): DesignChanges {
  return {
    async change(design, work) {
      const result = await store.transaction(async (trx) => {
        const done = await work({ trx, record: (event) => recordEvent(trx, design, event) });
        await notices.tell(trx, design);
        return done;
      });
      notices.kept(design);
      return result;
    },
  };
}
