import type { Store } from "@hauberk/store";
import { counterKey } from "../../requests/counter-key.ts";

/** How often a passphrase may be tried in a span: for one link, and by one address for all links. */
export const unlockLimits = { perLink: 10, perAddress: 30, milliseconds: 15 * 60_000 };

/** Counts tries of passphrases, for all processes of the service together. */
export interface UnlockTries {
  /** Counts a try. Answers for how many seconds nobody may try again; 0: go on. */
  begin(link: string, client: string): Promise<number>;
  /** The passphrase was right: the try is not counted. */
  succeed(link: string, client: string): Promise<void>;
}

/** Tries in a store. */
export function createUnlockTries(store: Store, now: () => Date): UnlockTries {
  return {
    async begin(link, client) {
      let wait = 0;
      for (const { key, limit } of countersOf(link, client)) {
        const { count, until } = await countUp(store, key, now().getTime());
        if (count > limit) wait = Math.max(wait, Math.ceil((until - now().getTime()) / 1000));
      }
      return wait;
    },
    async succeed(link, client) {
      for (const { key } of countersOf(link, client)) {
        await store.db
          .updateTable("rate_counters")
          .set((eb) => ({ count: eb("count", "-", 1) }))
          .where("key", "=", key)
          .where("count", ">", 0)
          .execute();
      }
    },
  };
}

function countersOf(link: string, client: string): readonly { readonly key: string; readonly limit: number }[] {
  return [
    { key: counterKey("unlock link", link), limit: unlockLimits.perLink },
    { key: counterKey("unlock address", client), limit: unlockLimits.perAddress },
  ];
}

function countUp(store: Store, key: string, now: number): Promise<{ count: number; until: number }> {
  return store.transaction(async (trx) => {
    // Everybody's that have ended: over SQLite nothing else sweeps them out.
    await trx.deleteFrom("rate_counters").where("until", "<=", now).execute();
    return trx
      .insertInto("rate_counters")
      .values({ key, count: 1, until: now + unlockLimits.milliseconds })
      .onConflict((conflict) =>
        conflict.column("key").doUpdateSet((eb) => ({ count: eb("rate_counters.count", "+", 1) })),
      )
      .returning(["count", "until"])
      .executeTakeFirstOrThrow();
  });
}
