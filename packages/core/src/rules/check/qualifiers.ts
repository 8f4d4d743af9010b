import { isNode, type SyntaxNode } from "../../syntax/index.ts";
import type { RuleValue } from "../rule-values.ts";
import type { Report } from "./problem.ts";

/** The span of the qualifiers of a rule; the rule itself where it has none. */
export function qualifiersSpan(node: SyntaxNode): { readonly start: number; readonly end: number } {
  const first = node.children[0];
  return first !== undefined && isNode(first) && first.kind === "qualifiers" ? first : node;
}

const lowestPriority = -1000;
const highestPriority = 1000;

/** Reports qualifiers that the kind of rule does not take. */
export function checkQualifiers(node: SyntaxNode, value: RuleValue, report: Report): void {
  const { owner, priority } = value.qualifiers;
  const place = qualifiersSpan(node);
  if (owner !== null && value.kind !== "file" && value.kind !== "link") {
    report(
      "rule/owner-not-allowed",
      `\`${owner}\` cannot stand before ${value.kind} rules, only before file rules`,
      place,
    );
  }
  if (priority === null) return;
  if (priority < lowestPriority || priority > highestPriority) {
    report("rule/priority-range", `a priority lies between ${lowestPriority} and ${highestPriority}`, place);
  } else if (priority !== 0 && (value.kind === "network" || value.kind === "all")) {
    report("rule/priority-not-allowed", `\`priority=\` cannot stand before ${value.kind} rules`, place);
  }
}
