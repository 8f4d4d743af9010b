import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { Transaction } from "kysely";
import pg from "pg";
import type { Store } from "./open-store.ts";
import type { Tables } from "./tables.ts";

/** Word of changed designs, among all processes that have the same store open. */
export interface Notices {
  /** Within a change of the design: when it is kept, every process hears of it. */
  tell(trx: Transaction<Tables>, design: string): Promise<void>;
  /** The change that told of the design was kept. */
  kept(design: string): void;
  /** Every process looks at all designs again, for a reason that is none of theirs. */
  tellOfAll(): Promise<void>;
  close(): Promise<void>;
}

/** Hears of a design that was changed; null: any of them may have been, or those who follow them are to be looked at. */
export type Hearing = (design: string | null) => void;

/** PostgreSQL's channel for them. */
const channel = "hauberk_designs";

/** How often the connection that listens is tried, and how long it may take to answer, in milliseconds. */
const pulse = { every: 15_000, most: 10_000 };

/** The longest wait before a lost connection is made anew, in milliseconds. */
const longestWait = 5_000;

/**
 * Opens word of changed designs. Over PostgreSQL one connection listens, and is made anew as often as it breaks; SQLite's
 * file is one process's, which tells itself.
 */
export function openNotices(store: Store, hear: Hearing): Notices {
  if (!("url" in store.place)) {
    return { tell: async () => {}, kept: hear, tellOfAll: async () => hear(null), close: async () => {} };
  }
  const listener = listen(store.place.url, hear);
  return {
    async tell(trx, design) {
      // Held back by PostgreSQL until the change is kept, and dropped with it.
      await sql`select pg_notify(${channel}, ${design})`.execute(trx);
    },
    kept: () => {},
    async tellOfAll() {
      await sql`select pg_notify(${channel}, '')`.execute(store.db);
    },
    close: () => listener.close(),
  };
}

function listen(url: string, hear: Hearing): { close(): Promise<void> } {
  const closed = new AbortController();

  /** Listens until the connection breaks. Answers whether it ever stood. */
  async function listenOnce(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: url,
      application_name: "hauberk notices",
      connectionTimeoutMillis: pulse.most,
      query_timeout: pulse.most,
      keepAlive: true,
    });
    const over = Promise.withResolvers<void>();
    client.on("error", () => over.resolve());
    client.on("end", () => over.resolve());
    client.on("notification", ({ payload = "" }) => hear(payload === "" ? null : payload));
    const close = (): void => over.resolve();
    closed.signal.addEventListener("abort", close, { once: true });
    let stood = false;
    let beats: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      stood = true;
      // What happened before is told to nobody.
      hear(null);
      beats = setInterval(() => void client.query("select 1").catch(() => over.resolve()), pulse.every);
      await over.promise;
    } catch {
      // Tried again; the requests that need the store say what is wrong with it.
    } finally {
      clearInterval(beats);
      closed.signal.removeEventListener("abort", close);
      // One that no longer answers doesn't answer this either.
      await Promise.race([client.end().catch(() => undefined), sleep(1_000, undefined, { ref: false })]);
    }
    return stood;
  }

  async function listenOn(): Promise<void> {
    let wait = 100;
    while (!closed.signal.aborted) {
      wait = (await listenOnce()) ? 100 : Math.min(2 * wait, longestWait);
      await sleep(wait, undefined, { signal: closed.signal }).catch(() => undefined);
    }
  }

  const ended = listenOn();
  return {
    async close() {
      closed.abort();
      await ended;
    },
  };
}
