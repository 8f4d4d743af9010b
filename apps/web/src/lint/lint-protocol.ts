import type { Diagnostic, Fix } from "@hauberk/core/text";

/** What the worker is asked: all texts of the design. Plain data; `seq` grows. */
export interface LintRequest {
  readonly seq: number;
  readonly files: readonly (readonly [path: string, text: string])[];
}

/** What the target brings, told once for each tree; null where nothing is known of it. */
export interface PolicyNotice {
  readonly policy: {
    readonly target: string;
    readonly files: readonly (readonly [path: string, text: string])[];
  } | null;
}

/** What it answers, for the latest request only. */
export interface LintAnswer {
  readonly seq: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Asks for the fixes of one finding that came without them: of many alike only the first bring theirs along. */
export interface FixesRequest {
  readonly finding: Diagnostic;
  readonly id: number;
  readonly files: LintRequest["files"];
}

/** The fixes of the finding of that number. */
export interface FixesAnswer {
  readonly id: number;
  readonly fixes: readonly Fix[];
}
