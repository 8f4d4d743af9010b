import type { RuleValue } from "../../rules/index.ts";
import { writeRule } from "../../rules/index.ts";
import { narrowingsOf, type RuleNarrowing } from "../narrowing/narrowings-of.ts";
import { isSamePolicy, type ProbeOutcome } from "../probe.ts";
import { compiledAll, found, plainly, widely, type LookUp, type StudyState } from "../study.ts";
import { droppedSentences, enforcedSentence, rejectedSentence, widenedSentences } from "./rule-sentences.ts";
import { RuleProbes, type RuleQuestion } from "./rule-probes.ts";

/**
 * What a rule comes to: refused by the parser; without effect where the profile without it compiles to the same; widened
 * where the profile without some of its parts does; else enforced.
 */
export function studyRule<Reason extends string>(question: RuleQuestion, answers: LookUp<Reason>): StudyState<Reason> {
  const probes = new RuleProbes(question);
  const narrowings = narrowingsOf(question.placed.rule.value);
  const first = [probes.written(), ...probes.conditions(), probes.without()];
  const singles = narrowings.map((narrowing) => probes.wider([narrowing]));
  const missing = [...first, ...singles].filter((probe) => answers(probe) === undefined);
  const core = compiledAll(answers, first, (message) => plainly("rejected", rejectedSentence(message)));
  if (core.kind === "found") return core;
  if (core.kind === "needs") return { kind: "needs", probes: missing };
  if (question.lax !== null && probes.isDeny) return found(plainly("dropped", laxSentence(question.lax)));
  const [written, without] = [core.policies[0], core.policies.at(-1)];
  if (written === undefined || without === undefined) throw new Error("a study lost its probes");
  if (isSamePolicy(written, without)) return whyDropped(question, probes, answers);
  const turned = turnedAround(question, probes, answers);
  if (turned !== null) return turned;
  if (missing.length > 0) return { kind: "needs", probes: missing };
  const idle = narrowings.filter((_, index) => isLike(answers, singles[index], written));
  if (idle.length === 0) return found(plainly("enforced", enforcedSentence(question)));
  return widened(question, probes, idle, written, answers);
}

function isLike<Reason extends string>(
  answers: LookUp<Reason>,
  probe: ReturnType<RuleProbes["written"]> | undefined,
  policy: Uint8Array,
): boolean {
  const outcome = probe === undefined ? undefined : answers(probe);
  return outcome?.kind === "compiled" && isSamePolicy(outcome.policy, policy);
}

function laxSentence(mode: "unconfined" | "default_allow"): string {
  return `The profile's mode is \`${mode}\`: the kernel enforces none of its denies.`;
}

/** Which parts of a widened rule are idle together, and what it would be under the kernel's own features. */
function widened<Reason extends string>(
  question: RuleQuestion,
  probes: RuleProbes,
  idle: readonly RuleNarrowing[],
  written: Uint8Array,
  answers: LookUp<Reason>,
): StudyState<Reason> {
  const joint = probes.wider(idle);
  const outcome = answers(joint);
  const better = otherFeatures(question, idle, answers);
  const needs = [...(outcome === undefined ? [joint] : []), ...better.needs];
  if (needs.length > 0) return { kind: "needs", probes: needs };
  const [only] = idle;
  const parts = outcome?.kind === "compiled" && isSamePolicy(outcome.policy, written) ? idle : only ? [only] : [];
  const becomes: RuleValue = probes.widerValue(parts);
  const also = idle.map(({ takesIn }) => takesIn);
  return found(
    widely(widenedSentences(question, becomes, idle, probes.isDeny, better.holds), also, writeRule(becomes)),
  );
}

/** Whether another abi line would help: what the rule is under all features of the kernel. */
function otherFeatures<Reason extends string>(
  question: RuleQuestion,
  idle: readonly RuleNarrowing[],
  answers: LookUp<Reason>,
): { readonly needs: readonly ReturnType<RuleProbes["written"]>[]; readonly holds: boolean } {
  if (question.around.features === "kernel") return { needs: [], holds: false };
  const probes = new RuleProbes(question, "kernel");
  const asked = [probes.written(), probes.without(), ...(idle.length === 0 ? [] : [probes.wider(idle)])];
  const needs = asked.filter((probe) => answers(probe) === undefined);
  const [written, ...others] = asked.map((probe) => answers(probe));
  const holds = written?.kind === "compiled" && others.every((other) => differs(other, written.policy));
  return { needs, holds };
}

function differs(outcome: ProbeOutcome | undefined, policy: Uint8Array): boolean {
  return outcome?.kind === "compiled" && !isSamePolicy(outcome.policy, policy);
}

/** A dropped rule: is it the place where it stands, the abi, or the kernel? */
function whyDropped<Reason extends string>(
  question: RuleQuestion,
  probes: RuleProbes,
  answers: LookUp<Reason>,
): StudyState<Reason> {
  const placed = question.placed.within.length > 0 ? [probes.outside()] : [];
  const kind = probes.kindMediated();
  const better = otherFeatures(question, [], answers);
  const needs = [...[...placed, ...kind].filter((probe) => answers(probe) === undefined), ...better.needs];
  if (needs.length > 0) return { kind: "needs", probes: needs };
  const without = answers(probes.without());
  const [outside] = placed;
  const fromPlace = outside !== undefined && without?.kind === "compiled" && differs(answers(outside), without.policy);
  const [nothing, all] = kind.map((probe) => answers(probe));
  const isMediated = nothing?.kind !== "compiled" || differs(all, nothing.policy);
  const why = fromPlace ? "place" : better.holds ? "abi" : "kernel";
  return found(plainly("dropped", droppedSentences(question, probes.isDeny, why, isMediated)));
}

/** A deny in a block that the parser makes an allow: it closes nothing, it opens. */
function turnedAround<Reason extends string>(
  question: RuleQuestion,
  probes: RuleProbes,
  answers: LookUp<Reason>,
): StudyState<Reason> | null {
  if (!probes.isDeny || !question.placed.within.some(({ kind }) => kind === "qualified-block")) return null;
  const asked = probes.asAllow();
  const needs = asked.filter((probe) => answers(probe) === undefined);
  if (needs.length > 0) return { kind: "needs", probes: needs };
  const [written, ...allows] = asked.map((probe) => answers(probe));
  if (written?.kind !== "compiled") return null;
  const isAllow = allows.some((allow) => allow?.kind === "compiled" && isSamePolicy(allow.policy, written.policy));
  if (!isAllow) return null;
  const finding = plainly(
    "dropped",
    "This parser makes an allow of a deny in a block: it closes nothing, and opens what it names. Write it outside of the block.",
  );
  return found(finding);
}
