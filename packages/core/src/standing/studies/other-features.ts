import { isSamePolicy } from "../meaning.ts";
import type { RuleNarrowing } from "../narrowing/narrowings-of.ts";
import type { Probe } from "../probe.ts";
import type { LookUp } from "../study.ts";
import { RuleProbes, type RuleQuestion } from "./rule-probes.ts";

/** Whether another abi line would help: probes that are still to be asked, else the answer. */
export interface OtherFeatures {
  readonly needs: readonly Probe[];
  readonly holds: boolean;
}

/** Asks what a rule is under all features of the kernel: held where neither dropping it nor the given parts is the same. */
export function studyOtherFeatures<Reason extends string>(
  question: RuleQuestion,
  idle: readonly RuleNarrowing[],
  answers: LookUp<Reason>,
): OtherFeatures {
  if (question.around.features === "kernel") return { needs: [], holds: false };
  const probes = new RuleProbes(question, "kernel");
  const asked = [probes.written(), probes.without(), ...(idle.length === 0 ? [] : [probes.wider(idle)])];
  const needs = asked.filter((probe) => answers(probe) === undefined);
  const [written, ...others] = asked.map((probe) => answers(probe));
  if (needs.length > 0 || written?.kind !== "compiled") return { needs, holds: false };
  const { policy } = written;
  return { needs, holds: others.every((other) => other?.kind === "compiled" && !isSamePolicy(other.policy, policy)) };
}
