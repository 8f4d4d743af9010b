import { viewFile, type FileView } from "../design/index.ts";
import { applyEdits, type Diagnostic } from "../text/index.ts";
import { diagnose } from "./index.ts";

/** What is wrong with the fixes of some findings: a finding that stays, an error that comes. Best: nothing. */
export function badFixes({ path, tree }: FileView, findings: readonly Diagnostic[]): string[] {
  const errors = errorsIn(findings);
  return findings.flatMap(({ code, fixes = [] }) => {
    const count = withCode(findings, code);
    return fixes.flatMap(({ title, edits }) => {
      const inFile = edits.filter((edit) => edit.path === path).flatMap((edit) => edit.edits);
      const mended = applyEdits(tree.text, inFile);
      const after = diagnose([viewFile(path, mended)], { config: null });
      if (withCode(after, code) >= count) return [`"${title}" leaves ${code} in ${path}:\n${mended}`];
      return errorsIn(after) > errors ? [`"${title}" makes an error in ${path}:\n${mended}`] : [];
    });
  });
}

function withCode(findings: readonly Diagnostic[], code: string): number {
  return findings.filter((finding) => finding.code === code).length;
}

function errorsIn(findings: readonly Diagnostic[]): number {
  return findings.filter(({ severity }) => severity === "error").length;
}
