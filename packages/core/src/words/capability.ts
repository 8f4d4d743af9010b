import type { CapabilityRuleValue } from "../rules/index.ts";
import { capabilityNamed, worstDanger } from "../vocabulary/index.ts";
import { capabilityActs } from "./capability-acts.ts";
import { codes, listed } from "./lists.ts";
import { type Manner, phrase, type Phrase } from "./phrase.ts";

/** With more names than that, only the names are said. */
const mostSaid = 3;

/** A capability rule in words. A rule never grants a capability, it lets the program use the one that it holds. */
export function sayCapability({ names }: CapabilityRuleValue, { access }: Manner): Phrase {
  const denied = access === "deny";
  const unique = [...new Set(names)];
  if (unique.length === 0) return phrase(denied ? "use any capability" : "use every capability that it holds", "total");
  const dangers = unique.flatMap((name) => capabilityNamed(name)?.danger ?? []);
  const danger = dangers.length === 0 ? null : worstDanger(dangers);
  const capabilities = `the ${unique.length === 1 ? "capability" : "capabilities"} ${codes(unique, denied ? "or" : "and", 41)}`;
  const acts = unique.flatMap((name) => capabilityActs.get(name) ?? []);
  if (acts.length < unique.length || unique.length > mostSaid) return phrase(`use ${capabilities}`, danger);
  if (denied) {
    // Heard under "never allowed to", an "and" would refuse only both at once.
    const each = acts.map((act) => act.replaceAll(" and ", " or "));
    return phrase(`${listed(each, "or")} (${codes(unique, "or")})`, danger);
  }
  return phrase(`${listed(acts)}, if it holds ${capabilities}`, danger);
}
