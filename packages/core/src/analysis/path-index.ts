/** One pattern among many, by what every text has that it fits. */
export interface IndexedPattern<T> {
  readonly of: T;
  /** Runs of fixed bytes: `/usr/lib/` and `.so` of `/usr/lib/*.so`. */
  readonly parts: readonly (readonly number[])[];
}

/** So many patterns of one mark are looked at, and no more: what lies beyond is not told. */
const mostOfAMark = 300;

/**
 * Finds the patterns that may fit a text, among thousands: each stands under that one of its marks (three bytes in a row) which fewest
 * others have. A text is looked up by all of its own marks.
 */
export class PatternIndex<T> {
  readonly #byMark = new Map<number, T[]>();
  readonly #unmarked: T[] = [];

  constructor(patterns: readonly IndexedPattern<T>[]) {
    const marked = patterns.map((pattern) => ({ of: pattern.of, marks: pattern.parts.flatMap(marksOf) }));
    const counts = new Map<number, number>();
    for (const { marks } of marked) for (const mark of new Set(marks)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
    for (const { of, marks } of marked) {
      let rarest: number | undefined;
      for (const mark of marks) {
        if (rarest === undefined || (counts.get(mark) ?? 0) < (counts.get(rarest) ?? 0)) rarest = mark;
      }
      this.#add(of, rarest);
    }
  }

  #add(of: T, mark: number | undefined): void {
    const list = mark === undefined ? this.#unmarked : (this.#byMark.get(mark) ?? []);
    if (mark !== undefined) this.#byMark.set(mark, list);
    list.push(of);
  }

  /** The patterns that share a mark with a text, and those that have none; those that come first in the text first. */
  *mayFit(bytes: readonly number[]): Generator<T> {
    for (const mark of new Set(marksOf(bytes))) yield* (this.#byMark.get(mark) ?? []).slice(0, mostOfAMark);
    yield* this.#unmarked.slice(0, mostOfAMark);
  }
}

/** Each three bytes in a row as one number. */
function marksOf(bytes: readonly number[]): number[] {
  const marks: number[] = [];
  for (let at = 2; at < bytes.length; at += 1) {
    marks.push(((bytes[at - 2] ?? 0) << 16) | ((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0));
  }
  return marks;
}
