import type { Cursor } from "../cursor.ts";
import { takeConditionRule } from "./condition-rule.ts";

const permissions: ReadonlySet<string> = new Set(["bind", "eavesdrop", "send", "receive", "read", "write"]);

/**
 * `dbus (send) bus=session path=/a interface=a.b member=C peer=(name=x label=y),`
 *
 *     dbus send bus=session,
 *     ^
 */
export function takeDbusRule(c: Cursor): void {
  takeConditionRule(c, "dbus-rule", permissions, true);
}
