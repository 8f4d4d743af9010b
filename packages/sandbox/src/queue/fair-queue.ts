/** What a queue lets through: all at once, and of one client at once; and how many of one client may wait. */
export interface QueueShape {
  readonly workers: number;
  readonly perClient: number;
  readonly waitingPerClient: number;
  /** The time in milliseconds, from any beginning; default: the process's own clock. */
  readonly now?: () => number;
}

/** A turn, to be given back when done; `busy` where too many of the client wait already; `aborted` where given up. */
export type Turn =
  | { readonly kind: "turn"; readonly done: () => void }
  | { readonly kind: "busy" }
  | { readonly kind: "aborted" };

interface Waiting {
  readonly grant: () => void;
}

/** What a client has used of the workers, as it counted at a time. */
interface Usage {
  readonly milliseconds: number;
  readonly at: number;
}

/** What was used counts half after this time, in milliseconds. */
const halfLife = 60_000;

/** Below this nobody has used anything, in milliseconds. */
const forgotten = 1;

/**
 * Hands out turns. The next one is for whoever has used the workers least of late, among equals for whoever waits
 * longest: many jobs of one client, or long ones of many, hold up nobody whose jobs are short.
 */
export class FairQueue {
  readonly #shape: QueueShape;
  readonly #now: () => number;
  /** Clients that wait, in the order in which they came or had their last turn. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #running = new Map<string, number>();
  readonly #used = new Map<string, Usage>();
  #busyWorkers = 0;

  constructor(shape: QueueShape) {
    this.#shape = shape;
    this.#now = shape.now ?? (() => performance.now());
  }

  /** Waits for a turn of a client. */
  take(client: string, signal?: AbortSignal): Promise<Turn> {
    if (signal?.aborted) return Promise.resolve({ kind: "aborted" });
    const line = this.#waiting.get(client) ?? [];
    if (line.length >= this.#shape.waitingPerClient) return Promise.resolve({ kind: "busy" });
    return new Promise((resolve) => {
      const onAbort = (): void => {
        this.#leave(client, waiting);
        resolve({ kind: "aborted" });
      };
      const waiting: Waiting = {
        grant: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve({ kind: "turn", done: this.#start(client) });
        },
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      line.push(waiting);
      this.#waiting.set(client, line);
      this.#serve();
    });
  }

  /** Counts a turn as running; the function that ends it works once. */
  #start(client: string): () => void {
    this.#busyWorkers++;
    this.#running.set(client, this.#runningOf(client) + 1);
    const begun = this.#now();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#busyWorkers--;
      const left = this.#runningOf(client) - 1;
      if (left === 0) this.#running.delete(client);
      else this.#running.set(client, left);
      this.#charge(client, this.#now() - begun);
      this.#serve();
    };
  }

  #serve(): void {
    while (this.#busyWorkers < this.#shape.workers) {
      const client = this.#next();
      if (client === undefined) return;
      const line = this.#waiting.get(client) ?? [];
      const next = line.shift();
      // Behind the others that have used as much.
      this.#waiting.delete(client);
      if (line.length > 0) this.#waiting.set(client, line);
      next?.grant();
    }
  }

  /** Of the clients that wait and may run, the first of those that have used least. */
  #next(): string | undefined {
    let best: { readonly client: string; readonly used: number } | undefined;
    for (const client of this.#waiting.keys()) {
      if (this.#runningOf(client) >= this.#shape.perClient) continue;
      const used = this.#usedBy(client);
      if (best === undefined || used < best.used) best = { client, used };
    }
    return best?.client;
  }

  #charge(client: string, milliseconds: number): void {
    this.#used.set(client, { milliseconds: this.#usedBy(client) + milliseconds, at: this.#now() });
    for (const known of this.#used.keys()) {
      if (this.#usedBy(known) < forgotten) this.#used.delete(known);
    }
  }

  #usedBy(client: string): number {
    const usage = this.#used.get(client);
    return usage === undefined ? 0 : usage.milliseconds * 0.5 ** ((this.#now() - usage.at) / halfLife);
  }

  #leave(client: string, waiting: Waiting): void {
    const line = (this.#waiting.get(client) ?? []).filter((one) => one !== waiting);
    if (line.length === 0) this.#waiting.delete(client);
    else this.#waiting.set(client, line);
  }

  #runningOf(client: string): number {
    return this.#running.get(client) ?? 0;
  }
}
