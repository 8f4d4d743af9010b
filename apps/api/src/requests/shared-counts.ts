import type { IncrementResponse, Options, Store as CountStore } from "express-rate-limit";
import { sql } from "@hauberk/store";
import type { Store } from "@hauberk/store";
import { counterKey } from "./counter-key.ts";

/** So old what is known of the other processes may be, in milliseconds. */
const knownFor = 1_000;

/** So often what has ended is swept out, in milliseconds. */
const sweepEvery = 60_000;

/**
 * So many requests of one client a process may let through before it tells the others: one in a hundred of the limit.
 * With P processes a client so gets at most `limit + P × countedAhead(limit)` through; below 200 it is exact to P.
 */
export function countedAhead(limit: number): number {
  return Math.max(1, Math.floor(limit / 100));
}

/** What is known of one client's requests in the span that runs. */
interface Counted {
  /** Those that came here. */
  here: number;
  /** Of these, those that the store was told of. */
  told: number;
  /** Those that came to the other processes, as of the last time that the store was asked. */
  elsewhere: number;
  /** The end of the span by this process's clock, in milliseconds since 1970. */
  until: number;
  askedAt: number;
  asking: Promise<void> | null;
}

/**
 * Counts requests for express-rate-limit over all processes of one PostgreSQL: in a table, by one statement, and not for
 * each request: see `countedAhead`. Where the store can't be asked each process counts by itself.
 *
 * @param name of the limit; clients are counted for each limit apart, and stand in the table by a hash.
 */
export class SharedCounts implements CountStore {
  readonly localKeys = false;
  /** Tells one limit's counts from another's, for express-rate-limit. */
  readonly prefix: string;
  readonly #store: Store;
  readonly #name: string;
  readonly #ahead: number;
  readonly #failed: (error: unknown) => void;
  readonly #clients = new Map<string, Counted>();
  #window = 60_000;
  #sweeping: NodeJS.Timeout | undefined;

  constructor(store: Store, name: string, limit: number, failed: (error: unknown) => void) {
    this.#store = store;
    this.#name = name;
    this.prefix = name;
    this.#ahead = countedAhead(limit);
    this.#failed = failed;
  }

  init({ windowMs }: Options): void {
    this.#window = windowMs;
    this.#sweeping = setInterval(() => void this.#sweep(), sweepEvery).unref();
  }

  async increment(client: string): Promise<IncrementResponse> {
    const counted = this.#counted(client);
    const own = ++counted.here;
    // Whoever waited for another's question may find that the own request was not in it.
    while (own > counted.told && this.#mustAsk(counted)) {
      await (counted.asking ??= this.#ask(client, counted).finally(() => (counted.asking = null)));
    }
    return { totalHits: counted.elsewhere + own, resetTime: new Date(counted.until) };
  }

  async decrement(client: string): Promise<void> {
    const counted = this.#counted(client);
    counted.elsewhere--;
    await this.#add(client, -1);
  }

  async resetKey(client: string): Promise<void> {
    this.#clients.delete(client);
    await this.#store.db.deleteFrom("rate_counters").where("key", "=", this.#key(client)).execute();
  }

  shutdown(): void {
    clearInterval(this.#sweeping);
  }

  #counted(client: string): Counted {
    const now = Date.now();
    const known = this.#clients.get(client);
    if (known !== undefined && known.until > now) return known;
    const fresh = { here: 0, told: 0, elsewhere: 0, until: now + this.#window, askedAt: 0, asking: null };
    this.#clients.set(client, fresh);
    return fresh;
  }

  #mustAsk(counted: Counted): boolean {
    return counted.here - counted.told >= this.#ahead || counted.askedAt + knownFor < performance.now();
  }

  async #ask(client: string, counted: Counted): Promise<void> {
    const adding = counted.here - counted.told;
    counted.askedAt = performance.now();
    try {
      const { count, left } = await this.#add(client, adding);
      counted.told += adding;
      counted.elsewhere = Math.max(0, count - counted.told);
      counted.until = Date.now() + left;
    } catch (error) {
      this.#failed(error);
      // Told to nobody: only this process knows of them.
      counted.told += adding;
    }
  }

  /** Adds to a client's count; the count of all processes, and how long the span still runs by the store's clock. */
  async #add(client: string, requests: number): Promise<{ readonly count: number; readonly left: number }> {
    const now = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
    const ended = sql<boolean>`rate_counters.until <= ${now}`;
    const { count, left } = await this.#store.db
      .insertInto("rate_counters")
      .values({ key: this.#key(client), count: requests, until: sql<number>`${now} + ${this.#window}::bigint` })
      .onConflict((conflict) =>
        conflict.column("key").doUpdateSet({
          count: sql<number>`case when ${ended} then excluded.count else rate_counters.count + excluded.count end`,
          until: sql<number>`case when ${ended} then excluded.until else rate_counters.until end`,
        }),
      )
      .returning(["count", sql<number>`until - ${now}`.as("left")])
      .executeTakeFirstOrThrow();
    return { count, left };
  }

  async #sweep(): Promise<void> {
    const now = Date.now();
    for (const [client, { until }] of this.#clients) if (until <= now) this.#clients.delete(client);
    const ended = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
    await this.#store.db
      .deleteFrom("rate_counters")
      .where("until", "<", ended)
      .execute()
      .catch((error: unknown) => this.#failed(error));
  }

  #key(client: string): string {
    return counterKey(this.#name, client);
  }
}
