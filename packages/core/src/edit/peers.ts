import { findNodeAtLocation, modify, parseTree, type Node } from "jsonc-parser";
import { checkPeerWish, readConfig, withoutBom, type DesignFile, type PeerWish } from "../design/index.ts";
import { applyEdits, type TextEdit } from "../text/index.ts";
import { accept, refuse } from "./answer.ts";
import type { EditOutcome } from "./edit-outcome.ts";

/** What a person says of a peer; the id is given when it is added. */
export type PeerDraft = Omit<PeerWish, "id">;

/** Adds a peer at the end of the list of `hauberk.json`; the outcome's text holds it under a fresh id. */
export function addPeer(file: DesignFile, draft: PeerDraft): EditOutcome {
  const opened = open(file);
  if (!opened.ok) return opened;
  const wish: PeerWish = { id: freshId(opened.peers), ...draft };
  const check = checkPeerWish(wish);
  if (!check.ok) return check;
  const style = jsonStyle(opened.text);
  const edits =
    opened.list === undefined
      ? modify(opened.text, ["peers"], [ordered(wish)], { formattingOptions: style.options }).map(fromJson)
      : [insertItem(opened.text, opened.list, ordered(wish), style)];
  return accept(file, `add peer ${nameOfPeer(wish)}`, edits);
}

/** Changes what is said of a peer; values that stay keep their text. A note set to undefined goes. */
export function changePeer(file: DesignFile, id: string, to: Partial<PeerDraft>): EditOutcome {
  const opened = open(file);
  if (!opened.ok) return opened;
  const index = opened.peers.findIndex((peer) => peer.id === id);
  const before = opened.peers[index];
  if (before === undefined) return refuse(`there is no peer \`${id}\` in ${file.path}`);
  const after: PeerWish = { ...before, ...to };
  const check = checkPeerWish(after);
  if (!check.ok) return check;
  const edit = changedItem(opened, index, after);
  return edit === undefined
    ? refuse(`there is no peer \`${id}\` in ${file.path}`)
    : accept(file, `change peer ${nameOfPeer(after)}`, [edit]);
}

/** Takes a peer out of `hauberk.json`. */
export function removePeer(file: DesignFile, id: string): EditOutcome {
  const opened = open(file);
  if (!opened.ok) return opened;
  const index = opened.peers.findIndex((peer) => peer.id === id);
  const peer = opened.peers[index];
  if (peer === undefined || opened.list === undefined) return refuse(`there is no peer \`${id}\` in ${file.path}`);
  return accept(file, `remove peer ${nameOfPeer(peer)}`, [removeItem(opened.list, index)]);
}

interface OpenConfig {
  readonly ok: true;
  readonly text: string;
  readonly peers: readonly PeerWish[];
  readonly list: Node | undefined;
}

function open(file: DesignFile): OpenConfig | { readonly ok: false; readonly reason: string } {
  const reading = readConfig(file.text);
  if (!reading.ok) {
    const [error] = reading.errors;
    const place = error === undefined ? "" : ` (line ${error.line}: ${error.message})`;
    return { ok: false, reason: `${file.path} can't be read${place}; mend it first` };
  }
  const text = withoutBom(file.text);
  const root = parseTree(text);
  const list = root === undefined ? undefined : findNodeAtLocation(root, ["peers"]);
  return { ok: true, text, peers: reading.config.peers, list };
}

/** Each value is changed in the text that the one before left; all of them become one edit over the peer. */
function changedItem(opened: OpenConfig, index: number, after: PeerWish): TextEdit | undefined {
  const item = opened.list?.children?.[index];
  if (item === undefined) return undefined;
  const { options } = jsonStyle(opened.text);
  let text = opened.text;
  for (const key of ["profile", "direction", "protocol", "address", "port", "note"] as const) {
    if (opened.peers[index]?.[key] === after[key]) continue;
    text = applyEdits(
      text,
      modify(text, ["peers", index, key], after[key], { formattingOptions: options }).map(fromJson),
    );
  }
  const end = item.offset + item.length;
  return {
    range: { start: item.offset, end },
    newText: text.slice(item.offset, end + text.length - opened.text.length),
  };
}

function fromJson(edit: { offset: number; length: number; content: string }): TextEdit {
  return { range: { start: edit.offset, end: edit.offset + edit.length }, newText: edit.content };
}

/** The keys in the order that a reader expects; an absent note is not written. */
function ordered({ id, profile, direction, protocol, address, port, note }: PeerWish): PeerWish {
  const wish = { id, profile, direction, protocol, address, port };
  return note === undefined ? wish : { ...wish, note };
}

function freshId(peers: readonly PeerWish[]): string {
  const taken = new Set(peers.map((peer) => peer.id));
  for (let number = peers.length + 1; ; number += 1) if (!taken.has(`peer-${number}`)) return `peer-${number}`;
}

function nameOfPeer({ address, protocol, port }: PeerWish): string {
  return port === null ? `${address} ${protocol}` : `${address} ${protocol} ${port}`;
}

interface JsonStyle {
  readonly eol: string;
  readonly unit: string;
  readonly oneLine: boolean;
  readonly options: { readonly eol: string; readonly insertSpaces: boolean; readonly tabSize: number };
}

function jsonStyle(text: string): JsonStyle {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const unit = /\n([ \t]+)\S/u.exec(text)?.[1] ?? "  ";
  const options = { eol, insertSpaces: !unit.includes("\t"), tabSize: unit.includes("\t") ? 1 : unit.length };
  return { eol, unit, oneLine: !text.trim().includes("\n"), options };
}

/**
 * Behind the last item, spaced as that one is. In an empty list: over several lines, except where the file is on one
 * line or blanks stand in the list already (so that taking the item away leaves exactly those blanks).
 */
function insertItem(text: string, list: Node, value: object, style: JsonStyle): TextEdit {
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

function inManyLines(value: object, indent: string, style: JsonStyle): string {
  return JSON.stringify(value, null, style.unit).replaceAll("\n", `${style.eol}${indent}`);
}
