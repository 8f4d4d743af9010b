import type { Cursor } from "../cursor.ts";
import { takeConditions, takeKeyword } from "./condition-rule.ts";
import { atArrow, ruleSpace, takeArrow, takeOperand } from "./operands.ts";
import { atNextRule, endRule } from "./recovery.ts";

/**
 * `mount fstype=ext4 options=(ro) /dev/sda -> /mnt,`, and `remount` and `umount` with a mount point alone.
 *
 *     mount options in (ro, nosuid) /a -> /b,
 *     ^
 */
export function takeMountRule(c: Cursor): void {
  const word = c.word();
  const kind = word === "mount" ? "mount-rule" : word === "remount" ? "remount-rule" : "umount-rule";
  takeKeyword(c);
  takeConditions(c);
  if (kind !== "mount-rule") {
    if (!atNextRule(c) && !atArrow(c) && takeOperand(c, "path", "target")) ruleSpace(c);
    endRule(c, kind, "a condition, a mount point");
    return;
  }
  if (!atArrow(c) && !atNextRule(c) && takeOperand(c, "path", "source")) ruleSpace(c);
  if (atArrow(c)) {
    takeArrow(c);
    takeConditions(c);
    if (takeOperand(c, "path", "target")) ruleSpace(c);
    else
      c.error("syntax/expected-path", `expected a mount point after \`->\`, found ${c.found()}`, c.lastEnd, c.lastEnd);
  }
  endRule(c, kind, "a condition, a source, `->`");
}
