import { findNodeAtLocation, modify, parseTree, type Node } from "jsonc-parser";
import { readConfig, withoutBom, type DesignFile, type HauberkConfig } from "../design/index.ts";
import { applyEdits, type TextEdit } from "../text/index.ts";

/** A list of `hauberk.json`, ready for edits; `list` is undefined where the file has none under that key. */
export interface OpenList {
  readonly ok: true;
  /** The text with its byte order mark made a blank. */
  readonly text: string;
  readonly key: "peers" | "services";
  readonly config: HauberkConfig;
  readonly list: Node | undefined;
}

/** Opens a list of `hauberk.json`, or says why the file can't be read. */
export function openList(
  file: DesignFile,
  key: OpenList["key"],
): OpenList | { readonly ok: false; readonly reason: string } {
  const reading = readConfig(file.text);
  if (!reading.ok) {
    const [error] = reading.errors;
    const place = error === undefined ? "" : ` (line ${error.line}: ${error.message})`;
    return { ok: false, reason: `${file.path} can't be read${place}; mend it first` };
  }
  const text = withoutBom(file.text);
  const root = parseTree(text);
  const list = root === undefined ? undefined : findNodeAtLocation(root, [key]);
  return { ok: true, text, key, config: reading.config, list };
}

/** A list and where it stands; undefined where the file has none under that key. */
type ListPlace = Pick<OpenList, "text" | "list"> & { readonly key: string };

/** An item at the end of the list; the list itself where it is missing. */
export function itemAdded({ text, key, list }: ListPlace, value: unknown): TextEdit[] {
  const style = jsonStyle(text);
  return list === undefined
    ? modify(text, [key], [value], { formattingOptions: style.options }).map(fromJson)
    : [insertItem(text, list, value, style)];
}

/**
 * Gives keys of an item their values, undefined for a key that goes; what stays keeps its text. Each value is changed in
 * the text that the one before left; all of them become one edit over the item.
 */
export function itemChanged(
  { text: before, key, list }: ListPlace,
  index: number,
  values: ReadonlyMap<string, unknown>,
): TextEdit[] {
  const item = list?.children?.[index];
  if (item === undefined) throw new RangeError(`no item ${index} in the list`);
  const { options } = jsonStyle(before);
  let text = before;
  for (const [name, value] of values) {
    text = applyEdits(text, modify(text, [key, index, name], value, { formattingOptions: options }).map(fromJson));
  }
  const end = item.offset + item.length;
  return [{ range: { start: item.offset, end }, newText: text.slice(item.offset, end + text.length - before.length) }];
}

/** Takes an item out of the list. */
export function itemRemoved({ list }: Pick<ListPlace, "list">, index: number): TextEdit[] {
  if (list === undefined) throw new RangeError("there is no list");
  return [removeItem(list, index)];
}

/** An edit as the JSON library makes it. */
export function fromJson(edit: { offset: number; length: number; content: string }): TextEdit {
  return { range: { start: edit.offset, end: edit.offset + edit.length }, newText: edit.content };
}

interface JsonStyle {
  readonly eol: string;
  readonly unit: string;
  readonly oneLine: boolean;
  readonly options: { readonly eol: string; readonly insertSpaces: boolean; readonly tabSize: number };
}

/** How a text of JSON is laid out. */
export function jsonStyle(text: string): JsonStyle {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const unit = /\n([ \t]+)\S/u.exec(text)?.[1] ?? "  ";
  const options = { eol, insertSpaces: !unit.includes("\t"), tabSize: unit.includes("\t") ? 1 : unit.length };
  return { eol, unit, oneLine: !text.trim().includes("\n"), options };
}

/**
 * Behind the last item, spaced as that one is. In an empty list: over several lines, except where the file is on one
 * line or blanks stand in the list already (so that taking the item away leaves exactly those blanks).
 */
function insertItem(text: string, list: Node, value: unknown, style: JsonStyle): TextEdit {
  const items = list.children ?? [];
  const last = items.at(-1);
  if (last !== undefined) {
    const before = items.at(-2);
    const from = before === undefined ? list.offset + 1 : text.indexOf(",", before.offset + before.length) + 1;
    const lead = text.slice(from, last.offset);
    const inLines = text.slice(last.offset, last.offset + last.length).includes("\n");
    const item = inLines ? inManyLines(value, lineIndent(text, last.offset), style) : JSON.stringify(value);
    return insertion(last.offset + last.length, `,${lead}${item}`);
  }
  const at = list.offset + 1;
  if (style.oneLine || list.length > 2) return insertion(at, JSON.stringify(value));
  const indent = lineIndent(text, list.offset);
  const item = inManyLines(value, indent + style.unit, style);
  return insertion(at, `${style.eol}${indent}${style.unit}${item}${style.eol}${indent}`);
}

function removeItem(list: Node, index: number): TextEdit {
  const items = list.children ?? [];
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} in the list`);
  const end = item.offset + item.length;
  const before = items[index - 1];
  const after = items[index + 1];
  if (before !== undefined) return removal(before.offset + before.length, end);
  if (after !== undefined) return removal(item.offset, after.offset);
  if (item.offset === list.offset + 1) return removal(item.offset, end);
  return removal(list.offset + 1, list.offset + list.length - 1);
}

function insertion(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}

function removal(start: number, end: number): TextEdit {
  return { range: { start, end }, newText: "" };
}

function lineIndent(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^[ \t]*/u.exec(line)?.[0] ?? "";
}

function inManyLines(value: unknown, indent: string, style: JsonStyle): string {
  return JSON.stringify(value, null, style.unit).replaceAll("\n", `${style.eol}${indent}`);
}
