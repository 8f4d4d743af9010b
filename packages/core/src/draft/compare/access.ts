import { writeRule, type FileRuleValue, type NetworkRuleValue, type RuleValue } from "../../rules/index.ts";
import { isPatternWithin, patternsMeet } from "../../analysis/index.ts";
import { plainForms } from "../suggest/pattern.ts";

/** Letters of a file rule; whatever exec mode counts as `x`, and `w` does all that `a` does. */
function lettersOf({ permissions, exec, path }: FileRuleValue): ReadonlySet<string> {
  if (path === null) return new Set("rwakmlx");
  const letters = new Set<string>(permissions);
  if (letters.has("w")) letters.add("a");
  if (exec !== null) letters.add("x");
  return letters;
}

/** What a set of rules permits, to be asked whether it permits what another rule does. */
export class Access {
  readonly #patterns = new Map<string, string[]>();
  readonly #capabilities = new Set<string>();
  #allCapabilities = false;
  readonly #networks: NetworkRuleValue[] = [];
  readonly #others = new Set<string>();

  constructor(rules: readonly RuleValue[]) {
    for (const rule of rules) if (rule.qualifiers.access !== "deny") this.#add(rule);
  }

  /** Whether all that the rule permits is permitted. */
  covers(rule: RuleValue): boolean {
    if (rule.kind === "file") {
      const forms = rule.path === null ? null : plainForms(rule.path);
      if (forms === null) return false;
      return [...lettersOf(rule)].every((letter) =>
        forms.every((form) => isPatternWithin(form, this.#patterns.get(letter) ?? [])),
      );
    }
    if (rule.kind === "capability") {
      return (
        this.#allCapabilities || (rule.names.length > 0 && rule.names.every((name) => this.#capabilities.has(name)))
      );
    }
    if (rule.kind === "network")
      return this.#networks.some((own) => within(rule.domain, own.domain) && within(rule.type, own.type));
    return this.#others.has(writeRule(rule));
  }

  /** Whether some of what the rule permits is permitted. */
  touches(rule: RuleValue): boolean {
    if (rule.kind === "file") {
      const forms = rule.path === null ? [] : (plainForms(rule.path) ?? []);
      return [...lettersOf(rule)].some((letter) =>
        (this.#patterns.get(letter) ?? []).some((own) => forms.some((form) => patternsMeet(form, own))),
      );
    }
    if (rule.kind === "capability") return rule.names.some((name) => this.#capabilities.has(name));
    if (rule.kind !== "network") return false;
    return this.#networks.some((own) => meets(rule.domain, own.domain) && meets(rule.type, own.type));
  }

  #add(rule: RuleValue): void {
    if (rule.kind === "file") {
      const forms = plainForms(rule.path ?? "/**") ?? [];
      for (const letter of lettersOf(rule)) {
        const list = this.#patterns.get(letter);
        if (list === undefined) this.#patterns.set(letter, [...forms]);
        else list.push(...forms);
      }
    } else if (rule.kind === "capability") {
      if (rule.names.length === 0) this.#allCapabilities = true;
      for (const name of rule.names) this.#capabilities.add(name);
    } else if (rule.kind === "network") this.#networks.push(rule);
    else this.#others.add(writeRule(rule));
  }
}

/** Null means all. */
function meets(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}

/** Null means all: what is wanted lies within what is there. */
function within(wanted: string | null, own: string | null): boolean {
  return own === null || wanted === own;
}
