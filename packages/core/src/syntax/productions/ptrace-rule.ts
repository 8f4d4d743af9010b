import type { Cursor } from "../cursor.ts";
import { takeConditionRule } from "./condition-rule.ts";

const permissions: ReadonlySet<string> = new Set(["trace", "readby", "tracedby", "read", "write"]);

/**
 * `ptrace (trace, read) peer=name,`: its peer is a plain condition.
 *
 *     ptrace read peer=@{profile_name},
 *     ^
 */
export function takePtraceRule(c: Cursor): void {
  takeConditionRule(c, "ptrace-rule", permissions, false);
}
