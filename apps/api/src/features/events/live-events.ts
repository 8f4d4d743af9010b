import type { Logger } from "pino";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { EventStream } from "../../requests/event-stream.ts";
import { DesignChannel } from "./design-channel.ts";
import type { EventSource, LiveEventsPace, Newcomer } from "./design-channel.ts";
import type { StreamPlaces } from "./stream-places.ts";

/** Somebody who wants to follow a design. */
export interface Follower<Door> extends Newcomer<Door> {
  readonly design: string;
  /** Who they are for the limits. */
  readonly client: string;
}

/** Tells followers of designs what happens, while it happens. */
export interface LiveEvents<Door> {
  /**
   * Sends a follower what they missed and then whatever happens. `begin` is called when nothing stands against it; before
   * that it rejects with a problem. Resolves when they have caught up.
   */
  follow(follower: Follower<Door>, begin: () => EventStream): Promise<void>;
  /** Something may have happened to the design. */
  wake(design: string): void;
  /** Something may have happened to any design: word of it may have been lost. */
  wakeAll(): void;
  /** How many streams are open. */
  count(): number;
  /** Ends all streams and takes no new ones. */
  stop(): void;
}

/** Below the 60 seconds after which common proxies cut a silent answer; a stream lasts an hour. */
export const defaultPace: LiveEventsPace = { beat: 20_000, rest: 50, beats: 180 };

/** Live events from a source. */
export function createLiveEvents<Door>(
  source: EventSource<Door>,
  places: StreamPlaces,
  logger: Logger,
  pace: LiveEventsPace = defaultPace,
): LiveEvents<Door> {
  const channels = new Map<string, DesignChannel<Door>>();
  const beats = setInterval(() => {
    for (const channel of channels.values()) channel.beat();
  }, pace.beat).unref();
  let stopping = false;

  function channelOf(design: string): DesignChannel<Door> {
    const known = channels.get(design);
    if (known !== undefined) return known;
    const emptied = (): void => {
      if (channels.get(design) === channel) channels.delete(design);
    };
    const channel = new DesignChannel({ design, source, logger, pace, emptied });
    channels.set(design, channel);
    return channel;
  }

  return {
    async follow(follower, begin) {
      if (stopping) throw shuttingDown();
      const free = places.take(follower.client);
      let begun = false;
      const beginStream = (): EventStream => {
        if (stopping) throw shuttingDown();
        const stream = begin();
        begun = true;
        if (stream.gone.aborted) free();
        else stream.gone.addEventListener("abort", free, { once: true });
        return stream;
      };
      try {
        await channelOf(follower.design).join(follower, beginStream);
      } finally {
        if (!begun) free();
      }
    },
    wake: (design) => channels.get(design)?.wake(),
    wakeAll() {
      for (const channel of channels.values()) channel.wake();
    },
    count: () => [...channels.values()].reduce((sum, { size }) => sum + size, 0),
    stop() {
      stopping = true;
      clearInterval(beats);
      for (const channel of channels.values()) channel.end();
    },
  };
}

function shuttingDown(): RequestProblem {
  return new RequestProblem("shutting-down", "The service is shutting down. Try again in a moment.");
}
