import type { FileEdit, TextRange } from "../text/index.ts";

/** What a wish comes to: the edits and what they are called in the history, or why it can't be done. */
export type EditOutcome =
  | {
      readonly ok: true;
      /** For the undo list, in the imperative: "tick net_raw". */
      readonly label: string;
      readonly edits: readonly FileEdit[];
      /** Where the change shows, in the new text. */
      readonly touched?: { readonly path: string; readonly range: TextRange };
    }
  | {
      readonly ok: false;
      readonly reason: string;
      /** What would bring about what was wished after all. */
      readonly offer?: EditOffer;
    };

/** A step that the person can take instead of one that was refused. */
export interface EditOffer {
  /** For a button. */
  readonly title: string;
  readonly outcome: Extract<EditOutcome, { readonly ok: true }>;
}
