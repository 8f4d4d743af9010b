import { closesSomething, isSameBytes, isSamePolicy, profileIn } from "../meaning.ts";
import { narrowingsOf } from "../narrowing/narrowings-of.ts";
import { samplePath } from "../sample-path.ts";
import { compiledAll, found, isCompiledLike, plainly, type LookUp, type StudyState } from "../study.ts";
import { studyDropped } from "./dropped-rule.ts";
import { RuleProbes, type RuleQuestion } from "./rule-probes.ts";
import { enforcedSentence, laxSentence, promptSentence, rejectedSentence } from "./rule-sentences.ts";
import { isMisread } from "./misread-rule.ts";
import { studyWidened } from "./widened-rule.ts";

/**
 * What a rule comes to: refused by the parser; without effect where the profile without it means the same, or a deny closes
 * nothing; widened where the profile without some of its parts means the same; else enforced.
 */
export function studyRule<Reason extends string>(question: RuleQuestion, answers: LookUp<Reason>): StudyState<Reason> {
  const { lax, placed } = question;
  const probes = new RuleProbes(question);
  const first = [probes.written(), ...probes.conditions(), probes.without(), ...(lax === null ? [] : [lax.probe])];
  const narrowings = narrowingsOf(placed.rule.value);
  const singles = narrowings.map((narrowing) => probes.wider([narrowing]));
  const missing = first.filter((probe) => answers(probe) === undefined);
  // Where a rule is refused, its wider forms mostly are too, and each refusal costs a run; where it is not, a round does.
  const early = first[0]?.plain === true ? singles.filter((probe) => answers(probe) === undefined) : [];
  if (missing.length > 0) return { kind: "needs", probes: [...missing, ...early] };
  const core = compiledAll(answers, first.slice(0, lax === null ? undefined : -1), (message) =>
    plainly("rejected", rejectedSentence(message)),
  );
  if (core.kind !== "compiled") return core;
  const [written, without] = [core.policies[0], core.policies.at(-1)];
  if (written === undefined || without === undefined) throw new Error("a study lost its probes");
  const mode = laxMode(question, answers);
  if (mode !== null && probes.isDeny) return found(plainly("dropped", laxSentence(mode)));
  const path = samplePath(placed.rule.value);
  const isIdle = probes.isDeny ? !closesSomething(without, written) : isSamePolicy(without, written, path);
  if (isIdle && placed.rule.value.qualifiers.access === "prompt" && !isSameBytes(without, written)) {
    return found(plainly("enforced", promptSentence));
  }
  if (isIdle || isMisread(question, without, written)) return studyDropped(question, probes, answers);
  const open = singles.filter((probe) => answers(probe) === undefined);
  if (open.length > 0) return { kind: "needs", probes: open };
  const idle = narrowings.filter((_, index) => isCompiledLike(answers, singles[index], written, path));
  if (idle.length === 0) return found(plainly("enforced", enforcedSentence(mode)));
  return studyWidened(question, probes, { idle, written }, answers);
}

/** The mode of the profile around a rule, where the kernel refuses nothing in it: as it was compiled, not as it is named. */
function laxMode<Reason extends string>({ lax }: RuleQuestion, answers: LookUp<Reason>): string | null {
  const outcome = lax === null ? undefined : answers(lax.probe);
  if (lax === null || outcome?.kind !== "compiled") return null;
  return profileIn(outcome.policy)?.mode === "unconfined" ? lax.flag : null;
}
