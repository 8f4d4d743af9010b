import type { TextRange } from "../text/index.ts";
import type { Danger } from "../vocabulary/index.ts";

/** One thing that a profile permits, refuses or sets, and the places in the text that say so. */
export interface Saying {
  readonly sentence: string;
  readonly danger: Danger | null;
  /** The rules or includes that it sums up, in the profile's file. Empty where it says what the profile does not hold. */
  readonly from: readonly TextRange[];
}

/** The subjects of a profile, in the order of saying them. */
export type SectionId =
  | "head"
  | "names"
  | "change"
  | "read"
  | "programs"
  | "network"
  | "capabilities"
  | "ipc"
  | "system"
  | "limits"
  | "refused"
  | "void"
  | "includes"
  | "children";

/** The sayings on one subject: files, network, programs … */
export interface WordsSection {
  readonly id: SectionId;
  readonly title: string;
  /** What holds for all of them. */
  readonly notes: readonly string[];
  /** The most dangerous first. */
  readonly sayings: readonly Saying[];
}
