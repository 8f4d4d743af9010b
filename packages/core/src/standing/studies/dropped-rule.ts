import { closesSomething, isSamePolicy, opensSomething } from "../meaning.ts";
import type { Probe } from "../probe.ts";
import { found, plainly, type LookUp, type StudyState } from "../study.ts";
import { studyOtherFeatures } from "./other-features.ts";
import type { RuleProbes, RuleQuestion } from "./rule-probes.ts";
import { droppedSentences, misreadSentence, turnedSentence, type DropCause } from "./rule-sentences.ts";

/** Why a rule has no effect: where it stands, the abi, or the kernel; and what that leaves open. */
export function studyDropped<Reason extends string>(
  question: RuleQuestion,
  probes: RuleProbes,
  answers: LookUp<Reason>,
): StudyState<Reason> {
  const { placed } = question;
  const inBlock = placed.within.some(({ kind }) => kind === "qualified-block");
  const outside = placed.within.length > 0 ? [probes.outside()] : [];
  const beside = probes.isDeny && inBlock ? probes.besideOthers() : [];
  const kind = probes.kindMediated();
  const own = [...outside, ...beside, ...kind, probes.written(), probes.without()];
  const better = studyOtherFeatures(question, [], answers);
  const needs = [...own.filter((probe) => answers(probe) === undefined), ...better.needs];
  if (needs.length > 0) return { kind: "needs", probes: needs };
  const compiled = (probe: Probe | undefined): Uint8Array | null => {
    const outcome = probe === undefined ? undefined : answers(probe);
    return outcome?.kind === "compiled" ? outcome.policy : null;
  };
  const [written, without] = [compiled(probes.written()), compiled(probes.without())];
  if (both(compiled(beside[1]), compiled(beside[0]), opensSomething)) return found(plainly("dropped", turnedSentence));
  if (!probes.isDeny && both(without, written, differ)) return found(plainly("dropped", misreadSentence(question)));
  const holdsOutside = both(without, compiled(outside[0]), probes.isDeny ? closesSomething : differ);
  const cause: DropCause = holdsOutside ? "place" : better.holds ? "abi" : "kernel";
  const isMediated = both(compiled(kind[0]), compiled(kind[1]), differ);
  return found(plainly("dropped", droppedSentences({ isDeny: probes.isDeny, cause, isMediated, inBlock }, question)));
}

function both(
  first: Uint8Array | null,
  second: Uint8Array | null,
  holds: (first: Uint8Array, second: Uint8Array) => boolean,
): boolean {
  return first !== null && second !== null && holds(first, second);
}

function differ(first: Uint8Array, second: Uint8Array): boolean {
  return !isSamePolicy(first, second);
}
