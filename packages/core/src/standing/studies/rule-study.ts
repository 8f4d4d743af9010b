import { closesSomething, isSameBytes, isSamePolicy, profileIn } from "../meaning.ts";
import { narrowingsOf, type RuleNarrowing } from "../narrowing/narrowings-of.ts";
import { samplePath } from "../sample-path.ts";
import { compiledAll, found, isCompiledLike, plainly, type LookUp, type StudyState } from "../study.ts";
import { likelyProbes } from "./likely-probes.ts";
import { studyDropped } from "./dropped-rule.ts";
import { studyJointly, type JointRule } from "./joint-rules.ts";
import { studyRivals, type Rivals } from "./rival-rules.ts";
import { RuleProbes, type RuleQuestion } from "./rule-probes.ts";
import { enforcedSentence, laxSentence, promptSentence, rejectedSentence, unloggedSentence } from "./rule-sentences.ts";
import { isMisread } from "./misread-rule.ts";
import { studyWidened } from "./widened-rule.ts";

/**
 * What a rule comes to: refused by the parser; without effect where the profile without it means the same, or a deny closes
 * nothing; widened where the profile without some of its parts means the same; else enforced.
 */
export function studyRule<Reason extends string>(
  question: RuleQuestion,
  answers: LookUp<Reason>,
  { joint, rivals }: RuleCompany = {},
): StudyState<Reason> {
  const state = (joint && studyJointly(joint, answers)) ?? studyAlone(question, answers);
  const isRead = state.kind === "found" && state.finding.standing !== "rejected";
  return (isRead && rivals ? studyRivals(rivals, answers) : null) ?? state;
}

/** Other rules of the profile that count for what a rule comes to. */
export interface RuleCompany {
  /** Probes that may show by themselves that the rule is enforced. */
  readonly joint?: JointRule | undefined;
  /** Rules that the parser may refuse beside it. */
  readonly rivals?: Rivals | undefined;
}

function studyAlone<Reason extends string>(question: RuleQuestion, answers: LookUp<Reason>): StudyState<Reason> {
  const { lax, placed } = question;
  const probes = new RuleProbes(question);
  const first = [probes.written(), ...probes.conditions(), probes.without(), ...(lax === null ? [] : [lax.probe])];
  const narrowings = narrowingsOf(placed.rule.value);
  const singles = narrowings.map((narrowing) => probes.wider([narrowing]));
  const missing = first.filter((probe) => answers(probe) === undefined);
  // Where a rule is refused, its wider forms mostly are too, and each refusal costs a run; where it is not, a round does.
  const soon = first[0]?.plain === true ? [...singles, ...likelyProbes(question, narrowings)] : [];
  const early = missing.length > 0 ? soon.filter((probe) => answers(probe) === undefined) : [];
  if (missing.length > 0) return { kind: "needs", probes: [...missing, ...early] };
  const core = compiledAll(answers, first.slice(0, lax === null ? undefined : -1), (message) =>
    plainly("rejected", rejectedSentence(message)),
  );
  if (core.kind !== "compiled") return core;
  const [together, without] = [core.policies[0], core.policies.at(-1)];
  if (together === undefined || without === undefined) throw new Error("a study lost its probes");
  const mode = laxMode(question, answers);
  if (mode !== null && probes.isDeny) return found(plainly("dropped", laxSentence(mode)));
  const alone = probes.isDeny && !closesSomething(without, together) ? probes.writtenAlone() : null;
  const checked = alone === null ? undefined : answers(alone);
  if (alone !== null && checked === undefined) return { kind: "needs", probes: [alone] };
  const written = checked?.kind === "compiled" ? checked.policy : together;
  return studyCompiled(question, { probes, narrowings, written, without, mode }, answers);
}

interface CompiledRule {
  readonly probes: RuleProbes;
  readonly narrowings: readonly RuleNarrowing[];
  readonly written: Uint8Array;
  readonly without: Uint8Array;
  /** The profile's mode, where the kernel refuses nothing in it. */
  readonly mode: string | null;
}

/** What a rule comes to that the parser reads. */
function studyCompiled<Reason extends string>(
  question: RuleQuestion,
  { probes, narrowings, written, without, mode }: CompiledRule,
  answers: LookUp<Reason>,
): StudyState<Reason> {
  const { value } = question.placed.rule;
  const path = samplePath(value);
  const isIdle = probes.isDeny ? !closesSomething(without, written) : isSamePolicy(without, written, path);
  if (isIdle && value.qualifiers.access === "prompt" && !isSameBytes(without, written)) {
    return found(plainly("enforced", promptSentence));
  }
  if (isIdle || isMisread(question, without, written)) return studyDropped(question, probes, answers);
  const singles = narrowings.map((narrowing) => probes.wider([narrowing]));
  const unaudited = probes.unaudited();
  const open = [...singles, ...(unaudited === null ? [] : [unaudited])].filter((probe) => answers(probe) === undefined);
  if (open.length > 0) return { kind: "needs", probes: open };
  const idle = narrowings.filter((_, index) => isCompiledLike(answers, singles[index], written, path));
  if (idle.length > 0) return studyWidened(question, probes, { idle, written }, answers);
  const isUnlogged = unaudited !== null && isCompiledLike(answers, unaudited, written, path);
  return found(plainly("enforced", isUnlogged ? unloggedSentence(probes.isDeny) : enforcedSentence(mode)));
}

/** The mode of the profile around a rule, where the kernel refuses nothing in it: as it was compiled, not as it is named. */
function laxMode<Reason extends string>({ lax }: RuleQuestion, answers: LookUp<Reason>): string | null {
  const outcome = lax === null ? undefined : answers(lax.probe);
  if (lax === null || outcome?.kind !== "compiled") return null;
  return profileIn(outcome.policy)?.mode === "unconfined" ? lax.flag : null;
}
