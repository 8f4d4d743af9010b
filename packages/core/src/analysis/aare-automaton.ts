import type { AarePiece, ByteSet } from "./aare.ts";

/** An automaton of a set of globs: from each place free steps, and at most one step that takes a byte. */
export interface Automaton {
  readonly free: readonly (readonly number[])[];
  readonly takes: readonly (ByteSet | number | null)[];
  /** Where the step that takes a byte leads. */
  readonly leads: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** More places than this are not worth the time that a person waits. */
const mostPlaces = 2000;

/** The automaton that accepts what any of the patterns fits; null where they are too big. */
export function automatonOf(patterns: readonly (readonly AarePiece[])[]): Automaton | null {
  const builder = new Builder();
  const start = builder.place();
  const end = builder.place();
  for (const pieces of patterns) {
    builder.step(start, builder.add(pieces, end));
    if (builder.size > mostPlaces) return null;
  }
  const { free, takes, leads } = builder;
  return { free, takes, leads, start, end };
}

class Builder {
  readonly free: number[][] = [];
  readonly takes: (ByteSet | number | null)[] = [];
  readonly leads: number[] = [];

  get size(): number {
    return this.free.length;
  }

  place(): number {
    this.free.push([]);
    this.takes.push(null);
    this.leads.push(-1);
    return this.free.length - 1;
  }

  step(from: number, to: number): void {
    this.free[from]?.push(to);
  }

  /** Builds from the back: gives the place at which the pieces begin. */
  add(pieces: readonly AarePiece[], end: number): number {
    return pieces.reduceRight((next, piece) => this.#piece(piece, next), end);
  }

  #piece(piece: AarePiece, next: number): number {
    const place = this.place();
    if (piece.kind === "any-of") {
      for (const choice of piece.choices) this.step(place, this.add(choice, next));
      return place;
    }
    this.takes[place] = piece.kind === "byte" ? piece.byte : piece.set;
    this.leads[place] = piece.kind === "run" ? place : next;
    if (piece.kind === "run") this.step(place, next);
    return place;
  }
}

/** How many steps one question may take. */
const mostSteps = 4000;

/** Whether all that `inner` accepts is accepted by `outer`; null where the answer would take too long. */
export function isWithin(inner: Automaton, outer: Automaton): boolean | null {
  const classes = byteClasses([...inner.takes, ...outer.takes]);
  const first = closure(outer, [outer.start]);
  const seen = new Set<string>();
  const open: { readonly place: number; readonly others: readonly number[]; readonly key: string }[] = [];
  const visit = (place: number, others: readonly number[], key: string): void => {
    const pair = `${place}:${key}`;
    if (seen.has(pair)) return;
    seen.add(pair);
    open.push({ place, others, key });
  };
  visit(inner.start, first, first.join());
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.size > mostSteps) return null;
    const { place, others, key } = next;
    if (place === inner.end && !others.includes(outer.end)) return false;
    for (const free of inner.free[place] ?? []) visit(free, others, key);
    const taken = inner.takes[place] ?? null;
    if (taken === null) continue;
    for (const byte of typeof taken === "number" ? [taken] : classes) {
      if (!accepts(taken, byte)) continue;
      const reached = step(outer, others, byte);
      const places = closure(outer, reached);
      // Nothing that goes on from here is accepted by the outer one; the inner one always comes to an end.
      if (places.length === 0) return false;
      visit(inner.leads[place] ?? 0, places, places.join());
    }
  }
  return true;
}

/** Whether any text is accepted by both; null where the answer would take too long. */
export function meet(a: Automaton, b: Automaton): boolean | null {
  const classes = byteClasses([...a.takes, ...b.takes]);
  const seen = new Set<string>();
  const open: (readonly [number, number])[] = [];
  const visit = (own: number, other: number): void => {
    const pair = `${own}:${other}`;
    if (seen.has(pair)) return;
    seen.add(pair);
    open.push([own, other]);
  };
  visit(a.start, b.start);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.size > mostSteps) return null;
    const [own, other] = next;
    if (own === a.end && other === b.end) return true;
    for (const free of a.free[own] ?? []) visit(free, other);
    for (const free of b.free[other] ?? []) visit(own, free);
    const [mine, theirs] = [a.takes[own] ?? null, b.takes[other] ?? null];
    if (classes.some((byte) => accepts(mine, byte) && accepts(theirs, byte))) {
      visit(a.leads[own] ?? 0, b.leads[other] ?? 0);
    }
  }
  return false;
}

/** Whether an automaton accepts one text, given as bytes. Cost: length × places that are open at once. */
export function accepted(automaton: Automaton, bytes: readonly number[]): boolean {
  const { free, takes, leads } = automaton;
  const stamp = new Int32Array(free.length).fill(-1);
  let open: number[] = [];
  const reach = (into: number[], place: number, at: number): void => {
    if (stamp[place] === at) return;
    stamp[place] = at;
    into.push(place);
    for (const next of free[place] ?? []) reach(into, next, at);
  };
  reach(open, automaton.start, 0);
  for (const [at, byte] of bytes.entries()) {
    const next: number[] = [];
    for (const place of open) if (accepts(takes[place] ?? null, byte)) reach(next, leads[place] ?? 0, at + 1);
    if (next.length === 0) return false;
    open = next;
  }
  return open.includes(automaton.end);
}

function step({ takes, leads }: Automaton, places: readonly number[], byte: number): number[] {
  return places.flatMap((place) => (accepts(takes[place] ?? null, byte) ? [leads[place] ?? 0] : []));
}

function accepts(taken: ByteSet | number | null, byte: number): boolean {
  return typeof taken === "number" ? taken === byte : taken?.[byte] === 1;
}

/** The places that free steps lead to, each once, sorted. */
function closure(automaton: Automaton, from: readonly number[]): number[] {
  const found = new Set(from);
  for (const place of found) for (const next of automaton.free[place] ?? []) found.add(next);
  return [...found].toSorted((a, b) => a - b);
}

/** One byte for each set of bytes that no step tells apart. */
function byteClasses(taken: readonly (ByteSet | number | null)[]): number[] {
  const single = new Set<number>();
  const sets = new Set<ByteSet>();
  for (const each of taken) {
    if (typeof each === "number") single.add(each);
    else if (each !== null) sets.add(each);
  }
  const firsts = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    if (single.has(byte)) continue;
    let marks = "";
    for (const set of sets) marks += set[byte] === 1 ? "1" : "0";
    if (!firsts.has(marks)) firsts.set(marks, byte);
  }
  return [...single, ...firsts.values()];
}
