import type { Cursor } from "../cursor.ts";
import { takeConditionRule } from "./condition-rule.ts";

const permissions: ReadonlySet<string> = new Set(["send", "receive", "read", "write"]);

/**
 * `signal (send) set=(hup, term) peer=name,`: its peer is a plain condition.
 *
 *     signal send set=kill peer=unconfined,
 *     ^
 */
export function takeSignalRule(c: Cursor): void {
  takeConditionRule(c, "signal-rule", permissions, false);
}
