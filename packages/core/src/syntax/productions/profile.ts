import {
  AMPERSAND,
  AT,
  CARET,
  COLON,
  EQUALS,
  identifierEnd,
  OPEN_BRACE,
  OPEN_PAREN,
  PLUS,
  QUOTE,
  SLASH,
  variableEnd,
  wordEnd,
} from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { takeBody } from "./body.ts";
import { conditionAhead, takeCondition, takeGroup, takeList } from "./conditions.ts";
import { beginsPath, pathEnd, takeQuoted } from "./operands.ts";
import { takeComma, takeUnreadable } from "./recovery.ts";

/** The place of identities in `order`: the only part that may be written more than once. */
const identities = 2;

/** The parts of a profile's head after its name, in the order in which the parser takes them. */
const order = ["an attachment", "`xattrs=(…)`", "`identities=(…)`", "flags"] as const;

/**
 * A profile in any of its forms; the keyword may be missing where the name is a path.
 *
 *     profile name /usr/bin/x xattrs=(user.a=b) flags=(complain) { … }
 *     ^
 */
export function takeProfile(c: Cursor): void {
  c.open();
  const keyword = c.atWord("profile");
  if (keyword) {
    c.take("keyword", c.pos + "profile".length, "keyword");
    c.blanks();
  }
  if (!takeProfileName(c, keyword)) {
    c.error("syntax/expected-name", `expected the name of a profile, found ${c.found()}`, c.lastEnd, c.lastEnd);
  }
  takeHead(c, "this profile");
  c.close("profile");
}

/**
 * A hat: `hat name { … }` or `^name { … }`.
 *
 *     ^DEFAULT_URI flags=(complain) { … }
 *     ^
 */
export function takeHat(c: Cursor): void {
  c.open();
  if (c.code === CARET) c.take("punctuation", c.pos + 1, "keyword");
  else {
    c.take("keyword", c.pos + "hat".length, "keyword");
    c.blanks();
  }
  if (!takeProfileName(c, true)) {
    c.error("syntax/expected-name", `expected the name of a hat, found ${c.found()}`, c.lastEnd, c.lastEnd);
  }
  takeHead(c, "this hat");
  c.close("hat");
}

/** Behind a keyword a name is anything up to a blank; without one it begins like a path. */
function takeProfileName(c: Cursor, afterKeyword: boolean): boolean {
  const code = c.code;
  if (code === QUOTE) {
    if (!afterKeyword && !beginsPath(c.text, c.pos)) {
      c.error("syntax/expected-keyword", "a quoted name that is no path needs `profile` before it", c.pos, c.pos + 1);
    }
    takeQuoted(c, "name", "name");
    return true;
  }
  const end = afterKeyword ? identifierEnd(c.text, c.pos) : Math.max(pathEnd(c), c.pos);
  if (end === c.pos || (code === OPEN_BRACE && end === c.pos + 1)) return false;
  const start = c.pos;
  c.take(code === SLASH || code === AT ? "path" : "name", end, "name");
  if (!afterKeyword && code === AT && variableEnd(c.text, start) === end) {
    const message = `a profile named by a variable begins with \`profile\`: \`profile ${c.text.slice(start, end)}\``;
    c.error("syntax/expected-keyword", message, start, end);
  }
  if (!afterKeyword && code !== SLASH && code !== COLON && code !== AMPERSAND && code !== AT) {
    const message = `a profile whose name is not a path begins with \`profile\`: \`profile ${c.text.slice(start, end)}\``;
    c.error("syntax/expected-keyword", message, start, end);
  }
  return true;
}

function takeHead(c: Cursor, owner: string): void {
  let last = -1;
  for (;;) {
    c.trivia();
    if (c.code === OPEN_BRACE) {
      takeBody(c, owner);
      return;
    }
    const start = c.pos;
    const part = takeHeadPart(c);
    if (part === -1) break;
    if (part < last) {
      c.error("syntax/head-order", `${order[part]} stands too late: it comes before ${order[last]}`, start, c.lastEnd);
    } else if (part === last && part !== identities) {
      c.error("syntax/head-twice", `only one of ${order[part]} is allowed`, start, c.lastEnd);
    }
    last = Math.max(last, part);
  }
  const start = c.pos;
  const found = c.found();
  const sameLine = !c.lineBroken;
  if (sameLine) takeUnreadable(c);
  const from = sameLine ? start : c.lastEnd;
  c.error(
    "syntax/expected-brace",
    `expected \`{\` and the rules of ${owner}, found ${found}`,
    from,
    Math.max(from, c.lastEnd),
  );
  if (c.code === OPEN_BRACE) takeBody(c, owner);
  else if (sameLine) takeComma(c);
}

/** Takes one part of the head and says which of `order` it was; -1 where none stands here. */
function takeHeadPart(c: Cursor): number {
  if (c.code === PLUS) {
    c.take("punctuation", c.pos + 1, "operator");
    c.blanks();
    if (conditionAhead(c) === "condition" && c.atWord("identities")) takeCondition(c);
    else c.error("syntax/expected", `expected \`identities=(…)\` after \`+\`, found ${c.found()}`, c.pos, c.pos);
    return identities;
  }
  if (c.code === OPEN_PAREN) {
    takeFlags(c);
    return 3;
  }
  const ahead = conditionAhead(c);
  if (ahead === "group") {
    const name = c.word();
    if (name !== "xattrs") {
      c.error(
        "syntax/unknown-condition",
        `\`${name}=(…)\` cannot stand in the head of a profile`,
        c.pos,
        c.pos + name.length,
      );
    }
    takeGroup(c, "xattrs");
    return 1;
  }
  if (ahead === "condition") {
    if (!c.atWord("flags")) return -1;
    takeFlags(c);
    return 3;
  }
  if (c.code === QUOTE) {
    if (!beginsPath(c.text, c.pos)) {
      c.error("syntax/relative-path", "expected an attachment that begins with `/` or a variable", c.pos, c.pos + 1);
    }
    takeQuoted(c, "path", "attachment");
    return 0;
  }
  const end = pathEnd(c);
  if (end <= c.pos || wordEnd(c.text, c.pos) === end) return -1;
  c.take("path", end, "attachment");
  return 0;
}

/**
 * `flags=(complain, attach_disconnected)`, or the list alone.
 *
 *     profile x flags=(complain) { … }
 *               ^
 */
function takeFlags(c: Cursor): void {
  c.open();
  if (c.code !== OPEN_PAREN) {
    c.take("keyword", c.pos + "flags".length, "key");
    c.blanks();
    c.take("punctuation", c.pos + 1, "operator");
    c.space();
  }
  if (c.code === OPEN_PAREN) {
    const opened = c.pos;
    if (takeList(c, "name", "flag") === 0) {
      c.error("syntax/expected-flag", "expected a flag between the parentheses", opened, c.lastEnd);
    }
  } else {
    const message = `expected \`(\` and the flags, found ${c.found()}`;
    const from = c.pos;
    const end = c.code === EQUALS ? from : identifierEnd(c.text, from);
    if (end > from && c.code !== OPEN_BRACE) c.take("error", end);
    c.error("syntax/expected-parenthesis", message, from, c.pos);
  }
  c.close("flags");
}
