import { COMMA } from "../characters.ts";
import type { Cursor } from "../cursor.ts";
import { takeKeyword } from "./condition-rule.ts";
import { conditionAhead, takeCondition } from "./conditions.ts";
import { atArrow, takeArrowAndName, takePath } from "./operands.ts";
import { atNextRule, endRule, failRule } from "./recovery.ts";

/**
 * `pivot_root oldroot=/old /new -> profile,`
 *
 *     pivot_root oldroot=/mnt/old/ /mnt/new/,
 *     ^
 */
export function takePivotRootRule(c: Cursor): void {
  takeKeyword(c);
  c.trivia();
  while (conditionAhead(c) === "condition") {
    takeCondition(c);
    c.trivia();
  }
  if (c.code !== COMMA && !atArrow(c) && !atNextRule(c) && takePath(c, "target")) c.trivia();
  if (atArrow(c) && !takeArrowAndName(c, "name", "exec-target")) {
    failRule(c, "pivot_root-rule", "a profile after `->`");
    return;
  }
  endRule(c, "pivot_root-rule", "`oldroot=…`, a path, `->`");
}
