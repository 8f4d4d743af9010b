import { COMMA, isSpace, OPEN_PAREN, operandEnd, wordEnd } from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { conditionAhead, takeList } from "./conditions.ts";
import { ruleSpace } from "./operands.ts";

/** True where `r`, `w`, `rw` or `wr` stands, with a blank or comma behind it. */
function atShortPermissions(c: Cursor, end: number): boolean {
  const after = c.text.charCodeAt(end);
  if (!isSpace(after) && after !== COMMA) return false;
  const word = c.text.slice(c.pos, end);
  return word === "r" || word === "w" || word === "rw" || word === "wr";
}

/** True where one of these permissions stands at the place, or a short form of read and write if `short` is set. */
export function atPermission(c: Cursor, words: ReadonlySet<string>, short = true): boolean {
  const end = wordEnd(c.text, c.pos);
  // A comma that clings to further text is part of a word, not the end of the rule.
  if (end === c.pos || conditionAhead(c) !== null || operandEnd(c.text, c.pos) !== end) return false;
  return words.has(c.text.slice(c.pos, end)) || (short && atShortPermissions(c, end));
}

/**
 * Takes the permissions of a rule with conditions, if any are written: one word, or a list in parentheses.
 *
 *     unix (send, receive) type=stream,
 *          ^
 */
export function takePermissions(c: Cursor, words: ReadonlySet<string>, short = true): void {
  ruleSpace(c);
  if (c.code === OPEN_PAREN) takeList(c, "permissions", "permissions");
  else if (atPermission(c, words, short)) c.take("permissions", wordEnd(c.text, c.pos), "permissions");
  else return;
  ruleSpace(c);
}
