import { LCS, type ILCSResult } from "node-diff3";

/** Steps that an alignment by the longest common sequence may take, about 0.2 s; beyond it only what is single is aligned. */
const mostSteps = 20_000_000;

/** Single items split a long list into shorter ones, at most so many times over. */
const mostSplits = 12;

/**
 * For each item of `before` the position of the same item in `after`, in growing order; -1 where it has none. What both
 * share at their ends is aligned first, so that a small change of a long list costs little; lists that have little in
 * common and repeat themselves endlessly are aligned coarsely instead of for minutes.
 */
export function aligned(before: readonly string[], after: readonly string[]): Int32Array {
  const found = new Int32Array(before.length).fill(-1);
  const stack: Span[] = [{ from: 0, fromEnd: before.length, to: 0, toEnd: after.length, splits: 0 }];
  for (let span = stack.pop(); span !== undefined; span = stack.pop()) {
    const rest = withoutEnds(before, after, span, found);
    if (rest.from === rest.fromEnd || rest.to === rest.toEnd) continue;
    const here = before.slice(rest.from, rest.fromEnd);
    const there = after.slice(rest.to, rest.toEnd);
    if (steps(here, there) <= mostSteps) {
      for (let at: ILCSResult | null = LCS(here, there); at !== null && at.buffer1index >= 0; at = at.chain) {
        found[rest.from + at.buffer1index] = rest.to + at.buffer2index;
      }
    } else if (rest.splits < mostSplits) stack.push(...splitBySingles(here, there, rest));
  }
  return found;
}

interface Span {
  readonly from: number;
  readonly fromEnd: number;
  readonly to: number;
  readonly toEnd: number;
  readonly splits: number;
}

/** Aligns what the two share at their ends, and gives what is left between. */
function withoutEnds(before: readonly string[], after: readonly string[], span: Span, found: Int32Array): Span {
  let { from, fromEnd, to, toEnd } = span;
  while (from < fromEnd && to < toEnd && before[from] === after[to]) found[from++] = to++;
  while (from < fromEnd && to < toEnd && before[fromEnd - 1] === after[toEnd - 1]) found[--fromEnd] = --toEnd;
  return { from, fromEnd, to, toEnd, splits: span.splits };
}

/** About how many steps the longest common sequence takes: each item looks at the sequences, each pair is looked at. */
function steps(here: readonly string[], there: readonly string[]): number {
  const counts = countsOf(there);
  let pairs = 0;
  for (const item of here) pairs += counts.get(item) ?? 0;
  return here.length * Math.min(here.length, there.length) + pairs;
}

function countsOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** The spans between the items that stand once on either side, each with the item that it begins with. */
function splitBySingles(here: readonly string[], there: readonly string[], span: Span): Span[] {
  const [mine, others] = [countsOf(here), countsOf(there)];
  const places = new Map(there.map((item, at) => [item, at]));
  const pairs = here.flatMap((item, at) => {
    const other = places.get(item);
    return other !== undefined && mine.get(item) === 1 && others.get(item) === 1 ? [{ at, other }] : [];
  });
  const spans: Span[] = [];
  let [from, to] = [span.from, span.to];
  for (const { at, other } of growing(pairs)) {
    spans.push({ from, fromEnd: span.from + at, to, toEnd: span.to + other, splits: span.splits + 1 });
    [from, to] = [span.from + at, span.to + other];
  }
  // Without a single item nothing is gained by another round.
  return spans.length === 0 ? [] : [...spans, { ...span, from, to, splits: span.splits + 1 }];
}

interface Pair {
  readonly at: number;
  readonly other: number;
}

/** The longest run of pairs whose places grow on both sides. */
function growing(pairs: readonly Pair[]): Pair[] {
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [index, { other }] of pairs.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.other ?? 0) < other) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = index;
  }
  const run: Pair[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) run.unshift(pair);
  }
  return run;
}

/** The lines of a text, each with its own end; the last one may have none. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}
