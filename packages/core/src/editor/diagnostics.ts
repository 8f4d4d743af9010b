import type { PolicyTree } from "../analysis/index.ts";
import { configPath, type DesignFile, type FileView, readConfig, viewFile } from "../design/index.ts";
import { diagnose, fixesFor, type LintContext } from "../lint/index.ts";
import { type Diagnostic, type Fix, LineIndex, type Severity } from "../text/index.ts";
import { type LspRange, toLspRange } from "./lsp.ts";

/** What is known around a design when its findings are made. */
export interface DiagnoseContext {
  /** What the target brings; without it nothing is said about exec targets and variables outside the design. */
  readonly policy?: PolicyTree;
  /** Names of profiles that the target brings; by default those of its policy. */
  readonly knownProfiles?: readonly string[];
}

/** Everything to say about a design without a target's parser, sorted by file and place; `hauberk.json` included. */
export function diagnoseDesign(files: readonly DesignFile[], context: DiagnoseContext = {}): Diagnostic[] {
  const { views, lintContext, found } = readDesign(files, context);
  return [...found, ...diagnose(views, lintContext)].toSorted(byPlace);
}

/** The fixes of one finding of `diagnoseDesign` over the same texts, also of one that came without them (`fixesLater`). */
export function fixesOf(
  files: readonly DesignFile[],
  finding: Diagnostic,
  context: DiagnoseContext = {},
): readonly Fix[] {
  if (finding.fixesLater === undefined) return finding.fixes ?? [];
  const { views, lintContext } = readDesign(files, context);
  return fixesFor(views, lintContext, finding);
}

/** The views of a design's policy files, what `hauberk.json` says, and what is wrong with that. */
function readDesign(
  files: readonly DesignFile[],
  context: DiagnoseContext,
): { readonly views: readonly FileView[]; readonly lintContext: LintContext; readonly found: readonly Diagnostic[] } {
  const configFile = files.find((file) => file.path === configPath);
  const reading = configFile === undefined ? null : readConfig(configFile.text);
  const config = reading !== null && reading.ok ? reading.config : null;
  return {
    views: files.filter((file) => file.path !== configPath).map((file) => viewFile(file.path, file.text)),
    lintContext: { config, ...(configFile === undefined ? {} : { configFile }), ...context },
    found: reading === null ? [] : [...(reading.ok ? [] : reading.errors), ...reading.warnings],
  };
}

const severityOrder: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.range.start - b.range.start || severityOrder[a.severity] - severityOrder[b.severity];
}

/** A finding in the protocol's shape; severity 1 is an error, 2 a warning, 3 an information. */
export interface LspDiagnostic {
  readonly range: LspRange;
  readonly severity: 1 | 2 | 3;
  readonly code: string;
  readonly source: "hauberk";
  readonly message: string;
}

const lspSeverities = { error: 1, warning: 2, info: 3 } as const;

/** The findings of one file in the protocol's shape. An empty range is widened by one, so that it can be seen. */
export function toLspDiagnostics(path: string, text: string, diagnostics: readonly Diagnostic[]): LspDiagnostic[] {
  const lines = new LineIndex(text);
  return diagnostics
    .filter((diagnostic) => diagnostic.path === path)
    .map(({ range, severity, code, message, why }) => ({
      range: toLspRange(lines, range.end > range.start ? range : { start: range.start, end: range.start + 1 }),
      severity: lspSeverities[severity],
      code,
      source: "hauberk",
      message: why === undefined ? message : `${message}\n${why}`,
    }));
}
