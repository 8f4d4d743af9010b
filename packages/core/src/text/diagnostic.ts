import type { TextRange } from "./range.ts";
import type { FileEdit } from "./text-edit.ts";

/** How much a diagnostic matters: an error stops a verdict, a warning costs safety, an info is worth knowing. */
export type Severity = "error" | "warning" | "info";

/** A quick fix: a title in the imperative, what it changes and what it leaves out, and the edits over the design. */
export interface Fix {
  readonly title: string;
  readonly explanation?: string;
  readonly edits: readonly FileEdit[];
}

/**
 * A finding about a design's text. `code` is stable (`syntax/expected-comma`, `lint/relative-path`);
 * `message` says what is wrong, `why` why it matters, `fixes` what to do. User text stands in backticks.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why?: string;
  /** Path of the file in the design, for example `apparmor.d/usr.bin.rustnet`. */
  readonly path: string;
  readonly range: TextRange;
  readonly fixes?: readonly Fix[];
  /** There may be fixes that were not made, as too many findings are like this one; ask for them by the finding. */
  readonly fixesLater?: true;
}
