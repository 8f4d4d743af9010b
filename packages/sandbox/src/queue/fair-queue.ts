/** What a queue lets through: all at once, and of one client at once; and how many of one client may wait. */
export interface QueueShape {
  readonly workers: number;
  /** Turns beside the workers' that only those get who have not waited long: a flood can't hold them. Default: none. */
  readonly prompt?: number;
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
  readonly since: number;
  /** Counts those that came. */
  readonly number: number;
  /** Those that were asked for together have the same. */
  readonly batch: unknown;
}

/** What a client has used of the workers, as it counted at a time. */
interface Usage {
  readonly milliseconds: number;
  readonly at: number;
}

/** A client whose turn might be next: what it has used, what it waits for. */
interface Candidate {
  readonly client: string;
  readonly used: number;
  readonly next: Waiting;
  /** It has waited longer than a person does. */
  readonly late: boolean;
}

/** What was used counts half after this time, in milliseconds. */
const halfLife = 60_000;

/** Below this nobody has used anything, in milliseconds. */
const forgotten = 1;

/** Whoever has used less than this is served as if it were nothing, in milliseconds: so much a person needs who types. */
const light = 5_000;

/** Who has waited longer than this, in milliseconds, is in no hurry any more: those that still are go before. */
const patience = 250;

/**
 * Hands out turns. The next one is for whoever has used the workers least of late: many jobs of one client, or long ones
 * of many, hold up nobody whose jobs are short. Among those that have used little it is for whoever waits longest, as
 * long as the queue is short; once it is long, for whoever came last. So a flood makes its own jobs late, and not those
 * of a person who still waits for an answer, also where both come from one address.
 */
export class FairQueue {
  readonly #shape: QueueShape;
  readonly #now: () => number;
  /** Clients that wait, in the order in which they came or had their last turn. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #running = new Map<string, number>();
  readonly #used = new Map<string, Usage>();
  #busyWorkers = 0;
  #came = 0;

  constructor(shape: QueueShape) {
    this.#shape = shape;
    this.#now = shape.now ?? (() => performance.now());
  }

  /** Somebody waits for a turn. */
  get isWanted(): boolean {
    return this.#waiting.size > 0;
  }

  /** Waits for a turn of a client. Of a `batch` the first goes first, however late it is. */
  take(client: string, signal?: AbortSignal, batch?: unknown): Promise<Turn> {
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
        since: this.#now(),
        number: this.#came++,
        batch: batch ?? {},
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      line.push(waiting);
      this.#waiting.set(client, line);
      this.#serve();
    });
  }

  /** A turn at once, where one is free and nobody waits; the function that ends it. */
  tryTake(client: string): (() => void) | null {
    const free = this.#busyWorkers < this.#shape.workers && this.#runningOf(client) < this.#shape.perClient;
    return free && !this.isWanted ? this.#start(client) : null;
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
    while (this.#busyWorkers < this.#shape.workers + (this.#shape.prompt ?? 0)) {
      const chosen = this.#next(this.#busyWorkers < this.#shape.workers);
      if (chosen === undefined) return;
      const { client, next } = chosen;
      const line = (this.#waiting.get(client) ?? []).filter((one) => one !== next);
      // Behind the others that have used as much.
      this.#waiting.delete(client);
      if (line.length > 0) this.#waiting.set(client, line);
      next.grant();
    }
  }

  /** Of the clients that wait and may run, the one whose turn it is; without the late ones where those must not. */
  #next(evenLate: boolean): Candidate | undefined {
    let best: Candidate | undefined;
    for (const [client, line] of this.#waiting) {
      if (this.#runningOf(client) >= this.#shape.perClient) continue;
      const candidate = this.#candidate(client, line);
      if (candidate === undefined || (candidate.late && !evenLate)) continue;
      if (best === undefined || goesBefore(candidate, best)) best = candidate;
    }
    return best;
  }

  #candidate(client: string, line: readonly Waiting[]): Candidate | undefined {
    const now = this.#now();
    const [oldest] = line;
    const newest = line.at(-1);
    if (oldest === undefined || newest === undefined) return undefined;
    const used = this.#usedBy(client);
    const isLate = ({ since }: Waiting): boolean => now - since > patience;
    const next = isLate(oldest) ? (line.find(({ batch }) => batch === newest.batch) ?? newest) : oldest;
    return { client, used: used < light ? 0 : used, next, late: isLate(next) };
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

/** Less used first; then who is not late yet; of two that are, who came last. Else the order in which they wait stays. */
function goesBefore(a: Candidate, b: Candidate): boolean {
  if (a.used !== b.used) return a.used < b.used;
  if (a.late !== b.late) return !a.late;
  return a.late && a.next.number > b.next.number;
}
