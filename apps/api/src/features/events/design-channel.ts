import type { Logger } from "pino";
import type { DesignEvent } from "@hauberk/contract";
import { nothingHere } from "../../access/design-access.ts";
import type { EventStream } from "../../requests/event-stream.ts";
import { encodeEvents, encodePosition, heartbeat } from "./event-encoding.ts";

/** What live events are read from. */
export interface EventSource<Door> {
  /** The number of the design's latest event; null where there is no such design. */
  latest(design: string): Promise<number | null>;
  /** At most `most` events after a number, in order. */
  after(design: string, number: number, most: number): Promise<DesignEvent[]>;
  /** Those of the doors that still let in. */
  open(design: string, doors: readonly Door[]): Promise<ReadonlySet<Door>>;
}

/** Somebody who comes to follow a design. */
export interface Newcomer<Door> {
  /** What let them in: when it no longer does, their stream ends. */
  readonly door: Door;
  /** The number of the last event that they have; null: begin now. */
  readonly after: number | null;
  /** Whether they may read what only the owner may. */
  readonly owner: boolean;
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

/** How many events are read at once; with the longest names and notes they stay below what a stream may hold. */
const page = 50;

/** After these, some door may be shut. */
const shutting: ReadonlySet<DesignEvent["kind"]> = new Set(["link-revoked", "key-replaced"]);

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

/** What a channel is made of. */
export interface ChannelOptions<Door> {
  readonly design: string;
  readonly source: EventSource<Door>;
  readonly logger: Logger;
  readonly pace: LiveEventsPace;
  /** Called when nobody is there any more, and nobody about to come. */
  readonly emptied: () => void;
}

/** A design that somebody follows. It is read once for all its readers. */
export class DesignChannel<Door> {
  readonly #options: ChannelOptions<Door>;
  readonly #readers = new Set<Reader<Door>>();
  readonly #ready: Promise<void>;
  /** How many are about to be readers. */
  #coming = 0;
  /** The number of the last event that was told. */
  #last = 0;
  #busy = true;
  #again = false;

  constructor(options: ChannelOptions<Door>) {
    this.#options = options;
    this.#ready = this.#begin();
    // Whoever comes awaits it; where nobody does any more, its failure is nobody's.
    this.#ready.catch(() => undefined);
  }

  /** How many follow the design. */
  get size(): number {
    return this.#readers.size;
  }

  /**
   * Sends somebody what they missed, and lets them be told with the others. `begin` is called when nothing stands against
   * it; before that it rejects with a problem. Resolves when they have caught up.
   */
  async join(newcomer: Newcomer<Door>, begin: () => EventStream): Promise<void> {
    const reader = await this.#enter(newcomer, begin);
    reader.stream.send(encodePosition(reader.at));
    try {
      // The door may have been shut after they came through it and before anybody watched it for them.
      await this.#tryDoors([reader]);
      await this.#catchUp(reader);
    } catch (error) {
      reader.stream.end();
      throw error;
    }
  }

  /** Something may have happened to the design. */
  wake(): void {
    this.#again = true;
    if (!this.#busy) void this.#run();
  }

  /** Lets everybody hear something; cuts off who doesn't; tries the doors. */
  beat(): void {
    for (const reader of this.#readers) {
      const { waiting, taken } = reader.stream.progress();
      // Something waits, and nothing was taken for a whole beat: nobody reads there.
      const stuck = waiting > 0 && taken <= reader.taken;
      if (stuck || ++reader.beats > this.#options.pace.beats) reader.stream.end();
      else reader.stream.send(heartbeat);
      reader.taken = taken;
    }
    this.wake();
  }

  /** Ends all streams. */
  end(): void {
    for (const reader of this.#readers) reader.stream.end();
  }

  async #begin(): Promise<void> {
    const { source, design } = this.#options;
    const latest = await source.latest(design);
    if (latest === null) throw nothingHere();
    this.#last = latest;
    this.#busy = false;
    if (this.#again) this.wake();
  }

  async #enter(newcomer: Newcomer<Door>, begin: () => EventStream): Promise<Reader<Door>> {
    this.#coming++;
    try {
      await this.#ready;
      const at = await this.#startOf(newcomer);
      const { door, owner } = newcomer;
      const reader: Reader<Door> = { stream: begin(), door, owner, at, live: false, taken: -1, beats: 0 };
      this.#readers.add(reader);
      const { gone } = reader.stream;
      if (gone.aborted) this.#leave(reader);
      else gone.addEventListener("abort", () => this.#leave(reader), { once: true });
      return reader;
    } finally {
      this.#coming--;
      this.#tellWhenEmpty();
    }
  }

  /** The number of the last event that a newcomer needs not be told. */
  async #startOf({ after }: Newcomer<Door>): Promise<number> {
    if (after === null) return this.#last;
    if (after <= this.#last) return after;
    // Told by another process, of which no word has come here yet; or by a store that was since restored to an earlier
    // state, and then it begins with what is there.
    const { source, design } = this.#options;
    return Math.min(after, (await source.latest(design)) ?? 0);
  }

  #leave(reader: Reader<Door>): void {
    this.#readers.delete(reader);
    this.#tellWhenEmpty();
  }

  #tellWhenEmpty(): void {
    if (this.#readers.size === 0 && this.#coming === 0) this.#options.emptied();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#again && this.#readers.size > 0) {
      this.#again = false;
      try {
        await this.#tell();
      } catch (error) {
        // Whoever is still let in comes back and goes on behind the last event that they have.
        this.#options.logger.error({ err: error }, "the events of a design can't be read: its streams are ended");
        this.end();
      }
      await new Promise((resolve) => setTimeout(resolve, this.#options.pace.rest));
    }
    this.#busy = false;
  }

  async #tell(): Promise<void> {
    const { source, design } = this.#options;
    let events: DesignEvent[];
    do {
      const before = this.#last;
      events = await source.after(design, before, page);
      // Nothing new: woken to look at the doors, or because the design is gone.
      if (events.length === 0 || events.some(({ kind }) => shutting.has(kind)))
        await this.#tryDoors([...this.#readers]);
      this.#last = events.at(-1)?.number ?? before;
      this.#tellAll(events, before);
    } while (events.length === page);
  }

  #tellAll(events: readonly DesignEvent[], before: number): void {
    if (events.length === 0) return;
    const encoded = { owner: encodeEvents(events, true), others: encodeEvents(events, false) };
    for (const reader of this.#readers) {
      if (!reader.live) continue;
      if (reader.at > before) {
        sendNews(reader, events);
        continue;
      }
      reader.at = this.#last;
      reader.stream.send(reader.owner ? encoded.owner : encoded.others);
    }
  }

  async #tryDoors(readers: readonly Reader<Door>[]): Promise<void> {
    if (readers.length === 0) return;
    const { source, design } = this.#options;
    const doors = await source.open(design, [...new Set(readers.map(({ door }) => door))]);
    for (const reader of readers) if (!doors.has(reader.door)) reader.stream.end();
  }

  /** Sends a reader what they missed, as fast as they take it. */
  async #catchUp(reader: Reader<Door>): Promise<void> {
    const { source, design } = this.#options;
    while (reader.at < this.#last && !reader.stream.gone.aborted) {
      const events = await source.after(design, reader.at, page);
      if (events.length === 0) reader.at = this.#last;
      else sendNews(reader, events);
      await reader.stream.room();
    }
    reader.live = true;
    // It may have been woken when nobody was there yet.
    if (this.#again) this.wake();
  }
}

/** Sends a reader those of the events that they don't have. */
function sendNews<Door>(reader: Reader<Door>, events: readonly DesignEvent[]): void {
  const news = events.filter(({ number }) => number > reader.at);
  reader.at = news.at(-1)?.number ?? reader.at;
  reader.stream.send(encodeEvents(news, reader.owner));
}
