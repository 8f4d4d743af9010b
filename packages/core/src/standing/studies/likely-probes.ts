import type { PeerRuleValue } from "../../rules/index.ts";
import type { RuleNarrowing } from "../narrowing/narrowings-of.ts";
import type { Probe } from "../probe.ts";
import { RuleProbes, type RuleQuestion } from "./rule-probes.ts";

/**
 * What a rule will most likely be asked in the end, so that one round of runs answers it: most abis know unix sockets by
 * their type only, older parsers without the operations too.
 */
export function likelyProbes(question: RuleQuestion, narrowings: readonly RuleNarrowing[]): readonly Probe[] {
  const { value } = question.placed.rule;
  if (value.kind !== "unix" || question.around.features === "kernel") return [];
  const leaving = (kept: (left: PeerRuleValue) => boolean): readonly RuleNarrowing[] =>
    narrowings.filter(({ drop }) => {
      const left = drop(value);
      return left.kind === "unix" && kept(left);
    });
  const byType = leaving(hasType);
  const byTypeAndOperation = leaving((left) => hasType(left) && left.permissions.length === value.permissions.length);
  const parts = [byType, byTypeAndOperation].filter(({ length }) => length > 0);
  const ofText = new RuleProbes(question);
  const ofKernel = new RuleProbes(question, "kernel");
  return [
    ...parts.map((idle) => ofText.wider(idle)),
    ...(parts.length === 0 ? [] : [ofKernel.written(), ofKernel.without()]),
    ...parts.map((idle) => ofKernel.wider(idle)),
  ];
}

function hasType({ local }: PeerRuleValue): boolean {
  return local.some(({ key }) => key === "type");
}
