import type { FileView } from "../design/index.ts";
import { rewriteRule, type EditOutcome } from "../edit/index.ts";
import type { ExecMode, FileRuleValue } from "../rules/index.ts";
import { rulesOfKind, type Scope, type ScopedRule } from "./scopes.ts";

/**
 * What gives a rule another exec mode: the rule itself, and the others of its profile that start the same path, for a path
 * can be started in one way only.
 */
export function execModeOutcomes(
  file: FileView,
  scope: Scope,
  rule: ScopedRule<FileRuleValue>,
  exec: ExecMode,
  execTarget: string | null,
): EditOutcome[] {
  return rulesOfKind(scope, "file")
    .filter(({ deny, value }) => !deny && value.exec !== null && value.path === rule.value.path)
    .map((other) => rewriteRule(file, other, { ...other.value, exec, execTarget, safety: null }));
}
