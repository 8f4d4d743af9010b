import type { TextEdit } from "../text/index.ts";

/**
 * The edits of several wishes on one text as edits that can be applied together: where two removals reach for the same
 * blanks, the later one leaves them to the earlier.
 */
export function mergeEdits(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = edits.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  const merged: TextEdit[] = [];
  let end = 0;
  for (const { range, newText } of sorted) {
    const start = Math.max(range.start, end);
    const last = Math.max(range.end, start);
    merged.push({ range: { start, end: last }, newText });
    end = last;
  }
  return merged;
}
