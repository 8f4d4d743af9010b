import type {
  CapabilityRuleValue,
  ChangeProfileRuleValue,
  Condition,
  FileRuleValue,
  LinkRuleValue,
  MountRuleValue,
  RuleValue,
} from "../../rules/index.ts";
import { conditionText, narrowingConditions, shown } from "./conditions.ts";
import type { Narrowing } from "./narrowing.ts";

/** Whose files a rule of files or links is about. */
export function ownerNarrowing<V extends RuleValue>({ qualifiers }: V): readonly Narrowing<V>[] {
  if (qualifiers.owner === null) return [];
  const whose = qualifiers.owner === "owner" ? "of other users too, not only its own" : "of its own user, too";
  return [
    {
      part: `\`${qualifiers.owner}\``,
      takesIn: `files ${whose}`,
      drop: (rule) => ({ ...rule, qualifiers: { ...rule.qualifiers, owner: null } }),
    },
  ];
}

/** `prompt` asks a person each time; dropped, the rule is a plain allow. */
export function promptNarrowing<V extends RuleValue>({ qualifiers }: V): readonly Narrowing<V>[] {
  if (qualifiers.access !== "prompt") return [];
  return [
    {
      part: "`prompt`",
      takesIn: "every such access without asking anybody",
      drop: (rule) => ({ ...rule, qualifiers: { ...rule.qualifiers, access: null } }),
    },
  ];
}

/** What narrows a rule of files. */
export function fileNarrowings(value: FileRuleValue): readonly Narrowing<FileRuleValue>[] {
  return ownerNarrowing(value);
}

/** What narrows a rule of links. */
export function linkNarrowings(value: LinkRuleValue): readonly Narrowing<LinkRuleValue>[] {
  const subset: Narrowing<LinkRuleValue> = {
    part: "`subset`",
    takesIn: "links that may do more than the file that they lead to",
    drop: (rule) => ({ ...rule, subset: false }),
  };
  return [...ownerNarrowing(value), ...(value.subset ? [subset] : [])];
}

/** What narrows a mount rule and its kin. */
export function mountNarrowings(value: MountRuleValue): readonly Narrowing<MountRuleValue>[] {
  const conditions = narrowingConditions(value.conditions).map((condition) => ({
    part: `\`${condition.key}\``,
    takesIn: `mounts without \`${conditionText(condition)}\``,
    drop: (rule: MountRuleValue) => ({ ...rule, conditions: rule.conditions.filter((each) => each !== condition) }),
  }));
  const narrowings = [...conditions, ...value.conditions.flatMap(optionNarrowings)];
  if (value.transition === null) return narrowings;
  const transition: Narrowing<MountRuleValue> = {
    part: "the change of profile",
    takesIn: `going on under the old profile instead of ${shown([value.transition])}`,
    drop: (rule) => ({ ...rule, transition: null }),
  };
  return [...narrowings, transition];
}

/** Options one by one: bind mounts, moves and propagation are compiled without the properties beside them. */
function optionNarrowings(condition: Condition): readonly Narrowing<MountRuleValue>[] {
  const { key, operator, values } = condition;
  // With `in`, an option opens more, and narrows nothing.
  if (key !== "options" || operator !== "=" || values.length < 2) return [];
  return values
    .filter((option) => !usualOptions.has(option))
    .map((option) => ({
      part: `the option \`${option}\``,
      takesIn: `mounts without the option \`${option}\``,
      drop: (rule) => ({ ...rule, conditions: rule.conditions.map((each) => withoutOption(each, option)) }),
    }));
}

function withoutOption(condition: Condition, option: string): Condition {
  if (condition.key !== "options" || condition.values.length < 2) return condition;
  return { ...condition, values: condition.values.filter((each) => each !== option) };
}

/** Options that say what holds without a word, so that a rule with them means what it means without (compiled, all parsers). */
const usualOptions: ReadonlySet<string> = new Set(
  (
    "rw w suid dev exec async nomand diratime norelatime nostrictatime nolazytime noiversion noacl loud symfollow " +
    "user nouser"
  ).split(" "),
);

/** What narrows a rule about changes of profile. */
export function changeProfileNarrowings({
  exec,
}: ChangeProfileRuleValue): readonly Narrowing<ChangeProfileRuleValue>[] {
  if (exec === null) return [];
  return [
    {
      part: "the program",
      takesIn: `the change at any exec, not only of ${shown([exec])}`,
      drop: (rule) => ({ ...rule, exec: null, safety: null }),
    },
  ];
}

/** A kernel or abi that knows no such capability of its own gets the one that it was split off from. */
export function capabilityNarrowings({ names }: CapabilityRuleValue): readonly Narrowing<CapabilityRuleValue>[] {
  return names
    .filter((name) => splitOffNames.has(name))
    .map((name) => ({
      part: `\`${name}\` by itself`,
      takesIn: `\`sys_admin\`, from which \`${name}\` was split off`,
      drop: (rule) => ({
        ...rule,
        names: [...new Set(rule.names.map((each) => (each === name ? "sys_admin" : each)))],
      }),
    }));
}

/** Capabilities that once were part of `sys_admin` (capabilities(7)). */
const splitOffNames: ReadonlySet<string> = new Set(["syslog", "perfmon", "bpf", "checkpoint_restore"]);
