import type { DesignFile } from "../design/index.ts";

/** One of the answers that a question offers. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What a starting point asks before it writes. */
export interface Parameter {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** What stands in the field at first. */
  readonly initial: string;
  /** Where only some answers make sense: these, the first of them the usual one. */
  readonly choices?: readonly Choice[];
  /** What is wrong with an answer, for the person; null where it is fine. */
  readonly check: (answer: string) => string | null;
}

/** A part of what a starting point wrote, explained. */
export interface Step {
  readonly title: string;
  readonly words: string;
  /** The file that the step is about; null where it is about the whole. */
  readonly path: string | null;
  /** The text in that file that the step is about, exactly as written there and just once; null where it is about the whole. */
  readonly excerpt: string | null;
}

/** A wish that AppArmor can't fulfil, or not on every release, and what can. */
export interface Shortfall {
  readonly wish: string;
  readonly why: string;
  readonly instead: string;
  /** The ids of the peers in `hauberk.json` by which the wish is kept. */
  readonly peers: readonly string[];
}

/** A design as a starting point writes it. */
export interface StartingDesign {
  readonly name: string;
  /** `hauberk.json` (peers included) and the policy files, the one to look at first behind `hauberk.json`. */
  readonly files: readonly DesignFile[];
  readonly steps: readonly Step[];
  readonly shortfalls: readonly Shortfall[];
}

/** What a person answered, by the ids of the parameters. */
export type Answers = Readonly<Record<string, string>>;

/** A design, or what is wrong with which answer. */
export type StartOutcome =
  | { readonly ok: true; readonly design: StartingDesign }
  | { readonly ok: false; readonly problems: ReadonlyMap<string, string> };

/** A profile to begin with, written by hand for one kind of program. */
export interface StartingPoint {
  readonly id: string;
  readonly title: string;
  /** What it is for, in a sentence or two. */
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  /**
   * Writes the design. The answers are by parameter id; a missing one counts as its `initial`, one that no parameter asks
   * for is left alone. The same answers give the same bytes.
   */
  readonly make: (answers: Answers) => StartOutcome;
}
