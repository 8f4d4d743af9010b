import type { SyntaxNode, SyntaxTree } from "../../syntax/index.ts";
import { isNode } from "../../syntax/index.ts";
import type { MountRuleValue } from "../rule-values.ts";
import { isPossibleMount, readMountFlags, remountFlag } from "./mount-flags.ts";
import { conditionPieces, type ConditionPiece, type Report } from "./problem.ts";

const fstypeKeys: ReadonlySet<string> = new Set(["fstype", "vfstype"]);
const optionKeys: ReadonlySet<string> = new Set(["options", "option"]);

/** Reports what the parser refuses in a mount, remount, umount or pivot_root rule. */
export function checkMountRule(tree: SyntaxTree, node: SyntaxNode, value: MountRuleValue, report: Report): void {
  const conditions = conditionPieces(tree, node);
  if (value.kind === "pivot_root") {
    checkPivotRoot(conditions, report);
    return;
  }
  checkTargetConditions(node, report);
  for (const condition of conditions) {
    if (fstypeKeys.has(condition.key) || optionKeys.has(condition.key)) continue;
    const message = `mount rules know no condition \`${condition.key}\`, only \`fstype\` and \`options\``;
    report("rule/unknown-condition", message, condition);
  }
  checkOptions(node, value, conditions, report);
}

/** Only the condition that stands last is looked at: so does the parser. */
function checkPivotRoot(conditions: readonly ConditionPiece[], report: Report): void {
  const last = conditions[conditions.length - 1];
  if (last !== undefined && last.key !== "oldroot") {
    report("rule/unknown-condition", `pivot_root rules know no condition \`${last.key}\`, only \`oldroot\``, last);
  }
}

function checkTargetConditions(node: SyntaxNode, report: Report): void {
  let afterArrow = false;
  for (const child of node.children) {
    if (!isNode(child) && child.role === "operator") afterArrow = true;
    else if (afterArrow && isNode(child) && child.kind === "condition") {
      report("rule/target-condition", "no condition can stand after `->` in a mount rule", child);
    }
  }
}

function checkOptions(
  node: SyntaxNode,
  value: MountRuleValue,
  conditions: readonly ConditionPiece[],
  report: Report,
): void {
  const required: number[] = [];
  const optional: number[] = [];
  let sound = true;
  for (const condition of conditions.filter((each) => optionKeys.has(each.key))) {
    const flags = readMountFlags(condition.values.map((each) => each.text));
    for (const index of flags.unknown) {
      const piece = condition.values[index] ?? condition;
      report("rule/unknown-mount-option", `\`${piece.text}\` is no mount flag that a rule can name`, piece);
      sound = false;
    }
    if (condition.operator === "in") {
      optional.push((flags.set | flags.clear) >>> 0);
      continue;
    }
    const set = value.kind === "remount" ? (flags.set | remountFlag) >>> 0 : flags.set;
    if ((set & flags.clear) !== 0) {
      report("rule/mount-option-conflict", "these mount options contradict each other", condition);
      sound = false;
    }
    required.push(set);
  }
  if (value.kind !== "mount" || !sound || required.length === 0) return;
  const operands = {
    source: value.source !== null,
    target: value.target !== null,
    fstype: conditions.some((each) => fstypeKeys.has(each.key)),
  };
  const choices = optional.length === 0 ? [0] : optional;
  if (!required.some((flags) => choices.some((choice) => isPossibleMount(flags, choice, operands)))) {
    const message = "no mount has these options together with this source, mount point or file system type";
    report("rule/impossible-mount", message, node);
  }
}
