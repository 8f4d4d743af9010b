import {
  AT,
  COMMA,
  HASH,
  identifierEnd,
  isSpace,
  labelEnd,
  MINUS,
  GREATER,
  operandEnd,
  permissionsEnd,
  QUOTE,
  quotedEnd,
  SLASH,
  variableEnd,
  wordEnd,
} from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { isKeyword } from "./keywords.ts";
import type { TokenRole, TokenType } from "../tree.ts";

/** White space between the parts of a rule in which the lexer knows no comments; a comment there is an error. */
export function ruleSpace(c: Cursor): void {
  for (;;) {
    c.space();
    const before = c.text.charCodeAt(c.pos - 1);
    if (c.code !== HASH || !isSpace(before)) return;
    const start = c.pos;
    c.comment();
    c.error("syntax/comment-in-rule", "a comment cannot stand inside this kind of rule", start, c.pos);
  }
}

/** Takes `"…"`; without its closing quote, the line up to its end as an error. */
export function takeQuoted(c: Cursor, type: TokenType, role: TokenRole): void {
  const end = quotedEnd(c.text, c.pos);
  if (end !== -1) {
    c.take(type, end, role);
    return;
  }
  const start = c.pos;
  const lineEnd = c.text.indexOf("\n", start);
  c.take("error", lineEnd === -1 ? c.text.length : lineEnd);
  c.error("syntax/unclosed-quote", 'expected `"` to close the text that is quoted here', start, start + 1);
}

/**
 * The end of a path, label, lone variable or word where the general lexer reads it (file and link rules, profile
 * heads); -1 where none begins. Quoted text counts whatever it begins with.
 */
export function pathEnd(c: Cursor): number {
  const code = c.code;
  if (code === QUOTE) return quotedEnd(c.text, c.pos);
  const label = labelEnd(c.text, c.pos);
  if (label > c.pos) return label;
  if (code === AT) {
    const variable = variableEnd(c.text, c.pos);
    return variable > c.pos ? variable : -1;
  }
  const word = wordEnd(c.text, c.pos);
  return word > c.pos ? word : -1;
}

/** True where a path as rules want it begins: `/`, a variable, a namespace or `&`, quoted or not. */
export function beginsPath(text: string, at: number): boolean {
  const from = text.charCodeAt(at) === QUOTE ? at + 1 : at;
  const code = text.charCodeAt(from);
  return code === SLASH || code === AT || code === 0x3a || code === 0x26;
}

/** Takes a path of a file or link rule; says what a path begins with where it cannot be read. False where there is none. */
export function takePath(c: Cursor, role: TokenRole): boolean {
  const start = c.pos;
  if (c.code === QUOTE && quotedEnd(c.text, c.pos) === -1) {
    takeQuoted(c, "path", role);
    return true;
  }
  const known = readablePathEnd(c);
  const end = known === -1 ? nameOrQuotedEnd(c) : known;
  if (end <= start) return false;
  c.take("path", end, role);
  if (known === -1) {
    const message = `expected a path that begins with \`/\` or a variable, found \`${c.text.slice(start, end)}\``;
    c.error("syntax/relative-path", message, start, end);
  }
  return true;
}

/** The end of a path as the lexer reads it; -1 for text that no rule can name. A lone word can be named, and never matches. */
function readablePathEnd(c: Cursor): number {
  if (beginsPath(c.text, c.pos)) return pathEnd(c);
  if (c.code === QUOTE) return -1;
  const word = wordEnd(c.text, c.pos);
  if (word === c.pos || word !== identifierEnd(c.text, c.pos) || permissionsEnd(c.text, c.pos) > c.pos) return -1;
  return isKeyword(c.text.slice(c.pos, word)) ? -1 : word;
}

function nameOrQuotedEnd(c: Cursor): number {
  return c.code === QUOTE ? quotedEnd(c.text, c.pos) : identifierEnd(c.text, c.pos);
}

/** True where `->` stands. */
export function atArrow(c: Cursor): boolean {
  return c.code === MINUS && c.text.charCodeAt(c.pos + 1) === GREATER;
}

/** Takes `->` and the name after it, which may be anything up to a blank. False where the name is missing. */
export function takeArrowAndName(c: Cursor, type: TokenType, role: TokenRole): boolean {
  c.take("punctuation", c.pos + 2, "operator");
  c.space();
  if (c.code === QUOTE) {
    takeQuoted(c, type, role);
    return true;
  }
  const end = identifierEnd(c.text, c.pos);
  if (end === c.pos) return false;
  c.take(type, end, role);
  return true;
}

/** Takes an operand of a rule with conditions; false where none begins. */
export function takeOperand(c: Cursor, type: TokenType, role: TokenRole): boolean {
  if (c.code === QUOTE) {
    takeQuoted(c, type, role);
    return true;
  }
  const end = operandEnd(c.text, c.pos);
  if (end === c.pos) return false;
  c.take(type, end, role);
  return true;
}

/** Takes an arrow between operands, where the lexer wants a blank after it. */
export function takeArrow(c: Cursor): void {
  const start = c.pos;
  c.take("punctuation", start + 2, "operator");
  if (identifierEnd(c.text, start) > start + 2 && c.code !== COMMA) {
    c.error("syntax/expected-blank", "expected a blank after `->`", c.pos, c.pos);
  }
}
