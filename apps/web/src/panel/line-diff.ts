/** A run of lines that differ: lines `from[fromStart, fromEnd)` stand as `to[toStart, toEnd)` now. Lines count from 0. */
export interface Hunk {
  readonly fromStart: number;
  readonly fromEnd: number;
  readonly toStart: number;
  readonly toEnd: number;
}

/** A text's lines with their ends, so that joining them gives the text. */
export function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** Most edits that are searched for the smallest difference; beyond, the middle counts as one change. */
const mostEdits = 500;

/** The lines that differ between two texts, by Myers' greedy search after what both ends share. */
export function lineDiff(from: readonly string[], to: readonly string[]): Hunk[] {
  let start = 0;
  const shorter = Math.min(from.length, to.length);
  while (start < shorter && from[start] === to[start]) start++;
  let tail = 0;
  while (tail < shorter - start && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++;
  const a = from.slice(start, from.length - tail);
  const b = to.slice(start, to.length - tail);
  if (a.length === 0 && b.length === 0) return [];
  const pairs = commonPairs(a, b);
  const hunks: Hunk[] = [];
  let x = 0;
  let y = 0;
  for (const [nextX, nextY] of [...pairs, [a.length, b.length] as const]) {
    if (nextX > x || nextY > y) {
      hunks.push({ fromStart: start + x, fromEnd: start + nextX, toStart: start + y, toEnd: start + nextY });
    }
    x = nextX + 1;
    y = nextY + 1;
  }
  return hunks;
}

/** Pairs of equal lines in order, as many as there can be; none where the search would take too long. */
function commonPairs(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const trace: Map<number, number>[] = [];
  let best = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= Math.min(mostEdits, a.length + b.length); edits++) {
    trace.push(best);
    const next = new Map(best);
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && (best.get(k - 1) ?? -1) < (best.get(k + 1) ?? -1));
      let x = down ? (best.get(k + 1) ?? 0) : (best.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return backtracked(trace, a.length, b.length);
    }
    best = next;
  }
  return [];
}

function backtracked(trace: readonly Map<number, number>[], endX: number, endY: number): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let x = endX;
  let y = endY;
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const best = trace[edits] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -edits || (k !== edits && (best.get(k - 1) ?? -1) < (best.get(k + 1) ?? -1));
    const beforeK = down ? k + 1 : k - 1;
    const beforeX = edits === 0 ? 0 : (best.get(beforeK) ?? 0);
    const beforeY = edits === 0 ? 0 : beforeX - beforeK;
    while (x > beforeX && y > beforeY && x > 0 && y > 0) {
      x--;
      y--;
      pairs.push([x, y]);
    }
    x = beforeX;
    y = beforeY;
  }
  return pairs.toReversed();
}
