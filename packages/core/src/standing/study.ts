import { isSamePolicy } from "./meaning.ts";
import type { Probe, ProbeOutcome } from "./probe.ts";

/** What one thing of a design comes to on one target. */
export type StandingWord = "enforced" | "widened" | "dropped" | "rejected" | "undecided";

/** What a row is about. */
export type StandingSubject = "rule" | "include" | "flag" | "xattrs" | "abi" | "profile";

/** What a study found. */
export interface Finding<Reason extends string = string> {
  readonly standing: StandingWord;
  /** Whole sentences for a person. */
  readonly detail: string;
  /** Where widened: what it takes in beyond what it says, in words. */
  readonly also: readonly string[];
  /** Where widened: the rule of the same compiled meaning; null where there is none to write. */
  readonly becomes: string | null;
  /** Set where undecided. */
  readonly reason: Reason | null;
}

/** Where the thing stands that a study is about. */
export interface StudiedPlace {
  /** The path in the design. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly subject: StandingSubject;
  /** The profile or hat around it; null in a preamble. */
  readonly profile: string | null;
  /** Its text in one line. */
  readonly text: string;
}

/** Answers for probes that were compiled; undefined for one that was not asked yet. */
export type LookUp<Reason extends string> = (probe: Probe) => ProbeOutcome<Reason> | undefined;

/** What a study says of the answers so far: it has found out, or wants further probes. */
export type StudyState<Reason extends string> =
  | { readonly kind: "found"; readonly finding: Finding<Reason> }
  | { readonly kind: "needs"; readonly probes: readonly Probe[] };

/** One question about a design on one target. It asks by probes, in rounds, and ends with a finding. */
export interface Study {
  readonly place: StudiedPlace;
  readonly read: <Reason extends string>(answers: LookUp<Reason>) => StudyState<Reason>;
}

/** A finding that is not about widening. */
export function plainly(standing: Exclude<StandingWord, "undecided" | "widened">, detail: string): Finding<never> {
  return { standing, detail, also: [], becomes: null, reason: null };
}

/** A finding that something takes in more than it says. */
export function widely(detail: string, also: readonly string[], becomes: string | null): Finding<never> {
  return { standing: "widened", detail, also, becomes, reason: null };
}

/** The state of a study that has found out. */
export function found<Reason extends string = never>(finding: Finding<Reason>): StudyState<Reason> {
  return { kind: "found", finding };
}

/** Reads the answers of probes that a study can't do without: all compiled, or what is said instead. */
export type Needed<Reason extends string> =
  | { readonly kind: "compiled"; readonly policies: readonly Uint8Array[] }
  | StudyState<Reason>;

/** The compiled policies of probes; a refusal or a failure of one of them ends the study, a missing one asks for it. */
export function compiledAll<Reason extends string>(
  answers: LookUp<Reason>,
  probes: readonly Probe[],
  refused: (message: string) => Finding<Reason>,
): Needed<Reason> {
  const missing = probes.filter((probe) => answers(probe) === undefined);
  if (missing.length > 0) return { kind: "needs", probes: missing };
  const policies: Uint8Array[] = [];
  for (const probe of probes) {
    const outcome = answers(probe);
    if (outcome?.kind === "compiled") policies.push(outcome.policy);
    else if (outcome?.kind === "refused") return found(refused(outcome.message));
    else if (outcome?.kind === "undecided") return found(undecided(outcome.reason, outcome.why));
  }
  return { kind: "compiled", policies };
}

/** A finding that nobody could tell. */
export function undecided<Reason extends string>(reason: Reason, why: string): Finding<Reason> {
  return { standing: "undecided", detail: why, also: [], becomes: null, reason };
}

/** True where a probe was compiled, and means what a policy means. */
export function isCompiledLike<Reason extends string>(
  answers: LookUp<Reason>,
  probe: Probe | undefined,
  policy: Uint8Array,
  path: string | null = null,
): boolean {
  const outcome = probe === undefined ? undefined : answers(probe);
  return outcome?.kind === "compiled" && isSamePolicy(outcome.policy, policy, path);
}

/** Studies are read in rounds, and some only placed: what they need is made when the first of them asks for it, and kept. */
export function onceMade<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
