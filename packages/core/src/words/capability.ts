import type { CapabilityRuleValue } from "../rules/index.ts";
import { capabilityNamed, worstDanger } from "../vocabulary/index.ts";
import { capabilityActs } from "./capability-acts.ts";
import { code, codes, listed } from "./lists.ts";
import { phrase, type Phrase } from "./phrase.ts";

/** With more names than that, only the names are said. */
const mostSaid = 3;

/** A capability rule in words. A rule never grants a capability, it lets the program use the one that it holds. */
export function sayCapability({ names }: CapabilityRuleValue): Phrase {
  const unique = [...new Set(names)];
  if (unique.length === 0) return phrase("use every capability that it holds", "total");
  const danger = worstDanger(unique.flatMap((name) => capabilityNamed(name)?.danger ?? []));
  if (unique.length > mostSaid) return phrase(`use the capabilities ${codes(unique, "and", 41)}`, danger);
  return phrase(listed(unique.map(oneCapability)), danger);
}

function oneCapability(name: string): string {
  const act = capabilityActs.get(name);
  return act === undefined ? `use the capability ${code(name)}` : `${act} (${code(name)})`;
}
