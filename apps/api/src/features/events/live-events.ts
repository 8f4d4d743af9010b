import type { Logger } from "pino";
import type { DesignEvent } from "@hauberk/contract";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { EventStream } from "../../requests/event-stream.ts";
import { encodeEvents, encodePosition, heartbeat } from "./event-encoding.ts";
import type { StreamPlaces } from "./stream-places.ts";

/** What live events are read from. */
export interface EventSource<Door> {
  /** The number of the design's latest event; null where there is no such design. */
  latest(design: string): Promise<number | null>;
  /** At most `most` events after a number, in order. */
  after(design: string, number: number, most: number): Promise<DesignEvent[]>;
  /** Those of the doors that still let in. */
  open(design: string, doors: readonly Door[]): Promise<ReadonlySet<Door>>;
}

/** Somebody who wants to follow a design. */
export interface Follower<Door> {
  readonly design: string;
  /** What let them in: when it no longer does, their stream ends. */
  readonly door: Door;
  /** Who they are for the limits. */
  readonly client: string;
  /** The number of the last event that they have; null: begin now. */
  readonly after: number | null;
  /** Whether they may read what only the owner may. */
  readonly owner: boolean;
}

/** Tells followers of designs what happens, while it happens. */
export interface LiveEvents<Door> {
  /**
   * Sends a follower what they missed and then whatever happens. `begin` is called when nothing stands against it; before
   * that it throws a problem. Resolves when they have caught up.
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

/** How events are told; shorter times are for tests. */
export interface LiveEventsPace {
  /** After this many milliseconds everybody hears something, and everybody's door is tried. */
  readonly beat: number;
  /** A design is read at most once in so many milliseconds, however often it is saved. */
  readonly rest: number;
  /** A stream ends after so many beats; who is still let in comes back and goes on, who was signed out does not. */
  readonly beats: number;
}

/** Below the 60 seconds after which common proxies cut a silent answer. */
export const defaultPace: LiveEventsPace = { beat: 20_000, rest: 50, beats: 180 };

/** How many events are read at once; with the longest names and notes they stay below what a stream may hold. */
const page = 50;

/** After these, some door may be shut. */
const shutting: ReadonlySet<DesignEvent["kind"]> = new Set(["link-revoked", "key-replaced", "deleted"]);

interface Reader<Door> {
  readonly stream: EventStream;
  readonly door: Door;
  readonly owner: boolean;
  /** The number of the last event that was sent. */
  at: number;
  /** Has caught up, and gets what the others get. */
  live: boolean;
  /** How many bytes it had taken at the last beat. */
  taken: number;
  /** How many beats it has heard. */
  beats: number;
}

/** A design that somebody follows. Each is read once for all its readers. */
interface Channel<Door> {
  readonly design: string;
  readonly readers: Set<Reader<Door>>;
  readonly ready: Promise<void>;
  /** How many are about to be readers. */
  coming: number;
  /** The number of the last event that was told. */
  last: number;
  busy: boolean;
  again: boolean;
}

/** Live events from a source. */
export function createLiveEvents<Door>(
  source: EventSource<Door>,
  places: StreamPlaces,
  logger: Logger,
  pace: LiveEventsPace = defaultPace,
): LiveEvents<Door> {
  const channels = new Map<string, Channel<Door>>();
  let open = 0;
  let stopping = false;

  function channelOf(design: string): Channel<Door> {
    const known = channels.get(design);
    if (known !== undefined) return known;
    const ready = Promise.withResolvers<void>();
    // Whoever comes awaits it; where nobody does any more, its failure is nobody's.
    ready.promise.catch(() => {});
    const channel: Channel<Door> = {
      design,
      readers: new Set(),
      ready: ready.promise,
      coming: 0,
      last: 0,
      busy: true,
      again: false,
    };
    channels.set(design, channel);
    void begin(channel).then(ready.resolve, ready.reject);
    return channel;
  }

  async function begin(channel: Channel<Door>): Promise<void> {
    try {
      const latest = await source.latest(channel.design);
      if (latest === null) throw noDesign();
      channel.last = latest;
    } catch (error) {
      channels.delete(channel.design);
      throw error;
    }
    channel.busy = false;
    if (channel.again) wake(channel.design);
  }

  function letGo(channel: Channel<Door>): void {
    if (channel.readers.size === 0 && channel.coming === 0 && channels.get(channel.design) === channel) {
      channels.delete(channel.design);
    }
  }

  function wake(design: string): void {
    const channel = channels.get(design);
    if (channel === undefined) return;
    channel.again = true;
    if (!channel.busy) void run(channel);
  }

  async function run(channel: Channel<Door>): Promise<void> {
    channel.busy = true;
    while (channel.again && channel.readers.size > 0) {
      channel.again = false;
      try {
        await tell(channel);
      } catch (error) {
        // Whoever is still let in comes back and goes on behind the last event that they have.
        logger.error({ err: error }, "the events of a design can't be read: its streams are ended");
        for (const reader of channel.readers) reader.stream.end();
      }
      await new Promise((resolve) => setTimeout(resolve, pace.rest));
    }
    channel.busy = false;
    letGo(channel);
  }

  async function tell(channel: Channel<Door>): Promise<void> {
    let events: DesignEvent[];
    do {
      const before = channel.last;
      events = await source.after(channel.design, before, page);
      // Nothing new: woken to look at the doors, or because the design is gone.
      if (events.length === 0 || events.some(({ kind }) => shutting.has(kind))) await tryDoors(channel);
      if (events.length === 0) return;
      channel.last = events.at(-1)?.number ?? before;
      const encoded = { owner: encodeEvents(events, true), others: encodeEvents(events, false) };
      for (const reader of channel.readers) {
        if (!reader.live) continue;
        if (reader.at === before) {
          reader.at = channel.last;
          reader.stream.send(reader.owner ? encoded.owner : encoded.others);
        } else sendAfter(reader, events);
      }
    } while (events.length === page);
  }

  /** Sends a reader those of the events that they don't have. */
  function sendAfter(reader: Reader<Door>, events: readonly DesignEvent[]): void {
    const news = events.filter(({ number }) => number > reader.at);
    reader.at = news.at(-1)?.number ?? reader.at;
    reader.stream.send(encodeEvents(news, reader.owner));
  }

  async function tryDoors(channel: Channel<Door>, readers = [...channel.readers]): Promise<void> {
    if (readers.length === 0) return;
    const doors = await source.open(channel.design, [...new Set(readers.map(({ door }) => door))]);
    for (const reader of readers) if (!doors.has(reader.door)) reader.stream.end();
  }

  /** Sends a reader what they missed, as fast as they take it; then they are told with the others. */
  async function catchUp(channel: Channel<Door>, reader: Reader<Door>): Promise<void> {
    while (reader.at < channel.last && !reader.stream.gone.aborted) {
      const events = await source.after(channel.design, reader.at, page);
      if (events.length === 0) reader.at = channel.last;
      else sendAfter(reader, events);
      await reader.stream.room();
    }
    reader.live = true;
    // It may have been woken when nobody was there yet.
    if (channel.again) wake(channel.design);
  }

  /** The number of the last event that a follower needs not be told. */
  async function startOf(channel: Channel<Door>, { design, after }: Follower<Door>): Promise<number> {
    if (after === null) return channel.last;
    if (after <= channel.last) return after;
    // Told by another process, of which no word has come here yet; or by a store that was since restored to an earlier
    // state, and then it begins with what is there.
    return Math.min(after, (await source.latest(design)) ?? 0);
  }

  /** Enters a reader, who leaves when their stream is gone. */
  function enter(
    channel: Channel<Door>,
    { door, owner }: Follower<Door>,
    at: number,
    stream: EventStream,
    free: () => void,
  ): Reader<Door> {
    const reader: Reader<Door> = { stream, door, owner, at, live: false, taken: -1, beats: 0 };
    const leave = (): void => {
      free();
      open--;
      channel.readers.delete(reader);
      letGo(channel);
    };
    channel.readers.add(reader);
    open++;
    if (stream.gone.aborted) leave();
    else stream.gone.addEventListener("abort", leave, { once: true });
    return reader;
  }

  async function follow(follower: Follower<Door>, beginStream: () => EventStream): Promise<void> {
    if (stopping) throw new RequestProblem("shutting-down", "The service is shutting down. Try again in a moment.");
    const free = places.take(follower.client);
    const channel = channelOf(follower.design);
    channel.coming++;
    let reader: Reader<Door>;
    try {
      await channel.ready;
      const at = await startOf(channel, follower);
      reader = enter(channel, follower, at, beginStream(), free);
    } catch (error) {
      free();
      throw error;
    } finally {
      channel.coming--;
      letGo(channel);
    }
    if (stopping) reader.stream.end();
    reader.stream.send(encodePosition(reader.at));
    try {
      // The door may have been shut after they came through it and before anybody watched it for them.
      await tryDoors(channel, [reader]);
      await catchUp(channel, reader);
    } catch (error) {
      reader.stream.end();
      throw error;
    }
  }

  function beat(): void {
    for (const channel of channels.values()) {
      for (const reader of channel.readers) {
        const { waiting, taken } = reader.stream.progress();
        // Something waits, and nothing was taken for a whole beat: nobody reads there.
        const stuck = waiting > 0 && taken <= reader.taken;
        if (stuck || ++reader.beats > pace.beats) reader.stream.end();
        else reader.stream.send(heartbeat);
        reader.taken = taken;
      }
      wake(channel.design);
    }
  }

  const beats = setInterval(beat, pace.beat).unref();

  return {
    follow,
    wake,
    wakeAll() {
      for (const design of channels.keys()) wake(design);
    },
    count: () => open,
    stop() {
      stopping = true;
      clearInterval(beats);
      for (const channel of channels.values()) {
        for (const reader of channel.readers) reader.stream.end();
      }
    },
  };
}

function noDesign(): RequestProblem {
  return new RequestProblem("not-found", "There is no such design, or nothing that opens it was sent.");
}
