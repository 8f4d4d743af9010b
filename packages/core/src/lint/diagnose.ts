import type { FileView } from "../design/index.ts";
import type { Diagnostic } from "../text/index.ts";
import { languageErrors } from "./language-errors.ts";
import { withKnownProfiles } from "./known-policy.ts";
import { isPolicy, lintDesign } from "./lint-design.ts";
import type { LintContext } from "./lint-rule.ts";
import { lintRules } from "./registry.ts";
import { twiceNamed } from "./twice-named.ts";

/** Which errors of the language a check tells better, by the code of the check. */
const covered: ReadonlyMap<string, readonly string[]> = new Map(
  lintRules.map(({ id, covers = [] }) => [`lint/${id}`, covers]),
);

/**
 * All there is to say of a design's policy files without a parser of a target: what every newer parser refuses, and lint.
 * Where a check says the same as an error, and how to mend it, only the check speaks. Whether a policy is accepted is not
 * said here: that is the word of a target's parser alone.
 */
export function diagnose(files: readonly FileView[], context: LintContext): Diagnostic[] {
  const policies = files.filter(isPolicy);
  const lint = lintDesign(files, withKnownProfiles(context));
  const telling = lint.filter(({ code, severity }) => severity === "error" || (covered.get(code)?.length ?? 0) > 0);
  const errors = languageErrors(policies).filter((error) => !telling.some((check) => explains(check, error)));
  return [...errors, ...twiceNamed(policies), ...lint];
}

/** A check that stands on the place of an error and says the same: by its word, or as it is an error around it. */
function explains(check: Diagnostic, error: Diagnostic): boolean {
  if (check.path !== error.path) return false;
  const { start, end } = error.range;
  const touches = check.range.start <= end && start <= check.range.end;
  if (touches && (covered.get(check.code)?.includes(error.code) ?? false)) return true;
  return check.severity === "error" && check.range.start <= start && end <= check.range.end;
}
