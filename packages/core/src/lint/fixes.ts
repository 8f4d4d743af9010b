import type { FileView } from "../design/index.ts";
import type { EditOutcome } from "../edit/index.ts";
import { conflictingEdit, type FileEdit, type Fix, type TextEdit, type TextRange } from "../text/index.ts";

/** What a fix is called, and what it leaves out or leaves to do. */
export interface FixWords {
  readonly title: string;
  readonly explanation?: string;
}

/**
 * One fix out of edits that were each made against the design as it stands. Empty where one of them can't be done or two
 * touch the same place: no fix is offered then, rather than half of one.
 */
export function fixOf(words: FixWords, ...outcomes: readonly EditOutcome[]): Fix[] {
  const edits: FileEdit[] = [];
  for (const outcome of outcomes) {
    if (!outcome.ok) return [];
    edits.push(...outcome.edits);
  }
  return fixOfEdits(words, edits);
}

/** One fix out of plain edits; edits of one file are joined. */
export function fixOfEdits(words: FixWords, fileEdits: readonly FileEdit[]): Fix[] {
  const byPath = new Map<string, TextEdit[]>();
  for (const { path, edits } of fileEdits) {
    const joined = byPath.get(path);
    if (joined === undefined) byPath.set(path, [...edits]);
    else joined.push(...edits);
  }
  const edits = [...byPath].map(([path, joined]) => ({ path, edits: joined })).filter((file) => file.edits.length > 0);
  if (edits.length === 0 || edits.some((file) => conflictingEdit(file.edits) !== undefined)) return [];
  return [{ ...words, edits }];
}

/** An outcome that replaces a piece of the text. */
export function replacement(file: FileView, range: TextRange, newText: string): EditOutcome {
  const { start, end } = range;
  return { ok: true, label: "", edits: [{ path: file.path, edits: [{ range: { start, end }, newText }] }] };
}

/**
 * An outcome that puts several items where one stands, each on a line of its own with the first one's indentation and
 * line end. `apart`: with a blank line between them and what stands right above or below.
 */
export function replaceItem(
  file: FileView,
  item: TextRange,
  items: readonly string[],
  { apart = false }: { readonly apart?: boolean } = {},
): EditOutcome {
  const { text } = file.tree;
  const lineStart = text.lastIndexOf("\n", item.start - 1) + 1;
  const indent = /^[ \t]*/u.exec(text.slice(lineStart, item.start))?.[0] ?? "";
  const lineEnd = text.indexOf("\n", item.end);
  const eol = lineEnd > 0 && text[lineEnd - 1] === "\r" ? "\r\n" : "\n";
  const lines = items.join(eol + indent);
  const alone = lineStart + indent.length === item.start && text.slice(item.end, lineEnd).trim() === "";
  if (!apart || !alone || lineEnd === -1) return replacement(file, item, lines);
  const above = isSeparate(text.slice(text.lastIndexOf("\n", lineStart - 2) + 1, lineStart)) ? "" : eol;
  const below = isSeparate(text.slice(lineEnd + 1).split("\n", 1)[0] ?? "") ? "" : eol;
  return replacement(file, { start: lineStart, end: item.end }, above + indent + lines + below);
}

/** True for a line that parts items by itself: a blank one, or a brace. */
function isSeparate(line: string): boolean {
  return /^\s*$|\{\s*$|^\s*\}/u.test(line);
}
