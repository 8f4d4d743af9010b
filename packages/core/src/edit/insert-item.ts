import type { SyntaxNode } from "../syntax/index.ts";
import type { TextEdit } from "../text/index.ts";
import type { Container } from "./container.ts";
import { eolAt, indentAt, isBlank, lineEnd, lineStart } from "./lines.ts";

/** What a new item stands behind, and whether it belongs to it: strangers are parted by a blank line where others are. */
export interface Place {
  /** An item or a comment of the container; null: the item comes first. */
  readonly after: { readonly start: number; readonly end: number } | null;
  readonly sameGroup: boolean;
  /** It stands apart from what is before it also where nothing else here does: a child profile. */
  readonly apart?: true;
  /** The rule of the same kind that the new one stands behind. */
  readonly neighbour?: SyntaxNode;
}

/**
 * Puts a new item into a container, as a line of its own, or within a line where its neighbours share one.
 *
 * INVARIANT, kept together with `removeItem`: taking the new item away restores the bytes. So a blank line is added
 * only where its place tells later that it belongs to the item: before it, where the item then stands alone between
 * blank lines or at the end of the container; or behind it, at the container's very beginning.
 */
export function insertItem(container: Container, place: Place, item: string): TextEdit {
  return place.after === null ? insertFirst(container, item) : insertBehind(container, place.after.end, place, item);
}

/**
 * Puts several items into one place, in their order. Each is a list of lines (comments and the item), so that they get the
 * indentation of the place; where all of them are one line, they may share the line of their neighbours.
 */
export function insertItems(container: Container, place: Place, items: readonly (readonly string[])[]): TextEdit {
  const lines = items.flat();
  const [first = "", ...others] = lines;
  const edit = insertItem(container, place, first);
  const at = edit.newText.indexOf(first);
  const before = edit.newText.slice(0, at);
  const behind = edit.newText.slice(at + first.length);
  const eol = /\r?\n/u.exec(before + behind)?.[0];
  if (eol !== undefined) {
    const between = eol + before.slice(before.lastIndexOf("\n") + 1);
    return insertion(edit.range.start, before + [first, ...others].join(between) + behind);
  }
  if (lines.length === items.length && !lines.some((line) => line.includes("\n") || line.includes("#"))) {
    return insertion(edit.range.start, before + lines.join(" ") + behind);
  }
  // A comment would swallow the rest of a line that is shared.
  const { text } = container.tree;
  const outer = indentAt(text, edit.range.start);
  const between = eolAt(text, edit.range.start) + outer + indentStep(text);
  return insertion(edit.range.start, between + lines.join(between) + eolAt(text, edit.range.start) + outer);
}

function insertBehind(container: Container, at: number, { sameGroup, apart }: Place, item: string): TextEdit {
  const { text } = container.tree;
  const end = lineEnd(text, at);
  if (nextElement(container, at) < end) return insertion(at, ` ${item}`);
  const eol = eolAt(text, at);
  const blank = !sameGroup && wantsBlankBefore(container, end, apart ?? false) ? eol : "";
  const line = `${blank}${indentFor(container, at)}${item}`;
  return text.endsWith("\n") || end < text.length ? insertion(end, line + eol) : insertion(end, eol + line);
}

/** A stranger behind a group: yes before a blank line, and at the end of a container that uses blank lines. */
function wantsBlankBefore(container: Container, end: number, apart: boolean): boolean {
  const { text } = container.tree;
  if (container.isFile && end >= container.close) return apart || hasBlankLine(container, end);
  const next = text.slice(end, Math.min(lineEnd(text, end), container.close));
  if (!isBlank(next)) return false;
  return apart || next.includes("\n") || hasBlankLine(container, end);
}

function insertFirst(container: Container, item: string): TextEdit {
  const { text } = container.tree;
  const { open, close, isFile } = container;
  const firstLine = isFile ? open : lineEnd(text, open);
  const next = nextElement(container, open);
  if (!isFile && next < firstLine) {
    // `{}` becomes `{item }` and `{ }` becomes `{ item }`: both can be told apart later.
    return next === open ? insertion(open, `${item} `) : insertion(open, ` ${item}`);
  }
  const eol = eolAt(text, open);
  const line = `${indentFor(container, open)}${item}${eol}`;
  const nextLine = text.slice(firstLine, Math.min(lineEnd(text, firstLine), close));
  if (nextLine === eol) return insertion(firstLine + eol.length, line + eol);
  if (isBlank(nextLine)) return insertion(firstLine, nextLine.includes("\n") ? line + eol : line);
  return insertion(firstLine, hasBlankLine(container, firstLine) ? line + eol : line);
}

/** Where the next item (or the closing brace) behind an offset begins; comments do not count. */
function nextElement(container: Container, offset: number): number {
  const item = container.items.find(({ start }) => start >= offset);
  if (item !== undefined) return item.start;
  return container.isFile ? Number.POSITIVE_INFINITY : container.close;
}

/** True where the container parts anything by a blank line. */
function hasBlankLine({ tree, open, close }: Container, from: number): boolean {
  return /\n[ \t]*\r?\n/u.test(tree.text.slice(open, close)) || /^[ \t]*\r?\n/u.test(tree.text.slice(from, close));
}

/** The indentation of the neighbour, of any other item that begins its line, or one step more than the container's. */
export function indentFor(container: Container, near: number): string {
  const { text } = container.tree;
  const leads = ({ start }: SyntaxNode): boolean => isBlank(text.slice(lineStart(text, start), start));
  const neighbour = container.items.findLast((item) => item.start < near && leads(item)) ?? container.items.find(leads);
  if (neighbour !== undefined) return indentAt(text, neighbour.start);
  if (container.isFile) return "";
  return indentAt(text, container.open) + indentStep(text);
}

/** The step that this file indents by: what its first indented line begins with, else two blanks. */
export function indentStep(text: string): string {
  return /\{[^\n{}]*\n(?:[ \t]*\r?\n)*([ \t]+)\S/u.exec(text)?.[1] ?? "  ";
}

function insertion(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}
