import {
  CLOSE_BRACE,
  COMMA,
  HASH,
  identifierEnd,
  isSpace,
  LF,
  OPEN_BRACE,
  QUOTE,
  quotedEnd,
  wordEnd,
} from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import type { NodeKind } from "../tree.ts";

/** The words with which a rule or block begins; on a new line they tell that the rule before lacks its end. */
const startingWords: ReadonlySet<string> = new Set([
  "abi", "alias", "all", "allow", "audit", "capability", "change_profile", "dbus", "deny", "file", "hat", "if", "include",
  "io_uring", "link", "mount", "mqueue", "network", "other", "owner", "pivot_root", "priority", "profile", "prompt", "ptrace",
  "remount", "set", "signal", "umount", "unix", "unmount", "userns",
]); // prettier-ignore

/** True where a new line begins with a word that opens a rule, or with a brace alone. */
export function atNextRule(c: Cursor): boolean {
  if (c.atEnd) return true;
  if (!c.lineBroken) return false;
  if (c.code === CLOSE_BRACE) {
    const after = c.text.charCodeAt(c.pos + 1);
    return Number.isNaN(after) || isSpace(after);
  }
  const end = wordEnd(c.text, c.pos);
  if (end === c.pos || !startingWords.has(c.text.slice(c.pos, end))) return false;
  const after = c.text.charCodeAt(end);
  return Number.isNaN(after) || isSpace(after) || after === COMMA;
}

/** True for a comma that can end a rule: one that no identifier goes on after. */
function endsRule(c: Cursor, at: number): boolean {
  if (c.text.charCodeAt(at) !== COMMA) return false;
  const next = c.text.charCodeAt(at + 1);
  return Number.isNaN(next) || isSpace(next) || next === COMMA || next === QUOTE || next === HASH;
}

/** The end of the piece of unreadable text at `from`: up to a blank, a line end, or the comma that ends the rule. */
function pieceEnd(c: Cursor, from: number): number {
  let at = from;
  while (at < c.text.length && !isSpace(c.text.charCodeAt(at)) && !endsRule(c, at)) {
    const quoted = c.text.charCodeAt(at) === QUOTE ? quotedEnd(c.text, at) : -1;
    at = quoted === -1 ? at + 1 : quoted;
  }
  // A line end of the kind that no editor makes (a CR alone) is not white space of the language.
  return at === from ? from + 1 : at;
}

/** Takes what cannot be read as an error node: up to the comma, the line end or a brace that stands free. */
export function takeUnreadable(c: Cursor): void {
  c.open();
  for (;;) {
    c.blanks();
    const code = c.code;
    const lineEnd = code === LF || c.text.startsWith("\r\n", c.pos);
    if (c.atEnd || lineEnd || code === OPEN_BRACE || code === CLOSE_BRACE || endsRule(c, c.pos)) break;
    if (code === HASH && c.pos > 0 && isSpace(c.text.charCodeAt(c.pos - 1))) break;
    c.take("error", pieceEnd(c, c.pos));
  }
  c.close("error");
}

/**
 * Ends a rule: its comma, or an error where the comma is missing, or an error node over what does not belong there.
 * `expected` says in words what could have stood there beside the comma.
 */
export function endRule(c: Cursor, kind: NodeKind, expected?: string): void {
  c.trivia();
  if (c.code === COMMA) {
    c.take("punctuation", c.pos + 1, "end");
  } else if (c.atEnd || c.code === CLOSE_BRACE || c.lineBroken) {
    const clinging = clingingComma(c.text, c.lastEnd);
    if (clinging !== -1) {
      const message = "this comma is read as a part of the word: a blank or line end must stand behind it";
      c.error("syntax/expected-blank", message, clinging + 1, clinging + 1);
    } else c.error("syntax/expected-comma", `expected \`,\` at the end of this rule`, c.lastEnd, c.lastEnd);
  } else {
    unexpected(c, expected === undefined ? "`,`" : `${expected} or \`,\``);
    takeComma(c);
  }
  c.close(kind);
}

/** The comma that a word ending at `end` has swallowed with a comment or brace behind it (`inet,}`, `inet,#x`); -1 for none. */
function clingingComma(text: string, end: number): number {
  let start = end;
  while (start > 0 && !isSpace(text.charCodeAt(start - 1)) && end - start < 200) start--;
  const word = text.slice(start, end);
  const comment = word.indexOf(",#");
  if (comment !== -1) return start + comment;
  const opened = word.split("{").length;
  return word.endsWith(",}") && word.split("}").length > opened ? end - 2 : -1;
}

/** Takes the comma after unreadable text, where there is one. */
export function takeComma(c: Cursor): void {
  c.blanks();
  if (c.code === COMMA) c.take("punctuation", c.pos + 1, "end");
}

/** Notes that something else was expected here, and takes the unreadable text; at the end of a line only notes it. */
export function unexpected(c: Cursor, expected: string): void {
  const lineOver = c.atEnd || c.lineBroken || c.code === COMMA || c.code === CLOSE_BRACE;
  if (lineOver) {
    const found = c.atEnd || c.code === COMMA || c.code === CLOSE_BRACE ? `, found ${c.found()}` : "";
    c.error("syntax/expected", `expected ${expected}${found}`, c.lastEnd, c.lastEnd);
    return;
  }
  const start = c.pos;
  const message = `expected ${expected}, found ${c.found()}`;
  takeUnreadable(c);
  c.error("syntax/expected", message, start, Math.max(start, c.lastEnd));
}

/** Notes an error at the place and closes the rule after what cannot be read. */
export function failRule(c: Cursor, kind: NodeKind, expected: string): void {
  unexpected(c, expected);
  takeComma(c);
  c.close(kind);
}

/** In rules whose names may begin with a comma, a comma with text behind it does not end the rule. */
export function reportClingingComma(c: Cursor): void {
  if (c.code !== COMMA || identifierEnd(c.text, c.pos) === c.pos) return;
  c.error("syntax/expected-blank", "expected a blank or line end after this comma", c.pos + 1, c.pos + 1);
}
