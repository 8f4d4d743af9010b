import type { RuleKindName } from "../syntax/index.ts";
import type { TextRange } from "../text/index.ts";
import type { Danger } from "../vocabulary/index.ts";

/**
 * What a change lets happen, told from the typed values of what changed alone: another rule may allow or refuse the same.
 * `same`: only what is logged, or how it is written. The difference of the compiled policies is another thing and stands
 * in `ReviewChanges.compiled`.
 */
export type Gives = "more" | "less" | "other" | "same" | "unclear";

/** What a change is about. */
export type ChangeSubject =
  | "rule"
  | "include"
  | "abi"
  | "variable"
  | "boolean"
  | "alias"
  | "profile"
  | "attachment"
  | "flags"
  | "xattrs"
  | "file"
  | "config";

/** What was done to it. */
export type ChangeAct = "added" | "removed" | "changed" | "renamed";

/** A thing as it stands in one of the two revisions. */
export interface ChangeSide {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** In the text of that revision's file. */
  readonly range: TextRange;
  /** As written, at most 4,000 UTF-16 units of it. */
  readonly text: string;
  /** As a person would say it. */
  readonly sentence: string;
  readonly danger: Danger | null;
}

/** What an include that came or went brings, by the files at hand. */
export interface ChangeBrings {
  /** False where the file that it names is not at hand: then nothing is known of it, and the counts are 0. */
  readonly known: boolean;
  readonly rules: number;
  /** How many rules of each kind, the most first. */
  readonly counts: readonly (readonly [kind: RuleKindName, count: number])[];
  /** Its most dangerous rules in words, at most five, the worst first. */
  readonly gravest: readonly { readonly sentence: string; readonly danger: Danger }[];
}

/** One change between two revisions. */
export interface ReviewChange {
  /** Tells it from the others of the same comparison; for keys of lists. */
  readonly id: string;
  readonly subject: ChangeSubject;
  readonly act: ChangeAct;
  /** The kind of the rule; null where it is about no rule. */
  readonly kind: RuleKindName | null;
  /** Path in the later revision; of what is gone with its file, in the earlier one. */
  readonly file: string;
  /** The profile or hat around it, as `parent//child`; null outside of any. */
  readonly profile: string | null;
  readonly before: ChangeSide | null;
  readonly after: ChangeSide | null;
  /** What is different, in a sentence: for a rule that came or went what it says. */
  readonly sentence: string;
  /** How grave what it newly lets happen can be; null where it lets nothing more happen, or nobody can tell. */
  readonly danger: Danger | null;
  readonly gives: Gives;
  /** Of an include. */
  readonly brings: ChangeBrings | null;
}

/** What became of a file. */
export interface ReviewedFile {
  /** Path in the later revision; of a file that is gone, in the earlier one. */
  readonly path: string;
  /** The path before, where the file has another one now; else null. */
  readonly renamedFrom: string | null;
  /** `layout`: comments, blanks, line ends, or the order of rules; nothing that a parser heeds. */
  readonly state: "added" | "removed" | "changed" | "layout";
}

/** How many of each; `dangerous` are those of high or total danger. */
export interface ChangeCount {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly dangerous: number;
}

/** What changed between two revisions. */
export interface ReviewChanges {
  /** `3 rules added, 1 of them dangerous; 1 rule removed; 1 file changed only in layout.` */
  readonly headline: string;
  readonly rules: ChangeCount;
  /** Of all that is no rule. */
  readonly rest: ChangeCount;
  /** The most dangerous first, then by file and place. */
  readonly changes: readonly ReviewChange[];
  /** The files that differ, by path. */
  readonly files: readonly ReviewedFile[];
  /**
   * What the compiled policies permit in one revision and not in the other, per target. Nobody has asked here: these
   * comparisons join later, and nothing above claims to be one.
   */
  readonly compiled: null;
}
