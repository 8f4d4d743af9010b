import { configPath, type FileView } from "../design/index.ts";
import type { Diagnostic, Fix } from "../text/index.ts";
import { withKnownProfiles } from "./known-policy.ts";
import type { Finding, LintContext, LintInput, LintRule } from "./lint-rule.ts";
import { lintRules } from "./registry.ts";
import { scopesOf } from "./scopes.ts";

/**
 * How many findings of one kind in one file bring their fixes along. Making a fix reads the text that it makes; a file with
 * more findings than that gets the rest of them one by one, from `fixesFor`.
 */
const mostFixed = 25;

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
  const found = rules.flatMap((rule) => {
    const findings = rule.run(input).toSorted(byPlace);
    return findings.map((finding, index) => diagnosticOf(rule, finding, file.path, index < mostFixed));
  });
  return found.toSorted(byPlace);
}

/**
 * The fixes of one finding of `lintDesign` over the same design, also of one that came without them; empty where there is no
 * such finding (any more).
 */
export function fixesFor(files: readonly FileView[], context: LintContext, finding: Diagnostic): readonly Fix[] {
  const file = files.find(({ path }) => path === finding.path);
  const rule = lintRules.find(({ id }) => `lint/${id}` === finding.code);
  if (file === undefined || rule === undefined) return finding.fixes ?? [];
  const { start, end } = finding.range;
  const same = rule
    .run({ file, files, context: withKnownProfiles(context), scopes: scopesOf(file) })
    .find(({ range, message }) => range.start === start && range.end === end && message === finding.message);
  return same?.fixes?.() ?? [];
}

function byPlace(a: Pick<Finding, "range">, b: Pick<Finding, "range">): number {
  return a.range.start - b.range.start || a.range.end - b.range.end;
}

function diagnosticOf(rule: LintRule, finding: Finding, path: string, withFixes: boolean): Diagnostic {
  const { range, message } = finding;
  const fixes = withFixes ? (finding.fixes?.() ?? []) : [];
  return {
    code: `lint/${rule.id}`,
    severity: finding.severity ?? rule.severity,
    message,
    why: finding.why ?? rule.explanation.why,
    path,
    range: { start: range.start, end: range.end },
    ...(fixes.length > 0 ? { fixes } : {}),
    ...(!withFixes && finding.fixes !== undefined ? { fixesLater: true } : {}),
  };
}
