import { wordEnd } from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { takeKeyword } from "./condition-rule.ts";
import { isKeyword } from "./keywords.ts";
import { endRule } from "./recovery.ts";

/**
 * `capability net_raw net_admin,`; no name means all of them.
 *
 *     capability net_raw,
 *     ^
 */
export function takeCapabilityRule(c: Cursor): void {
  takeKeyword(c);
  for (;;) {
    c.trivia();
    const end = wordEnd(c.text, c.pos);
    if (end === c.pos || isKeyword(c.text.slice(c.pos, end))) break;
    c.take("name", end, "name");
  }
  endRule(c, "capability-rule", "the name of a capability");
}
