import type { Overlap } from "@hauberk/core/analysis";
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

/** What the worker is asked of one profile: which of its rules others make needless. */
export interface OverlapsRequest {
  readonly id: number;
  /** The file of the profile, and where the profile begins in its text. */
  readonly path: string;
  readonly start: number;
  readonly files: readonly (readonly [path: string, text: string])[];
}

/** Rules of a profile by their numbers among all its rules, as plain data. */
export interface FoundOverlap {
  readonly kind: Overlap["kind"];
  readonly rule: number;
  readonly by: number;
  readonly words: string;
}

/** The rules that others make needless, in the order of the text. */
export interface OverlapsAnswer {
  readonly id: number;
  readonly overlaps: readonly FoundOverlap[];
}
