import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineDiff, linesOf } from "./line-diff.ts";

/** The new lines, made of the old ones and the hunks: what the hunks say is all that differs. */
function rebuilt(from: readonly string[], to: readonly string[]): string[] {
  const made: string[] = [];
  let at = 0;
  for (const { fromStart, fromEnd, toStart, toEnd } of lineDiff(from, to)) {
    made.push(...from.slice(at, fromStart), ...to.slice(toStart, toEnd));
    at = fromEnd;
  }
  return [...made, ...from.slice(at)];
}

describe("lineDiff", () => {
  it("finds single changes", () => {
    expect(lineDiff(["a", "b", "c"], ["a", "c"])).toEqual([{ fromStart: 1, fromEnd: 2, toStart: 1, toEnd: 1 }]);
    expect(lineDiff(["a", "c"], ["a", "b", "c"])).toEqual([{ fromStart: 1, fromEnd: 1, toStart: 1, toEnd: 2 }]);
    expect(lineDiff(["a", "b", "c", "d"], ["a", "x", "c", "y"])).toEqual([
      { fromStart: 1, fromEnd: 2, toStart: 1, toEnd: 2 },
      { fromStart: 3, fromEnd: 4, toStart: 3, toEnd: 4 },
    ]);
    expect(lineDiff(["a"], ["a"])).toEqual([]);
  });

  it("says all that differs and keeps as many lines as there can be", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 14 });
    fc.assert(
      fc.property(lines, lines, (from, to) => {
        expect(rebuilt(from, to)).toEqual(to);
        const kept = from.length - lineDiff(from, to).reduce((sum, hunk) => sum + hunk.fromEnd - hunk.fromStart, 0);
        expect(kept).toBe(longestCommon(from, to));
      }),
    );
  });

  it("cuts a text into lines that join to it", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(linesOf(text).join("")).toBe(text);
      }),
    );
  });
});

/** The length of the longest common subsequence, by the plain table. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (const line of a) {
    const next = [0];
    for (const [index, other] of b.entries()) {
      next.push(line === other ? (row[index] ?? 0) + 1 : Math.max(next[index] ?? 0, row[index + 1] ?? 0));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
