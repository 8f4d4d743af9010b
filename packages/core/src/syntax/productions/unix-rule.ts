import type { Cursor } from "../cursor.ts";
import { takeConditionRule } from "./condition-rule.ts";
import { socketPermissions } from "./socket-permissions.ts";

/**
 * `unix (connect, send) type=stream addr=@a peer=(label=x addr=@b),`
 *
 *     unix bind type=stream addr=@x,
 *     ^
 */
export function takeUnixRule(c: Cursor): void {
  takeConditionRule(c, "unix-rule", socketPermissions, true);
}
