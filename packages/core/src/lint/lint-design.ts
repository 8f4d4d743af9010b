import { configPath, type FileView } from "../design/index.ts";
import type { Diagnostic } from "../text/index.ts";
import type { LintContext, LintInput, LintRule } from "./lint-rule.ts";
import { lintRules } from "./registry.ts";
import { scopesOf } from "./scopes.ts";

/**
 * Everything the checks find in a design's policy files, in the order of the files and, within one, of the text. Cost:
 * linear in the rules, but for names looked up among profiles.
 */
export function lintDesign(files: readonly FileView[], context: LintContext): Diagnostic[] {
  return files.filter(isPolicy).flatMap((file) => lintFile(file, files, context, lintRules));
}

/** False for `hauberk.json` and for lists of features, which are in a language of their own. */
export function isPolicy({ path }: FileView): boolean {
  return path !== configPath && !path.startsWith("apparmor.d/abi/");
}

/** What the given checks find in one file of a design. */
export function lintFile(
  file: FileView,
  files: readonly FileView[],
  context: LintContext,
  rules: readonly LintRule[],
): Diagnostic[] {
  const input: LintInput = { file, files, context, scopes: scopesOf(file) };
  const found = rules.flatMap((rule) => rule.run(input).map((finding) => diagnosticOf(rule, finding, file.path)));
  return found.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

function diagnosticOf(rule: LintRule, finding: ReturnType<LintRule["run"]>[number], path: string): Diagnostic {
  const { range, message, fixes = [] } = finding;
  return {
    code: `lint/${rule.id}`,
    severity: finding.severity ?? rule.severity,
    message,
    why: finding.why ?? rule.explanation.why,
    path,
    range: { start: range.start, end: range.end },
    ...(fixes.length > 0 ? { fixes } : {}),
  };
}
