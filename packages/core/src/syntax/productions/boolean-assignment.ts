import { COLON, EQUALS, isSpace, PLUS, QUESTION, variableEnd, HASH } from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { reportInBody } from "./preamble.ts";
import { takeExpression, takeRestOfExpression } from "./expression.ts";
import { takeComma, takeUnreadable } from "./recovery.ts";

/**
 * `$NAME = true`, or any expression of the conditionals: it ends with the line.
 *
 *     $debugging = true
 *     ^
 */
export function takeBooleanAssignment(c: Cursor): void {
  const start = c.pos;
  reportInBody(c, "a boolean variable");
  c.open();
  const end = variableEnd(c.text, start);
  c.take(end > start ? "variable" : "error", end > start ? end : start + 1, "name");
  c.blanks();
  const next = c.text.charCodeAt(c.pos + 1);
  const width =
    c.code === EQUALS ? 1 : (c.code === PLUS || c.code === QUESTION || c.code === COLON) && next === EQUALS ? 2 : 0;
  if (end === start || width === 0) {
    c.error("syntax/expected", `expected \`$NAME = true\` or a rule, found ${c.found()}`, start, c.lastEnd);
    takeUnreadable(c);
    takeComma(c);
    c.close("error");
    return;
  }
  c.take("punctuation", c.pos + width, "operator");
  c.assignmentSpace();
  if (!takeExpression(c, "assignment")) {
    takeRestOfExpression(c, "assignment");
  } else {
    c.assignmentSpace();
    if (!c.atEnd && !isSpace(c.code) && c.code !== HASH) {
      c.error("syntax/expected", `expected the end of the line, found ${c.found()}`, c.pos, c.pos + 1);
      takeRestOfExpression(c, "assignment");
    }
  }
  c.close("boolean-assignment");
}
