import { effectiveQualifiers, isDropped, type FileView, type ProfileRule, type ProfileView } from "../design/index.ts";
import { changeRule, noQualifiers, type CapabilityRuleValue, type Qualifiers, type RuleEdits } from "../rules/index.ts";
import type { TextEdit } from "../text/index.ts";
import { accept, refuse } from "./answer.ts";
import { checkRule } from "./check-rule.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { lineOf, openContainer, ruleInsertion, ruleRemoval, unreadProblem } from "./edit-rule.ts";
import { mergeEdits } from "./merge-edits.ts";

/** The three states of a box; `audit` undefined leaves the log as it is. */
export interface AccessWish {
  readonly access: "none" | "allow" | "deny";
  readonly audit?: boolean;
}

/** What a profile says of one capability. */
export interface CapabilityTick {
  /** What holds: a deny beats an allow. */
  readonly access: "none" | "allow" | "deny";
  readonly audit: boolean;
  /** The rules that name it. */
  readonly named: readonly ProfileRule[];
  /** The rules without a name, which speak of all capabilities. */
  readonly wildcards: readonly ProfileRule[];
}

interface Named {
  readonly placed: ProfileRule;
  readonly value: CapabilityRuleValue;
  readonly access: "allow" | "deny";
  readonly audit: boolean;
  readonly conditional: boolean;
}

/** What the profile says of a capability, by name or by `capability,`. */
export function capabilityTick(file: FileView, profile: ProfileView, name: string): CapabilityTick {
  const rules = capabilityRules(file, profile).filter(
    ({ value }) => value.names.length === 0 || value.names.includes(name),
  );
  const denied = rules.filter(({ access }) => access === "deny");
  const holding = denied.length > 0 ? denied : rules;
  return {
    access: denied.length > 0 ? "deny" : rules.length > 0 ? "allow" : "none",
    audit: holding.some(({ audit }) => audit),
    named: rules.filter(({ value }) => value.names.length > 0).map(({ placed }) => placed),
    wildcards: rules.filter(({ value }) => value.names.length === 0).map(({ placed }) => placed),
  };
}

/**
 * Ticks, denies or unticks a capability. A rule of several names loses just this one; a rule that would be left empty
 * goes, for `capability,` means all of them.
 */
export function setCapability(file: FileView, profile: ProfileView, name: string, wish: AccessWish): EditOutcome {
  const plain: CapabilityRuleValue = { kind: "capability", qualifiers: noQualifiers, names: [name] };
  const reason = checkRule(plain);
  if (reason !== null) return refuse(reason);
  const container = openContainer(file, profile);
  if (typeof container === "string") return refuse(container);
  const rules = capabilityRules(file, profile);
  const covered = coveringReason(file, rules, name, wish.access);
  if (covered !== null) return refuse(covered);

  const named = rules.filter(({ value }) => value.names.includes(name));
  const label = `${wish.access === "none" ? "untick" : wish.access === "allow" ? "tick" : "deny"} ${name}`;
  if (wish.access === "none") return withoutName(file, named, name, label, noEdits);
  const keeper = keeperOf(named, wish);
  const others = named.filter((rule) => rule !== keeper && contradicts(rule, wish));
  if (keeper === undefined) {
    const audit = wish.audit ?? false;
    const value = { ...plain, qualifiers: wished(noQualifiers, wish.access, audit) };
    return withoutName(file, others, name, label, { ok: true, edits: [ruleInsertion(container, value)] });
  }
  const qualifiers = wished(keeper.value.qualifiers, wish.access, wish.audit ?? keeper.audit);
  return withoutName(
    file,
    others,
    name,
    label,
    changeRule(file.tree, keeper.placed.rule, { ...keeper.value, qualifiers }),
  );
}

function capabilityRules(file: FileView, profile: ProfileView): Named[] {
  return profile.rules.flatMap((placed) => {
    const { value } = placed.rule;
    return value.kind === "capability" && !isDropped(placed)
      ? [{ placed, value, ...effectiveQualifiers(file.tree, placed) }]
      : [];
  });
}

/** Why a rule about all capabilities stands against the wish; null where none does. */
function coveringReason(
  file: FileView,
  rules: readonly Named[],
  name: string,
  wish: AccessWish["access"],
): string | null {
  const all = rules.filter(({ value, conditional }) => value.names.length === 0 && !conditional);
  const deny = all.find(({ access }) => access === "deny");
  if (deny !== undefined) {
    const line = lineOf(file, deny.placed.rule.node);
    return `line ${line} denies every capability, and a deny beats every allow; remove it or name there what shall be denied`;
  }
  const [allow] = all;
  if (allow === undefined || wish === "deny") return null;
  const line = lineOf(file, allow.placed.rule.node);
  return wish === "allow"
    ? `line ${line} gives every capability, ${name} too; split it into the ones that are needed first`
    : `line ${line} gives every capability; split it into the ones that are needed, without ${name}`;
}

/** The rule that can say the wish by itself: it names nothing else, or says it already. */
function keeperOf(named: readonly Named[], { access, audit }: AccessWish): Named | undefined {
  const free = named.filter(({ placed, conditional }) => placed.within.length === 0 && !conditional);
  const fits = (rule: Named): boolean => rule.access === access && (audit === undefined || rule.audit === audit);
  return (
    free.find(fits) ??
    free.find(({ value, access: own }) => own === access && isAlone(value)) ??
    free.find(({ value }) => isAlone(value))
  );
}

/** A rule that says otherwise than the wish loses the name; what holds only under an `if` may stay beside it. */
function contradicts(rule: Named, { access, audit }: AccessWish): boolean {
  return rule.access !== access || (!rule.conditional && audit !== undefined && rule.audit !== audit);
}

function isAlone({ names }: CapabilityRuleValue): boolean {
  return new Set(names).size === 1;
}

/** The qualifiers of a rule that shall allow or deny; what already says so stays as written. */
export function wished(qualifiers: Qualifiers, access: "allow" | "deny", audit: boolean): Qualifiers {
  const kept = qualifiers.access === "deny" ? null : qualifiers.access;
  return { ...qualifiers, access: access === "deny" ? "deny" : kept, audit };
}

const noEdits: RuleEdits = { ok: true, edits: [] };

/**
 * Takes a name out of rules, beside other edits. A rule of which a part can't be read stays: nobody knows whether it names
 * nothing else.
 */
function withoutName(
  file: FileView,
  rules: readonly Named[],
  name: string,
  label: string,
  beside: RuleEdits,
): EditOutcome {
  if (!beside.ok) return beside;
  const removals: TextEdit[] = [];
  for (const { placed, value } of rules) {
    const unread = unreadProblem(file, placed.rule);
    if (unread !== null) return refuse(unread);
    const names = value.names.filter((other) => other !== name);
    if (names.length > 0) {
      const changed = changeRule(file.tree, placed.rule, { ...value, names });
      if (!changed.ok) return changed;
      removals.push(...changed.edits);
    } else {
      const removal = ruleRemoval(file, placed.rule);
      if (removal === undefined)
        return refuse("the braces around this capability's rule are not closed; mend them first");
      removals.push(removal);
    }
  }
  return accept(file, label, mergeEdits([...removals, ...beside.edits]));
}
