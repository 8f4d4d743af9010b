import type { Cursor } from "../cursor.ts";
import { takeKeyword } from "./condition-rule.ts";
import { ruleSpace } from "./operands.ts";
import { atPermission } from "./permissions.ts";
import { endRule } from "./recovery.ts";

const permissions: ReadonlySet<string> = new Set(["create"]);

/**
 * `userns create,`: no list in parentheses, no condition.
 *
 *     userns create,
 *     ^
 */
export function takeUsernsRule(c: Cursor): void {
  takeKeyword(c);
  ruleSpace(c);
  if (atPermission(c, permissions, false)) c.take("permissions", c.pos + "create".length, "permissions");
  ruleSpace(c);
  endRule(c, "userns-rule", "`create`");
}
