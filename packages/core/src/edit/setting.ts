import { findNodeAtLocation, getNodeValue, modify, parseTree, type Node } from "jsonc-parser";
import { readConfig, withoutBom } from "../design/index.ts";
import { applyEdits, type TextEdit, type TextRange } from "../text/index.ts";
import { fromJson, itemAdded, itemChanged, itemRemoved, jsonStyle } from "./json-list.ts";

/** A place in `hauberk.json`: a key, or in a list that has one for each thing, the entry of that name. */
export interface SettingPlace {
  readonly key: string;
  /** Null: all that stands under the key. */
  readonly entry: string | null;
}

/** The lists whose entries have a name of their own, and what it is; null for what is no such entry. */
const entryNames: ReadonlyMap<string, (item: unknown) => string | null> = new Map([
  ["peers", (item) => wordOf(item, "id")],
  ["services", (item) => wordOf(item, "profile")],
  ["lowering", choiceName],
  ["targets", (item) => (typeof item === "string" ? item : null)],
  ["noNewPrivs", (item) => (typeof item === "string" ? item : null)],
]);

/** True for what JSON writes in braces. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wordOf(item: unknown, key: string): string | null {
  const word = isJsonObject(item) ? item[key] : null;
  return typeof word === "string" ? word : null;
}

/** A rule is the same however its blanks are spaced. */
function choiceName(item: unknown): string | null {
  const [target, rule] = [wordOf(item, "target"), wordOf(item, "rule")];
  return target === null || rule === null ? null : `${target}\n${rule.replaceAll(/\s+/gu, " ").trim()}`;
}

/** What `hauberk.json` says, by key, as it is written there; null where it can't be read. */
export function settingsOf(text: string): ReadonlyMap<string, unknown> | null {
  if (!readConfig(text).ok) return null;
  const root = parseTree(withoutBom(text));
  const value: unknown = root === undefined ? undefined : getNodeValue(root);
  return isJsonObject(value) ? new Map(Object.entries(value)) : null;
}

/** The entries of a list by their names; null where the key holds no such list, or a name stands there twice. */
export function entriesOf(key: string, list: unknown): ReadonlyMap<string, unknown> | null {
  const nameOf = entryNames.get(key);
  if (nameOf === undefined) return null;
  if (list === undefined) return new Map();
  if (!Array.isArray(list)) return null;
  const entries = new Map<string, unknown>();
  for (const item of list) {
    const name = nameOf(item);
    if (name === null || entries.has(name)) return null;
    entries.set(name, item);
  }
  return entries;
}

/** Where a setting stands in a text; null where it does not. */
export function settingRange(text: string, place: SettingPlace): TextRange | null {
  const { list, index } = openPlace(text, place);
  const node = place.entry === null ? list : list?.children?.[index];
  return node === undefined ? null : { start: node.offset, end: node.offset + node.length };
}

/** A text of `hauberk.json` with a value at a place, undefined for one that goes; all else keeps its text. */
export function putSetting(before: string, place: SettingPlace, value: unknown): string {
  const opened = openPlace(before, place);
  return applyEdits(before, editsFor(opened, place, value));
}

/** A text of `hauberk.json` in which peers have other ids, all at once. */
export function renumberPeers(before: string, ids: ReadonlyMap<string, string>): string {
  const { text, list } = openPlace(before, { key: "peers", entry: null });
  const edits = (list?.children ?? []).flatMap((item, at) => {
    const id = ids.get(wordOf(getNodeValue(item), "id") ?? "");
    return id === undefined ? [] : modify(text, ["peers", at, "id"], id, {}).map(fromJson);
  });
  return applyEdits(before, edits);
}

interface OpenPlace {
  readonly text: string;
  readonly key: string;
  readonly list: Node | undefined;
  /** Of the entry; -1 where there is none. */
  readonly index: number;
}

function openPlace(before: string, { key, entry }: SettingPlace): OpenPlace {
  const text = withoutBom(before);
  const root = parseTree(text);
  const list = root === undefined ? undefined : findNodeAtLocation(root, [key]);
  const nameOf = entryNames.get(key);
  const items = entry === null || list?.type !== "array" ? [] : (list.children ?? []);
  return { text, key, list, index: items.findIndex((item) => nameOf?.(getNodeValue(item)) === entry) };
}

function editsFor(opened: OpenPlace, { key, entry }: SettingPlace, value: unknown): readonly TextEdit[] {
  const { text, index, list } = opened;
  if (entry === null) return modify(text, [key], value, { formattingOptions: jsonStyle(text).options }).map(fromJson);
  if (index === -1) return value === undefined ? [] : itemAdded(opened, value);
  if (value === undefined) return itemRemoved(opened, index);
  const node = list?.children?.[index];
  const before: unknown = node === undefined ? undefined : getNodeValue(node);
  if (!isJsonObject(before) || !isJsonObject(value)) return [];
  const changed = [...new Set([...Object.keys(before), ...Object.keys(value)])]
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(value[name]))
    .map((name) => [name, value[name]] as const);
  return itemChanged(opened, index, new Map(changed));
}
