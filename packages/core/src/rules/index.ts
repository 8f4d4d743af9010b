export { isRuleNode, readRule } from "./read/read-rule.ts";
export { readFilePermissions } from "./read/file.ts";
export { readQualifiers, unquoted } from "./read/parts.ts";
export type { PlacedRule } from "./placed-rule.ts";
export {
  noQualifiers,
  type AllRuleValue,
  type CapabilityRuleValue,
  type ChangeProfileRuleValue,
  type Condition,
  type ExecMode,
  type FilePermission,
  type FileRuleValue,
  type LinkRuleValue,
  type MountRuleValue,
  type NetworkRuleValue,
  type PeerRuleValue,
  type Qualifiers,
  type RlimitRuleValue,
  type RuleValue,
} from "./rule-values.ts";
export { changeRule, readRuleText, type RuleEdits } from "./change/change-rule.ts";
export { unreadParts, unreadReason, type UnreadPart } from "./change/unread-parts.ts";
export { writeRule } from "./write/write-rule.ts";
export { quoted, nameWord, pathWord, valueWord } from "./write/words.ts";
export { writePermissions } from "./write/permissions.ts";
export { checkRule } from "./check/check-rule.ts";
export { limitProblem } from "./check/rlimit.ts";
export { globProblem, variablesIn, withoutVariables, type VariableUse } from "./check/glob.ts";
export { patternsOf, type Pattern } from "./check/patterns.ts";
export type { RuleProblem } from "./check/problem.ts";
