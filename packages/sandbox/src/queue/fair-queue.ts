/** What a queue lets through: all at once, and of one client at once; and how many of one client may wait. */
export interface QueueShape {
  readonly workers: number;
  readonly perClient: number;
  readonly waitingPerClient: number;
}

/** A turn, to be given back when done; `busy` where too many of the client wait already; `aborted` where given up. */
export type Turn =
  | { readonly kind: "turn"; readonly done: () => void }
  | { readonly kind: "busy" }
  | { readonly kind: "aborted" };

interface Waiting {
  readonly grant: () => void;
}

/** Hands out turns: clients take them one after the other, so that many jobs of one hold up nobody else. */
export class FairQueue {
  readonly #shape: QueueShape;
  /** Clients that wait, the one whose turn is next first. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #running = new Map<string, number>();
  #busyWorkers = 0;

  constructor(shape: QueueShape) {
    this.#shape = shape;
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
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#busyWorkers--;
      const left = this.#runningOf(client) - 1;
      if (left === 0) this.#running.delete(client);
      else this.#running.set(client, left);
      this.#serve();
    };
  }

  #serve(): void {
    for (const [client, line] of Array.from(this.#waiting)) {
      if (this.#busyWorkers >= this.#shape.workers) return;
      if (this.#runningOf(client) >= this.#shape.perClient) continue;
      const next = line.shift();
      // Back to the end of the clients' line, so that the others come first now.
      this.#waiting.delete(client);
      if (line.length > 0) this.#waiting.set(client, line);
      next?.grant();
    }
    if (this.#canServeMore()) this.#serve();
  }

  #canServeMore(): boolean {
    if (this.#busyWorkers >= this.#shape.workers) return false;
    return [...this.#waiting.keys()].some((client) => this.#runningOf(client) < this.#shape.perClient);
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
