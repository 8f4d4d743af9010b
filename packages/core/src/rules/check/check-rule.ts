import type { SyntaxTree } from "../../syntax/index.ts";
import { capabilityNamed } from "../../vocabulary/index.ts";
import type { PlacedRule } from "../placed-rule.ts";
import { checkFileRule } from "./file.ts";
import { globProblem, withoutVariables } from "./glob.ts";
import {
  checkDbusRule,
  checkIoUringRule,
  checkMqueueRule,
  checkPtraceRule,
  checkSignalRule,
  checkUnixRule,
} from "./ipc.ts";
import { checkMountRule } from "./mount.ts";
import { checkNetworkRule } from "./network.ts";
import { patternsOf } from "./patterns.ts";
import { piecesWithRole, type Report, type RuleProblem } from "./problem.ts";
import { checkQualifiers } from "./qualifiers.ts";
import { checkRlimitRule } from "./rlimit.ts";

/**
 * What the parser (5.0) refuses in a rule by itself, without looking at other rules, variables or files. A rule
 * that the syntax already complains of may give none.
 */
export function checkRule(tree: SyntaxTree, rule: PlacedRule): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const report: Report = (code, message, at) => problems.push({ code, message, start: at.start, end: at.end });
  checkQualifiers(rule.node, rule.value, report);
  checkKind(tree, rule, report);
  for (const pattern of patternsOf(tree, rule.node, rule.value.kind)) {
    const problem = pattern.glob ? globProblem(withoutVariables(pattern.text)) : null;
    if (problem !== null) report("rule/bad-glob", `\`${pattern.text}\` is no glob: ${problem}`, pattern);
  }
  return problems;
}

function checkKind(tree: SyntaxTree, { node, value }: PlacedRule, report: Report): void {
  switch (value.kind) {
    case "file":
      return checkFileRule(tree, node, value, report);
    case "capability":
      return checkCapabilities(tree, { node, value }, report);
    case "network":
      return checkNetworkRule(tree, node, report);
    case "mount":
    case "remount":
    case "umount":
    case "pivot_root":
      return checkMountRule(tree, node, value, report);
    case "dbus":
      return checkDbusRule(tree, node, report);
    case "signal":
      return checkSignalRule(tree, node, report);
    case "ptrace":
      return checkPtraceRule(tree, node, report);
    case "unix":
      return checkUnixRule(tree, node, report);
    case "mqueue":
      return checkMqueueRule(tree, node, report);
    case "io_uring":
      return checkIoUringRule(tree, node, report);
    case "rlimit":
      return checkRlimitRule(node, value, report);
    case "change_profile":
      return checkChangeProfile(tree, { node, value }, report);
    case "all":
    case "link":
    case "userns":
      return undefined;
  }
}

function checkCapabilities(tree: SyntaxTree, { node }: PlacedRule, report: Report): void {
  for (const piece of piecesWithRole(tree, node, "name")) {
    if (capabilityNamed(piece.text) !== undefined) continue;
    const lower = piece.text.toLowerCase().replace(/^cap_/u, "");
    const meant = capabilityNamed(lower) === undefined ? "" : `; it is written \`${lower}\``;
    report("rule/unknown-capability", `\`${piece.text}\` is no capability${meant}`, piece);
  }
}

function checkChangeProfile(tree: SyntaxTree, { node, value }: PlacedRule, report: Report): void {
  if (value.kind !== "change_profile") return;
  if (value.exec === null) {
    if (value.safety !== null) {
      report("rule/safety-without-exec", `\`${value.safety}\` needs the path of a program after it`, node);
    }
  } else if (!value.exec.startsWith("/") && !value.exec.startsWith("@{")) {
    const piece = piecesWithRole(tree, node, "path")[0] ?? node;
    report("rule/relative-path", `\`${value.exec}\` is no path: it begins with \`/\` or a variable`, piece);
  }
}
