/** A message of a target's parser, as the service gives it. */
export interface BundleDiagnostic {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** What the message means or what to do, where that is known. */
  readonly explanation?: string | undefined;
}

/** What one target's parser said of what ships there; the service's verdict has this shape. */
export interface BundleVerdict {
  readonly target: string;
  readonly verdict: "accepted" | "rejected" | "undecided";
  readonly reason: string | null;
  readonly summary: string;
  readonly parser: string | null;
  readonly kernel: string | null;
  readonly diagnostics: readonly BundleDiagnostic[];
  readonly compiled: { readonly sha256: string; readonly size: number } | null;
  /** `imagined`: no kernel that anybody runs is so. */
  readonly kind?: "release" | "approximation" | "imagined" | undefined;
  /** What must be known of the target beside its verdict. */
  readonly notes?: readonly string[] | undefined;
}

/**
 * The text of `verdicts.json`. Key by key, so that nothing else that a verdict may carry (a duration, a host) gets in
 * and the same verdicts give the same bytes. `lowered` are the targets for which the lowered text was judged: lines are of that.
 */
export function verdictsText(verdicts: readonly BundleVerdict[], lowered: ReadonlySet<string>): string {
  const rows = verdicts.map((verdict) => ({
    target: verdict.target,
    ...(lowered.has(verdict.target) && { lowered: true }),
    verdict: verdict.verdict,
    reason: verdict.reason,
    summary: verdict.summary,
    ...(verdict.notes !== undefined && { notes: [...verdict.notes] }),
    parser: verdict.parser,
    kernel: verdict.kernel,
    diagnostics: verdict.diagnostics.map(({ file, line, column, severity, message, explanation }) => ({
      file,
      line,
      column,
      severity,
      message,
      ...(explanation !== undefined && { explanation }),
    })),
    compiled: verdict.compiled && { sha256: verdict.compiled.sha256, size: verdict.compiled.size },
  }));
  return `${JSON.stringify({ format: 1, verdicts: rows }, null, 2)}\n`;
}

/** A verdict in a few words, for the list of what was left out. */
export function refusal(verdict: BundleVerdict | undefined, lowered: boolean): string {
  if (verdict === undefined) return "it has no verdict yet";
  const first = verdict.diagnostics.find((diagnostic) => diagnostic.severity === "error");
  const place = first?.file == null ? "" : ` (${first.file}${first.line === null ? "" : `:${first.line}`})`;
  if (verdict.verdict === "accepted" && verdict.kind === "imagined") {
    return "no kernel on which it could be installed is like this target; its verdict is only for trying";
  }
  if (verdict.verdict === "rejected")
    return `its parser rejects ${lowered ? "what would ship there" : "the design"}: ${first?.message ?? verdict.summary}${place}`;
  return `its verdict is undecided: ${verdict.summary}`;
}
