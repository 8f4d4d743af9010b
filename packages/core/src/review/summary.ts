import type { IncludeStanding } from "../analysis/index.ts";
import type { TextRange } from "../text/index.ts";
import type { Danger } from "../vocabulary/index.ts";
import type { SectionId } from "../words/index.ts";

/** Where a saying comes from: the design's file, or one below the target's `/etc/apparmor.d`. */
export interface SummaryPlace {
  readonly origin: "design" | "target";
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly range: TextRange;
}

/** One thing that the program may do or is refused. */
export interface SummarySaying {
  readonly sentence: string;
  readonly danger: Danger | null;
  readonly from: readonly SummaryPlace[];
}

/** What an include adds to a section: its grave sayings, and how many more there are. */
export interface SummaryTaken {
  /** As the profile names it: `abstractions/base`. */
  readonly include: string;
  /** Of medium danger and above (of denies all), the most dangerous first, at most ten. */
  readonly sayings: readonly SummarySaying[];
  /** How many sayings are not listed. */
  readonly more: number;
  /** The worst of all of them, listed or not. */
  readonly danger: Danger | null;
}

/** One subject of a profile. */
export interface SummarySection {
  readonly id: SectionId;
  readonly title: string;
  readonly notes: readonly string[];
  /** Of the profile's own rules, the most dangerous first. */
  readonly own: readonly SummarySaying[];
  readonly taken: readonly SummaryTaken[];
  /** The worst of both. */
  readonly danger: Danger | null;
}

/** An include of a profile. */
export interface SummaryInclude extends SummarySaying {
  readonly path: string;
  readonly standing: IncludeStanding;
  /** How many rules it brings, with all that it includes itself; 0 where it is not at hand. */
  readonly rules: number;
}

/** What one profile, child profile or hat comes to, for someone who signs. */
export interface ProfileSummary {
  readonly file: string;
  /** As `parent//child`. */
  readonly profile: string;
  /** Of its head, 1-based. */
  readonly line: number;
  /** Whom it confines, how strictly, by how many rules, and how grave the gravest is: one sentence. */
  readonly head: string;
  /** The worst of all that it may do. */
  readonly danger: Danger | null;
  /** What it may do: the sections that hold the worst first. */
  readonly may: readonly SummarySection[];
  /** What it is refused whatever else is allowed; null where no rule denies. */
  readonly refused: SummarySection | null;
  /** How it is held, what its names stand for, limits, rules without effect. */
  readonly about: readonly SummarySection[];
  readonly includes: readonly SummaryInclude[];
}

/** What a design's profiles come to. */
export interface ReviewSummary {
  /** The most dangerous first, then by file and place. */
  readonly profiles: readonly ProfileSummary[];
  /** Includes that lead to files which are not at hand: what these allow is not told here. */
  readonly unknown: readonly string[];
}
