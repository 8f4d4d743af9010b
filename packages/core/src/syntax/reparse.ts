import { sharedEnds } from "../text/index.ts";
import { CLOSE_BRACE } from "./characters.ts";
import { Cursor } from "./cursor.ts";
import { moved } from "./moved.ts";
import { parse } from "./parse.ts";
import { takeItem } from "./productions/item.ts";
import { firstEndingBehind, isNode, type SyntaxElement, type SyntaxNode, type SyntaxTree } from "./tree.ts";

/** A tree of a changed text, and what of it is as it was. */
export interface Reparsed {
  readonly tree: SyntaxTree;
  /** The body that the change lies in; null where all was read anew. */
  readonly kept: KeptItems | null;
}

/** Two bodies whose children are the same at both ends; those at the far end lie elsewhere, and are other objects then. */
export interface KeptItems {
  readonly from: SyntaxNode;
  readonly to: SyntaxNode;
  /** So many children at the beginning are the same objects. */
  readonly before: number;
  /** So many children at the end are the same but for their place. */
  readonly after: number;
}

/** Where two texts differ: `from`–`end` of the old one became `from`–`end + shift` of the new one. */
interface Change {
  readonly from: number;
  readonly end: number;
  readonly shift: number;
}

/**
 * Gives what `parse` gives for a text, reading only the items of a profile that a change has touched: those before it
 * are taken over, those behind it are moved. Only where the old text was without error and the change lies in the body
 * of one profile, and where the touched items are without error too; else everything is read anew.
 *
 * Why the trees are the same: an item is read forwards from its first character. What stands before a touched line and
 * has another whole item between itself and that line never looks so far ahead; what begins behind the change, at a
 * place where a production begins, sees the same text as before.
 */
export function reparse(old: SyntaxTree, text: string): Reparsed {
  return reparseBody(old, text) ?? { tree: parse(text), kept: null };
}

function reparseBody(old: SyntaxTree, text: string): Reparsed | null {
  if (old.errors.length > 0 || old.text === text) return null;
  const change = changeOf(old.text, text);
  const at = old.root.children.findIndex(({ start, end }) => start < change.from && change.end < end);
  const profile = old.root.children[at];
  const body = profile !== undefined && isNode(profile) ? profile.children.at(-1) : undefined;
  if (profile === undefined || !isNode(profile) || profile.kind !== "profile") return null;
  if (body === undefined || !isNode(body) || body.kind !== "body") return null;
  if (change.from <= body.start || change.end >= body.end) return null;
  const kept = newBody(old.text, text, body, change);
  if (kept === null) return null;
  const { shift } = change;
  const children = [...profile.children.slice(0, -1), kept.to];
  const root: SyntaxNode = {
    kind: "file",
    start: 0,
    end: text.length,
    children: [
      ...old.root.children.slice(0, at),
      { kind: "profile", start: profile.start, end: profile.end + shift, children },
      ...old.root.children.slice(at + 1).map((element) => moved(element, shift)),
    ],
  };
  return { tree: { text, root, errors: [] }, kept };
}

function newBody(oldText: string, text: string, from: SyntaxNode, change: Change): KeptItems | null {
  const before = untouched(oldText, from, change.from);
  const last = from.children[before - 1];
  if (last === undefined) return null;
  const c = new Cursor(text, takeItem);
  c.pos = last.end;
  c.lastEnd = last.end;
  c.depth = 1;
  let next = before;
  for (;;) {
    c.trivia();
    // The item behind the change that stands here now, if one does.
    while (next < from.children.length && isBehind(from.children[next], change, c.pos)) next++;
    const candidate = from.children[next];
    const isKept = candidate !== undefined && candidate.start >= change.end && candidate.start + change.shift === c.pos;
    if (isKept && isItem(candidate)) break;
    if (c.atEnd || c.code === CLOSE_BRACE) return null;
    c.takeItem(c);
    if (c.errors.length > 0) return null;
  }
  if (c.errors.length > 0) return null;
  const children = [...from.children.slice(0, before), ...c.closeRoot().children];
  for (let at = next; at < from.children.length; at++) {
    const behind = from.children[at];
    if (behind !== undefined) children.push(moved(behind, change.shift));
  }
  const to: SyntaxNode = { kind: "body", start: from.start, end: from.end + change.shift, children };
  return { from, to, before, after: from.children.length - next };
}

/**
 * How many children of the body are taken over: those before the last item that ends on a line before the change, which
 * is read again; the brace alone where no item does. None where the change is on the line of the brace.
 */
function untouched(text: string, { start, children }: SyntaxNode, changed: number): number {
  const line = text.lastIndexOf("\n", changed - 1);
  if (line <= start) return 0;
  let at = firstEndingBehind(children, line) - 1;
  for (let child = children[at]; at > 1 && child !== undefined && !isNode(child); child = children[at]) at--;
  return Math.max(1, at);
}

function isBehind(element: SyntaxElement | undefined, { end, shift }: Change, at: number): boolean {
  return element !== undefined && (element.start < end || element.start + shift < at || !isItem(element));
}

/** True for what a production begins at: an item, or the brace that closes the body. */
function isItem(element: SyntaxElement): boolean {
  return isNode(element) || element.role === "close";
}

/** Where two texts differ; what they share at both ends is left out. */
function changeOf(old: string, text: string): Change {
  const { before, after } = sharedEnds(old, text);
  return { from: before, end: old.length - after, shift: text.length - old.length };
}
