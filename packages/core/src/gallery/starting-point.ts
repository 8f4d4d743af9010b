import type { DesignFile } from "../design/index.ts";

/** What a starting point asks before it writes. */
export interface Parameter {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** What stands in the field at first. */
  readonly initial: string;
  /** What is wrong with an answer, for the person; null where it is fine. */
  readonly check: (answer: string) => string | null;
}

/** A part of what a starting point wrote, explained. */
export interface Step {
  readonly title: string;
  readonly words: string;
  /** The text in the profile that the step is about, exactly as written there; null where it is about the whole. */
  readonly excerpt: string | null;
}

/** A wish that AppArmor can't fulfil, or not on every release, and what can. */
export interface Shortfall {
  readonly wish: string;
  readonly why: string;
  readonly instead: string;
}

/** A design as a starting point writes it. */
export interface StartingDesign {
  readonly name: string;
  /** `hauberk.json` (peers included) and the policy files. */
  readonly files: readonly DesignFile[];
  readonly steps: readonly Step[];
  readonly shortfalls: readonly Shortfall[];
}

/** A profile to begin with, written by hand for one kind of program. */
export interface StartingPoint {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  /** Writes the design. The answers are by parameter id; a missing one counts as its `initial`. */
  readonly make: (answers: Readonly<Record<string, string>>) => StartingDesign;
}
