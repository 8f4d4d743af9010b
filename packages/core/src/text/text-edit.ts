import type { TextRange } from "./range.ts";

/** One replacement in a text: the range goes, `newText` stands in its place. An empty range inserts. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** The edits of one file of a design, named by its path in the design. */
export interface FileEdit {
  readonly path: string;
  readonly edits: readonly TextEdit[];
}

/** Sorted by place; edits at one place keep their order. */
function sorted(edits: readonly TextEdit[]): TextEdit[] {
  return edits.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** The first edit that overlaps an earlier one, or undefined where all can be applied together. */
export function conflictingEdit(edits: readonly TextEdit[]): TextEdit | undefined {
  let end = 0;
  for (const edit of sorted(edits)) {
    if (edit.range.start < end) return edit;
    end = edit.range.end;
  }
  return undefined;
}

/**
 * The text with all edits applied; every range counts in the text as it was.
 * Throws where two edits overlap or one lies outside the text: the caller has broken an invariant.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const { range, newText } of sorted(edits)) {
    if (range.start < at || range.end < range.start || range.end > text.length) {
      throw new RangeError(`edit ${range.start}-${range.end} overlaps another or leaves the text`);
    }
    result += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return result + text.slice(at);
}

/** The edits that turn `applyEdits(text, edits)` back into `text`. */
export function invertEdits(text: string, edits: readonly TextEdit[]): TextEdit[] {
  let shift = 0;
  return sorted(edits).map(({ range, newText }) => {
    const start = range.start + shift;
    shift += newText.length - (range.end - range.start);
    return { range: { start, end: start + newText.length }, newText: text.slice(range.start, range.end) };
  });
}
