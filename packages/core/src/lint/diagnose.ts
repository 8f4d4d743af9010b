import type { FileView } from "../design/index.ts";
import type { Diagnostic } from "../text/index.ts";
import { isPolicy, lintDesign } from "./lint-design.ts";
import type { LintContext } from "./lint-rule.ts";
import { syntaxFixes } from "./syntax-fixes.ts";

/** The syntax errors of a file as findings, with a fix where one is certain. */
export function syntaxDiagnostics(file: FileView): Diagnostic[] {
  return file.tree.errors.map((error) => {
    const fixes = syntaxFixes(file, error);
    return {
      code: error.code,
      severity: "error" as const,
      message: error.message,
      path: file.path,
      range: { start: error.start, end: error.end },
      ...(fixes.length > 0 ? { fixes } : {}),
    };
  });
}

/**
 * All there is to say of a design's policy files without a parser of a target: syntax errors and lint. Where a check says
 * the same as a syntax error, and how to mend it, only the check speaks.
 */
export function diagnose(files: readonly FileView[], context: LintContext): Diagnostic[] {
  const lint = lintDesign(files, context);
  const errors = lint.filter(({ severity }) => severity === "error");
  return [
    ...files
      .filter(isPolicy)
      .flatMap(syntaxDiagnostics)
      .filter((error) => !errors.some((other) => explains(other, error))),
    ...lint,
  ];
}

/** A check's error that stands on the place of a syntax error. */
function explains(check: Diagnostic, error: Diagnostic): boolean {
  if (check.path !== error.path) return false;
  return check.range.start <= error.range.start && error.range.end <= check.range.end;
}
