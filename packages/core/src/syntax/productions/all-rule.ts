import type { Cursor } from "../cursor.ts";
import { takeKeyword } from "./condition-rule.ts";
import { endRule } from "./recovery.ts";

/**
 * `all,`
 *
 *     allow all,
 *           ^
 */
export function takeAllRule(c: Cursor): void {
  takeKeyword(c);
  endRule(c, "all-rule");
}
