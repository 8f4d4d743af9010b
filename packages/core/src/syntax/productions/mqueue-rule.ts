import type { Cursor } from "../cursor.ts";
import { takeConditions, takeKeyword } from "./condition-rule.ts";
import { ruleSpace, takeOperand } from "./operands.ts";
import { atPermission, takePermissions } from "./permissions.ts";
import { atNextRule, endRule } from "./recovery.ts";

const permissions: ReadonlySet<string> = new Set(["create", "open", "delete", "getattr", "setattr", "read", "write"]);

/**
 * `mqueue (open, read) type=posix label=x /name,`
 *
 *     mqueue read type=posix /queue,
 *     ^
 */
export function takeMqueueRule(c: Cursor): void {
  takeKeyword(c);
  takePermissions(c, permissions);
  takeConditions(c);
  if (!atNextRule(c) && !atPermission(c, permissions) && takeOperand(c, "path", "name")) ruleSpace(c);
  endRule(c, "mqueue-rule", "a condition, the name of a queue");
}
