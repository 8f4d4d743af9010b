import {
  CLOSE_PAREN,
  COMMA,
  CR,
  EQUALS,
  isSpace,
  LF,
  listValueEnd,
  identifierEnd,
  OPEN_PAREN,
  QUOTE,
  SPACE,
  TAB,
  wordEnd,
} from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import type { TokenRole, TokenType } from "../tree.ts";
import { takeQuoted } from "./operands.ts";
import { atNextRule, unexpected } from "./recovery.ts";

function blanksEnd(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at++;
  return at;
}

/** What a word begins here: `key=…` or `key in (…)`, `key=(…)` of a group (peer, xattrs), or no condition at all. */
export function conditionAhead(c: Cursor): "condition" | "group" | null {
  const end = wordEnd(c.text, c.pos);
  if (end === c.pos) return null;
  const after = blanksEnd(c.text, end);
  if (c.text.charCodeAt(after) === EQUALS) {
    const word = c.text.slice(c.pos, end);
    if (word !== "peer" && word !== "xattrs") return "condition";
    return c.text.charCodeAt(blanksEnd(c.text, after + 1)) === OPEN_PAREN ? "group" : "condition";
  }
  if (after === end || !c.text.startsWith("in", after)) return null;
  return c.text.charCodeAt(blanksEnd(c.text, after + 2)) === OPEN_PAREN ? "condition" : null;
}

/**
 * `( a, b c )`: takes the list with its parentheses.
 *
 *     options=(ro, bind)
 *             ^
 */
export function takeList(c: Cursor, type: TokenType, role: TokenRole): number {
  const opened = c.pos;
  let count = 0;
  c.take("punctuation", c.pos + 1, "open");
  for (;;) {
    c.space();
    if (c.code === CLOSE_PAREN) {
      c.take("punctuation", c.pos + 1, "close");
      return count;
    }
    if (atNextRule(c)) {
      c.error("syntax/expected-parenthesis", "expected `)` to close the list that begins here", opened, opened + 1);
      return count;
    }
    if (c.code === COMMA) {
      c.take("punctuation", c.pos + 1);
      continue;
    }
    takeListValue(c, type, role);
    count++;
  }
}

/** Takes a value of a list; what cannot be one becomes an error token of one character. */
function takeListValue(c: Cursor, type: TokenType, role: TokenRole): void {
  if (c.code === QUOTE) {
    takeQuoted(c, type, role);
    return;
  }
  const end = listValueEnd(c.text, c.pos);
  if (end > c.pos) {
    c.take(type, end, role);
    return;
  }
  c.error("syntax/expected", `expected a value or \`)\`, found ${c.found()}`, c.pos, c.pos + 1);
  c.take("error", c.pos + 1);
}

/**
 * `key=value`, `key=(a b)` or `key in (a b)`.
 *
 *     mount options in (ro, nosuid) /a,
 *           ^
 */
export function takeCondition(c: Cursor): void {
  c.open();
  c.take("name", wordEnd(c.text, c.pos), "key");
  c.blanks();
  if (c.code === EQUALS) {
    c.take("punctuation", c.pos + 1, "operator");
    c.blanks();
    takeConditionValue(c);
  } else {
    c.take("keyword", c.pos + 2, "operator");
    c.blanks();
    if (takeList(c, "value", "value") === 0) emptyList(c);
  }
  c.close("condition");
}

function emptyList(c: Cursor): void {
  c.error("syntax/expected-value", "expected a value between the parentheses", c.lastEnd - 1, c.lastEnd);
}

function takeConditionValue(c: Cursor): void {
  const lineOver = c.code === LF || c.code === CR;
  c.space();
  if (lineOver && c.text.charCodeAt(c.pos) !== OPEN_PAREN) {
    c.error("syntax/expected-value", "expected a value after `=` on the same line", c.lastEnd, c.lastEnd);
    return;
  }
  if (c.code === OPEN_PAREN) {
    if (takeList(c, "value", "value") === 0) emptyList(c);
  } else if (c.code === QUOTE) {
    takeQuoted(c, "value", "value");
  } else {
    const end = identifierEnd(c.text, c.pos);
    if (end > c.pos) c.take("value", end, "value");
    else unexpected(c, "a value after `=`");
  }
}

/** The end of a key in a group of conditions: up to a blank, a quote, `!`, `,`, `=` or `)`. */
function groupKeyEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isSpace(code) || code === QUOTE || code === 0x21 || code === COMMA || code === EQUALS || code === CLOSE_PAREN)
      break;
  }
  return at;
}

/**
 * `peer=( label=x, addr=@y )` or `xattrs=( user.tag=a* )`: a group of conditions.
 *
 *     unix peer=(label=x addr=@y),
 *          ^
 */
export function takeGroup(c: Cursor, kind: "peer" | "xattrs"): void {
  c.open();
  c.take("keyword", wordEnd(c.text, c.pos), "key");
  c.blanks();
  c.take("punctuation", c.pos + 1, "operator");
  c.blanks();
  const opened = c.pos;
  c.take("punctuation", c.pos + 1, "open");
  for (;;) {
    c.space();
    if (c.code === CLOSE_PAREN) {
      c.take("punctuation", c.pos + 1, "close");
      break;
    }
    if (atNextRule(c)) {
      c.error("syntax/expected-parenthesis", "expected `)` to close the group that begins here", opened, opened + 1);
      break;
    }
    if (c.code === COMMA) c.take("punctuation", c.pos + 1);
    else takeGroupCondition(c);
  }
  c.close(kind);
}

/** Takes `key=value` or a lone key in a group. */
function takeGroupCondition(c: Cursor): void {
  const end = groupKeyEnd(c.text, c.pos);
  if (end === c.pos) {
    c.error("syntax/expected", `expected a condition or \`)\`, found ${c.found()}`, c.pos, c.pos + 1);
    c.take("error", c.pos + 1);
    return;
  }
  c.open();
  c.take("name", end, "key");
  if (c.text.charCodeAt(blanksEnd(c.text, c.pos)) === EQUALS) {
    c.blanks();
    c.take("punctuation", c.pos + 1, "operator");
    c.blanks();
    if (c.code === OPEN_PAREN) {
      const opened = c.pos;
      const count = takeList(c, "value", "value");
      if (count !== 1)
        c.error("syntax/expected-value", "expected one value between these parentheses", opened, c.lastEnd);
    } else {
      c.space();
      takeGroupValue(c);
    }
  }
  c.close("condition");
}

function takeGroupValue(c: Cursor): void {
  if (c.code === QUOTE) {
    if (c.text.startsWith('""', c.pos)) {
      c.error("syntax/expected-value", "expected a value between the quotes", c.pos, c.pos + 2);
    }
    takeQuoted(c, "value", "value");
    return;
  }
  const end = listValueEnd(c.text, c.pos);
  if (end > c.pos) c.take("value", end, "value");
  else c.error("syntax/expected-value", `expected a value after \`=\`, found ${c.found()}`, c.lastEnd, c.pos);
}
