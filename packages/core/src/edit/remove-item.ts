import type { TextEdit, TextRange } from "../text/index.ts";
import type { Container } from "./container.ts";
import { isBlank, lineEnd, lineStart } from "./lines.ts";

/**
 * Takes an item away: with its line where it has one for itself; else with the blanks that part it from its neighbours.
 * Comments stay, also the one behind it. A blank line goes along where the item stood alone between two; the counterpart
 * of `insertItem`.
 */
export function removeItem(container: Container, item: TextRange): TextEdit {
  const { text } = container.tree;
  const start = Math.max(lineStart(text, item.start), container.isFile ? container.open : 0);
  const end = lineEnd(text, item.end);
  const before = text.slice(start, item.start);
  const behind = text.slice(item.end, end);
  if (isBlank(before) && isBlank(behind)) return removal(wholeLines(container, start, end));
  const gapBefore = before.length - before.trimEnd().length;
  if (isBlank(before) || gapBefore === 0) {
    const gap = /^[ \t]*/u.exec(behind)?.[0].length ?? 0;
    return removal({ start: item.start, end: item.end + gap });
  }
  return removal({ start: item.start - gapBefore, end: item.end });
}

function wholeLines(container: Container, start: number, end: number): TextRange {
  const { text } = container.tree;
  const { open, close } = container;
  const next = text.slice(end, Math.min(lineEnd(text, end), close));
  const atEnd = end >= close || (isBlank(next) && !next.includes("\n"));
  const blankBehind = !atEnd && isBlank(next);
  if (isBeginning(container, start) && blankBehind) return { start, end: end + next.length };
  const lineBefore = lineStart(text, Math.max(start - 1, 0));
  const previous = container.isFile ? Math.max(lineBefore, open) : lineBefore;
  const blankBefore = previous >= open && previous < start && isBlank(text.slice(previous, start));
  const from = blankBefore && (blankBehind || atEnd) ? previous : start;
  return text.endsWith("\n") || end < text.length
    ? { start: from, end }
    : { start: lineBreakBefore(text, from, open), end };
}

/** True where nothing but `{` and perhaps a comment stands on the line before, or where the file begins. */
function isBeginning({ tree: { text }, open, isFile }: Container, start: number): boolean {
  if (isFile) return start === open;
  const head = text.slice(open, start);
  return head.indexOf("\n") === head.length - 1 && /^[ \t]*(?:#.*)?\r?\n$/u.test(head);
}

/** A last line without a line end takes the one before it along. */
function lineBreakBefore(text: string, from: number, open: number): number {
  if (from <= open || text[from - 1] !== "\n") return from;
  return text[from - 2] === "\r" ? from - 2 : from - 1;
}

function removal(range: TextRange): TextEdit {
  return { range, newText: "" };
}
