import type { Diagnostic, FileEdit, Fix, TextRange } from "../text/index.ts";
import { LineIndex } from "../text/index.ts";
import { type LspTextEdit, toLspRange } from "./lsp.ts";

/** A quick fix offered at a place, with the finding it mends. */
export interface OfferedFix {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
  /** The fix that the finding names first. */
  readonly preferred: boolean;
}

/** The quick fixes of the findings that touch a range of a file. */
export function fixesAt(diagnostics: readonly Diagnostic[], path: string, range: TextRange): OfferedFix[] {
  return diagnostics
    .filter((diagnostic) => diagnostic.path === path)
    .filter(({ range: own }) => own.start <= range.end && range.start <= own.end)
    .flatMap((diagnostic) =>
      (diagnostic.fixes ?? []).map((fix, index) => ({ diagnostic, fix, preferred: index === 0 })),
    );
}

/** A code action in the protocol's shape; documents are named by their paths in the design. */
export interface CodeAction {
  readonly title: string;
  readonly kind: "quickfix";
  readonly isPreferred: boolean;
  readonly edit: { readonly changes: Readonly<Record<string, readonly LspTextEdit[]>> };
}

/** The fixes as code actions. A fix of a file that is not given is left out. */
export function codeActions(fixes: readonly OfferedFix[], texts: ReadonlyMap<string, string>): CodeAction[] {
  return fixes.flatMap(({ fix, preferred }) => {
    const changes = lspChanges(fix.edits, texts);
    return changes === null ? [] : [{ title: fix.title, kind: "quickfix", isPreferred: preferred, edit: { changes } }];
  });
}

function lspChanges(
  edits: readonly FileEdit[],
  texts: ReadonlyMap<string, string>,
): Record<string, LspTextEdit[]> | null {
  const changes: Record<string, LspTextEdit[]> = {};
  for (const { path, edits: inFile } of edits) {
    const text = texts.get(path);
    if (text === undefined) return null;
    const lines = new LineIndex(text);
    changes[path] = inFile.map(({ range, newText }) => ({ range: toLspRange(lines, range), newText }));
  }
  return changes;
}
