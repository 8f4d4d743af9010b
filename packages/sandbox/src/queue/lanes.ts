import type { Pace } from "../confinement/pace.ts";
import { FairQueue, type QueueShape } from "./fair-queue.ts";

/** How many runs there are at once. Each may use up the memory of one run's limit. */
export interface LanesShape extends QueueShape {
  /** Places, beside the workers, of runs that have turned out long. */
  readonly slowPlaces: number;
  /** Processor time after which a run is a long one, in milliseconds. */
  readonly longAfter: number;
}

/** What came of asking for a place: what the work gave, or why it was not done. */
export type LaneOutcome<T> = { readonly kind: "done"; readonly value: T } | { readonly kind: "busy" | "aborted" };

/**
 * Two queues. Every run begins in the fast one. One that turns out long while somebody waits gives its place there back and
 * goes on, at a low priority, in one of a few slow places. Where those are full it is ended and begun anew when one is
 * free: so nobody waits longer than a long run's beginning takes, and the memory in use stays bounded.
 */
export class Lanes {
  readonly #fast: FairQueue;
  readonly #slow: FairQueue;
  readonly #longAfter: number;

  constructor(shape: LanesShape) {
    this.#fast = new FairQueue(shape);
    this.#slow = new FairQueue({ ...shape, workers: shape.slowPlaces, prompt: 0, perClient: shape.slowPlaces });
    this.#longAfter = shape.longAfter;
  }

  /** Does work when it is the client's turn. `work` gives null where its pace ended it: it is then done once more. */
  async run<T>(
    client: string,
    work: (pace: Pace) => Promise<T | null>,
    signal?: AbortSignal,
    batch?: unknown,
  ): Promise<LaneOutcome<T>> {
    const turn = await this.#fast.take(client, signal, batch);
    if (turn.kind !== "turn") return turn;
    const held: { slowly: (() => void) | null } = { slowly: null };
    const pace: Pace = {
      longAfter: this.#longAfter,
      onLong: () => {
        if (!this.#fast.isWanted) return "stay";
        held.slowly = this.#slow.tryTake(client);
        if (held.slowly === null) return "end";
        turn.done();
        return "slow";
      },
    };
    try {
      const value = await work(pace);
      if (value !== null) return { kind: "done", value };
    } finally {
      turn.done();
      held.slowly?.();
    }
    return this.#runSlowly(client, work, signal);
  }

  async #runSlowly<T>(
    client: string,
    work: (pace: Pace) => Promise<T | null>,
    signal?: AbortSignal,
  ): Promise<LaneOutcome<T>> {
    const turn = await this.#slow.take(client, signal);
    if (turn.kind !== "turn") return turn;
    try {
      const value = await work({ longAfter: 0, onLong: () => "slow" });
      if (value === null) throw new Error("work was ended by a pace that lets it go on");
      return { kind: "done", value };
    } finally {
      turn.done();
    }
  }
}
