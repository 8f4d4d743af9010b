import type { Cursor } from "../cursor.ts";
import { reportInBody } from "./preamble.ts";
import { atArrow, takeArrowAndName, takePath } from "./operands.ts";
import { endRule, failRule } from "./recovery.ts";

/**
 * `alias /a -> /b,`
 *
 *     alias /home/ -> /srv/home/,
 *     ^
 */
export function takeAlias(c: Cursor): void {
  reportInBody(c, "an alias");
  c.open();
  c.take("keyword", c.pos + c.word().length, "keyword");
  c.trivia();
  if (!takePath(c, "source")) {
    failRule(c, "alias", "the path that is to be replaced");
    return;
  }
  c.trivia();
  if (!atArrow(c) || !takeArrowAndName(c, "path", "target")) {
    failRule(c, "alias", "`->` and the path that takes its place");
    return;
  }
  endRule(c, "alias");
}
