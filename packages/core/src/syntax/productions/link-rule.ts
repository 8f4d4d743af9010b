import type { Cursor } from "../cursor.ts";
import { takeKeyword } from "./condition-rule.ts";
import { atArrow, takeArrowAndName, takePath } from "./operands.ts";
import { endRule, failRule } from "./recovery.ts";

/**
 * `link subset /a -> /b,`
 *
 *     link /run/x.lock -> /run/y,
 *     ^
 */
export function takeLinkRule(c: Cursor): void {
  takeKeyword(c);
  c.trivia();
  if (c.atWord("subset")) {
    takeKeyword(c);
    c.trivia();
  }
  if (!takePath(c, "path")) {
    failRule(c, "link-rule", "the path of the link");
    return;
  }
  c.trivia();
  if (!atArrow(c) || !takeArrowAndName(c, "path", "target")) {
    failRule(c, "link-rule", "`->` and the path that the link names");
    return;
  }
  endRule(c, "link-rule");
}
