import { writeRule } from "../../rules/index.ts";
import type { RuleNarrowing } from "../narrowing/narrowings-of.ts";
import { found, isCompiledLike, widely, type LookUp, type StudyState } from "../study.ts";
import { studyOtherFeatures } from "./other-features.ts";
import type { RuleProbes, RuleQuestion } from "./rule-probes.ts";
import { widenedSentences } from "./rule-sentences.ts";

/** What is known of a widened rule: the parts that change nothing, each by itself, and what it was compiled to. */
export interface WidenedRule {
  readonly idle: readonly RuleNarrowing[];
  readonly written: Uint8Array;
}

/** What a widened rule really is: the rule without all of its idle parts, and whether another abi would hold it. */
export function studyWidened<Reason extends string>(
  question: RuleQuestion,
  probes: RuleProbes,
  { idle, written }: WidenedRule,
  answers: LookUp<Reason>,
): StudyState<Reason> {
  const joint = probes.wider(idle);
  const better = studyOtherFeatures(question, idle, answers);
  const needs = [joint].filter((probe) => answers(probe) === undefined);
  if (needs.length > 0 || better.needs.length > 0) return { kind: "needs", probes: [...needs, ...better.needs] };
  // Each part alone changes nothing; all of them together might.
  const parts = isCompiledLike(answers, joint, written) ? idle : idle.slice(0, 1);
  const becomes = probes.widerValue(parts);
  const detail = widenedSentences({ becomes, parts, abiHelps: better.holds }, question);
  return found(
    widely(
      detail,
      parts.map(({ takesIn }) => takesIn),
      writeRule(becomes),
    ),
  );
}
