import { isSpace, OPEN_BRACE, operandEnd } from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { takeBody } from "./body.ts";
import { takeExpression, takeRestOfExpression } from "./expression.ts";

/**
 * `if … { } else if … { } else { }`: every arm is a branch with its condition and its body.
 *
 *     if $a and not defined @{B} { … } else { … }
 *     ^
 */
export function takeConditional(c: Cursor): void {
  c.open();
  takeBranch(c, false);
  for (;;) {
    c.trivia();
    if (!c.atWord("else")) break;
    c.open();
    c.take("keyword", c.pos + "else".length, "keyword");
    c.trivia();
    if (c.atWord("if")) {
      takeBranch(c, true);
      continue;
    }
    takeBranchBody(c, "this `else`");
    c.close("conditional-branch");
    break;
  }
  c.close("conditional");
}

/** Takes `if`, its condition and its body; the branch is open already where `else` stands before. */
function takeBranch(c: Cursor, opened: boolean): void {
  if (!opened) c.open();
  c.take("keyword", c.pos + 2, "keyword");
  c.space();
  if (!takeExpression(c, "condition")) takeRestOfExpression(c, "condition");
  c.trivia();
  if (c.code === OPEN_BRACE && !isSpace(c.text.charCodeAt(c.pos + 1)) && operandEnd(c.text, c.pos) > c.pos + 1) {
    c.error("syntax/expected-blank", "expected a blank or line end after this `{`", c.pos + 1, c.pos + 1);
  }
  takeBranchBody(c, "this `if`");
  c.close("conditional-branch");
}

function takeBranchBody(c: Cursor, owner: string): void {
  if (c.code === OPEN_BRACE) takeBody(c, owner);
  else c.error("syntax/expected-brace", `expected \`{\` of ${owner}, found ${c.found()}`, c.lastEnd, c.lastEnd);
}
