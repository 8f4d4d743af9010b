import type { ByteRange } from "./tagged-values.ts";
import { Unreadable } from "./unreadable.ts";

/** The state from which nothing is reached and in which nothing is said. */
export const deadState = 0;

/** The symbol besides the 256 bytes: what no text can hold, between a path and the extended attributes behind it. */
export const outOfBand = 256;

const magic = 0x1b5e783d;
const flags = { differences: 1, outOfBand: 2 } as const;
const baseFlags = { difference: 0x8000_0000, outOfBand: 0x2000_0000, all: 0xff00_0000, known: 0xa000_0000 } as const;

/** Tables by the number in their header; the sizes of an entry that the kernel takes. */
const tables = {
  accept: { id: 1, sizes: [4] },
  base: { id: 2, sizes: [4] },
  check: { id: 3, sizes: [2, 4] },
  default: { id: 4, sizes: [2, 4] },
  classes: { id: 5, sizes: [1] },
  accept2: { id: 7, sizes: [4] },
  next: { id: 8, sizes: [2, 4] },
} as const;

type TableName = keyof typeof tables;
const tableNames = new Map<number, TableName>(
  (["accept", "base", "check", "default", "classes", "accept2", "next"] as const).map((name) => [
    tables[name].id,
    name,
  ]),
);

const headerSize = 12;

/**
 * A deterministic automaton as the kernel walks it: flex tables packed like a comb (next and check share their places),
 * big-endian, states by number. A state whose base has the difference flag says only where it differs from its default.
 * Every number in it was checked to lie within the tables before one of these is made.
 */
export class Automaton {
  /** The bytes that it was read from: equal bytes are equal automata. */
  readonly bytes: Uint8Array;
  /** States by number; 0 is dead. */
  readonly stateCount: number;
  /** What each state says: permissions, or a place in a table of them. */
  readonly accept: Uint32Array;
  /** The second word of each state; null where the policy has none. */
  readonly accept2: Uint32Array | null;
  readonly #base: Uint32Array;
  readonly #default: Uint32Array;
  readonly #next: Uint32Array;
  readonly #check: Uint32Array;
  readonly #classes: Uint32Array | null;
  #told: ToldClasses | null = null;

  constructor(bytes: Uint8Array, found: CheckedTables) {
    this.bytes = bytes;
    this.stateCount = found.base.length;
    this.accept = found.accept;
    this.accept2 = found.accept2;
    this.#base = found.base;
    this.#default = found.default;
    this.#next = found.next;
    this.#check = found.check;
    this.#classes = found.classes;
  }

  /** The state behind a byte, or behind `outOfBand`. */
  next(from: number, symbol: number): number {
    if (symbol === outOfBand) {
      // It lies one place before the bytes of the state, and only states that say so have it.
      return ((this.#base[from] ?? 0) & baseFlags.outOfBand) === 0 ? deadState : this.nextOfClass(from, -1);
    }
    return this.nextOfClass(from, this.classOf(symbol));
  }

  /** The state behind all of these bytes. */
  walk(from: number, symbols: Iterable<number>): number {
    let state = from;
    for (const symbol of symbols) state = this.next(state, symbol);
    return state;
  }

  /** Bytes of one class lead to the same state from everywhere. */
  classOf(byte: number): number {
    return this.#classes === null ? byte : (this.#classes[byte] ?? 0);
  }

  /**
   * Marks the classes of bytes that lead from this state elsewhere than all the rest: a walk that tries these and one other
   * has tried all.
   */
  markTold(from: number, marks: Uint8Array): void {
    this.#told ??= toldClasses(this.#base, this.#check);
    const { starts, classes } = this.#told;
    let state = from;
    for (;;) {
      for (let index = starts[state] ?? 0; index < (starts[state + 1] ?? 0); index++) marks[classes[index] ?? 0] = 1;
      if (((this.#base[state] ?? 0) & baseFlags.difference) === 0) return;
      state = this.#default[state] ?? deadState;
    }
  }

  /** True where bytes are mapped to classes, so that a class is no byte. */
  get hasClasses(): boolean {
    return this.#classes !== null;
  }

  /** The state behind a class of bytes. */
  nextOfClass(from: number, byteClass: number): number {
    let state = from;
    // Chains of differences were seen to end, so this does.
    for (;;) {
      const base = this.#base[state] ?? 0;
      const place = (base & 0xff_ffff) + byteClass;
      if (this.#check[place] === state) return this.#next[place] ?? deadState;
      state = this.#default[state] ?? deadState;
      if ((base & baseFlags.difference) === 0) return state;
    }
  }
}

/** The classes that each state has places for: of a state those from its start to the next one's. */
interface ToldClasses {
  readonly starts: Uint32Array;
  readonly classes: Uint8Array;
}

function toldClasses(base: Uint32Array, check: Uint32Array): ToldClasses {
  // Places that belong to nobody are marked as those of the dead state, from which no walk goes on.
  const owners = check.map((state, place) => (isPlaceOf(base, state, place) ? state : deadState));
  const starts = new Uint32Array(base.length + 1);
  for (const state of owners) starts[state + 1] = (starts[state + 1] ?? 0) + 1;
  for (let state = 0; state < base.length; state++) starts[state + 1] = (starts[state + 1] ?? 0) + (starts[state] ?? 0);
  const free = starts.slice();
  const classes = new Uint8Array(check.length);
  for (const [place, state] of owners.entries()) {
    const index = free[state] ?? 0;
    classes[index] = place - ((base[state] ?? 0) & 0xff_ffff);
    free[state] = index + 1;
  }
  return { starts, classes };
}

function isPlaceOf(base: Uint32Array, state: number, place: number): boolean {
  const byteClass = place - ((base[state] ?? 0) & 0xff_ffff);
  return byteClass >= 0 && byteClass < 256;
}

interface CheckedTables {
  readonly accept: Uint32Array;
  readonly accept2: Uint32Array | null;
  readonly base: Uint32Array;
  readonly default: Uint32Array;
  readonly next: Uint32Array;
  readonly check: Uint32Array;
  readonly classes: Uint32Array | null;
}

/** Reads the automaton that lies in this range of the policy, from its magic number to its end, and checks it. */
export function readAutomaton(policy: Uint8Array, range: ByteRange): Automaton {
  const view = new DataView(policy.buffer, policy.byteOffset, policy.byteLength);
  const { start, end } = range;
  if (end - start < 16 || view.getUint32(start) !== magic) throw new Unreadable("an automaton has no header", start);
  const size = view.getUint32(start + 4);
  if (size < 14 || size > end - start) throw new Unreadable("an automaton's header is too long", start + 4);
  const set = view.getUint16(start + 12);
  if ((set & ~(flags.differences | flags.outOfBand)) !== 0) {
    throw new Unreadable("an automaton has flags that are not known here", start + 12);
  }
  const found = readTables(view, start + size, end);
  const checked = checkSizes(found, start);
  checkStates(checked, set, start);
  checkDifferences(checked, start);
  return new Automaton(policy.subarray(start, end), checked);
}

function readTables(view: DataView, start: number, end: number): ReadonlyMap<TableName, Uint32Array> {
  const found = new Map<TableName, Uint32Array>();
  let at = start;
  while (at < end) {
    if (end - at < headerSize) throw new Unreadable("a table of an automaton is cut off", at);
    const name = tableNames.get(view.getUint16(at));
    const entry = view.getUint16(at + 2);
    const length = view.getUint32(at + 8);
    if (name === undefined || found.has(name) || !isSizeOf(name, entry)) {
      throw new Unreadable("an automaton has a table that does not belong there", at);
    }
    if (length === 0 || headerSize + length * entry > end - at) {
      throw new Unreadable("a table of an automaton is cut off", at + 8);
    }
    found.set(name, readTable(view, at + headerSize, length, entry));
    at += Math.ceil((headerSize + length * entry) / 8) * 8;
  }
  return found;
}

function isSizeOf(name: TableName, entry: number): boolean {
  const sizes: readonly number[] = tables[name].sizes;
  return sizes.includes(entry);
}

function readTable(view: DataView, start: number, length: number, entry: number): Uint32Array {
  // A loop for each size: choosing anew for every entry costs more than reading it.
  if (entry === 1) return Uint32Array.from(new Uint8Array(view.buffer, view.byteOffset + start, length));
  const table = new Uint32Array(length);
  if (entry === 2) for (let index = 0; index < length; index++) table[index] = view.getUint16(start + index * 2);
  else for (let index = 0; index < length; index++) table[index] = view.getUint32(start + index * 4);
  return table;
}

function checkSizes(found: ReadonlyMap<TableName, Uint32Array>, offset: number): CheckedTables {
  const [accept, base, fallback] = [found.get("accept"), found.get("base"), found.get("default")];
  const [next, check, accept2] = [found.get("next"), found.get("check"), found.get("accept2") ?? null];
  const classes = found.get("classes") ?? null;
  if (!accept || !base || !fallback || !next || !check) throw new Unreadable("an automaton lacks a table", offset);
  const fits =
    accept.length === base.length &&
    fallback.length === base.length &&
    (accept2 === null || accept2.length === base.length) &&
    (classes === null || classes.length === 256) &&
    next.length === check.length &&
    base.length >= 2;
  if (!fits) throw new Unreadable("tables of an automaton differ in length", offset);
  return { accept, accept2, base, default: fallback, next, check, classes };
}

/** Every place that a walk can reach lies within the tables: what the kernel verifies too when it loads a policy. */
function checkStates({ base, default: fallback, next, check }: CheckedTables, set: number, offset: number): void {
  const states = base.length;
  for (let state = 0; state < states; state++) {
    const value = base[state] ?? 0;
    const isOutOfBand = (value & baseFlags.outOfBand) !== 0;
    const ok =
      (fallback[state] ?? 0) < states &&
      (value & baseFlags.all & ~baseFlags.known) === 0 &&
      ((value & baseFlags.difference) === 0 || (set & flags.differences) !== 0) &&
      (!isOutOfBand || ((set & flags.outOfBand) !== 0 && (value & 0xff_ffff) > 0)) &&
      (value & 0xff_ffff) + 255 < next.length;
    if (!ok) throw new Unreadable(`state ${state} of an automaton is out of bounds`, offset);
  }
  for (let place = 0; place < next.length; place++) {
    if ((next[place] ?? 0) >= states || (check[place] ?? 0) >= states) {
      throw new Unreadable("an automaton leads out of its states", offset);
    }
  }
}

/** A chain of states that say only their differences must end in one that says all. */
function checkDifferences({ base, default: fallback }: CheckedTables, offset: number): void {
  const seen = new Uint32Array(base.length);
  for (let first = 0; first < base.length; first++) {
    let state = first;
    while (seen[state] === 0) {
      seen[state] = first + 1;
      if (((base[state] ?? 0) & baseFlags.difference) === 0) break;
      state = fallback[state] ?? 0;
      if (seen[state] === first + 1) throw new Unreadable("states of an automaton lead in a ring", offset);
    }
  }
}
