import { BANG, COMMA, EQUALS, HASH, isSpace, identifierEnd, QUOTE, quotedEnd, variableEnd } from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { reportInBody } from "./preamble.ts";
import { takeQuoted } from "./operands.ts";

/**
 * `@{NAME} = a b`, `+=`, `?=`, `:=`: the values end with the line.
 *
 *     @{HOMEDIRS} = /home/ "/srv/my homes/"
 *     ^
 */
export function takeVariableAssignment(c: Cursor): void {
  reportInBody(c, "a variable");
  c.open();
  c.take("variable", variableEnd(c.text, c.pos), "name");
  c.trivia();
  c.take("punctuation", c.pos + (c.code === EQUALS ? 1 : 2), "operator");
  const operatorEnd = c.pos;
  let count = 0;
  for (;;) {
    c.assignmentSpace();
    if (c.atEnd || isSpace(c.code)) break;
    if (c.code === HASH) {
      // At the end of a file without a line end the parser takes the words of a comment for values, and accepts it.
      if (!c.text.includes("\n", c.pos)) c.take("comment", c.text.length);
      break;
    }
    takeValue(c);
    count++;
  }
  if (count === 0) {
    c.error("syntax/expected-value", "expected a value after the operator, on the same line", operatorEnd, operatorEnd);
  }
  c.close("variable-assignment");
}

function takeValue(c: Cursor): void {
  const start = c.pos;
  if (c.code === COMMA) {
    c.take("error", start + 1);
    c.error("syntax/trailing-comma", "an assignment takes no comma: its values are parted by blanks", start, c.pos);
  } else if (c.code === QUOTE) {
    if (quotedEnd(c.text, start) === -1) takeQuoted(c, "value", "value");
    else c.take("value", quotedEnd(c.text, start), "value");
  } else {
    const end = identifierEnd(c.text, start);
    if (end > start) {
      c.take("value", end, "value");
    } else {
      const found = c.found();
      c.take("error", start + 1);
      const why = c.text.charCodeAt(start) === BANG ? "; put the value in quotes" : "";
      c.error("syntax/expected-value", `expected a value, found ${found}${why}`, start, c.pos);
    }
  }
}
