import type { Diagnostic } from "@hauberk/core/text";

/** What the worker is asked: all texts of the design. Plain data; `seq` grows. */
export interface LintRequest {
  readonly seq: number;
  readonly files: readonly (readonly [path: string, text: string])[];
}

/** What it answers, for the latest request only. */
export interface LintAnswer {
  readonly seq: number;
  readonly diagnostics: readonly Diagnostic[];
}
