import type { FileView, ProfileRule, ProfileView } from "@hauberk/core/design";
import type { RuleValue } from "@hauberk/core/rules";

/** A rule as a form remembers it while the text around may change: its number among all rules and its text. */
export interface RuleRef {
  readonly index: number;
  readonly text: string;
}

const textOf = ({ tree }: FileView, { rule }: ProfileRule): string => tree.text.slice(rule.node.start, rule.node.end);

/** Remembers a rule of the profile. */
export function refOfRule(file: FileView, profile: ProfileView, placed: ProfileRule): RuleRef {
  return { index: sortedRules(profile).indexes.get(placed) ?? -1, text: textOf(file, placed) };
}

/** The rule that was remembered: in its old place, else the one with its text; undefined where it is gone. */
export function ruleOfRef(file: FileView, profile: ProfileView, ref: RuleRef): ProfileRule | undefined {
  const there = profile.rules[ref.index];
  if (there !== undefined && textOf(file, there) === ref.text) return there;
  return profile.rules.find((placed) => textOf(file, placed) === ref.text);
}

interface SortedRules {
  readonly byKind: ReadonlyMap<RuleValue["kind"], readonly ProfileRule[]>;
  readonly indexes: ReadonlyMap<ProfileRule, number>;
}

const sorted = new WeakMap<ProfileView, SortedRules>();

/** The rules of a profile by kind and with their numbers; sorted once for each view. */
function sortedRules(profile: ProfileView): SortedRules {
  const known = sorted.get(profile);
  if (known !== undefined) return known;
  const made = {
    byKind: Map.groupBy(profile.rules, ({ rule }) => rule.value.kind),
    indexes: new Map(profile.rules.map((placed, index) => [placed, index])),
  };
  sorted.set(profile, made);
  return made;
}

/** The rules of some kinds, in the order of the text. */
export function rulesOfKinds(profile: ProfileView, kinds: readonly RuleValue["kind"][]): readonly ProfileRule[] {
  const { byKind } = sortedRules(profile);
  const [only] = kinds;
  if (kinds.length === 1 && only !== undefined) return byKind.get(only) ?? [];
  const found = kinds.flatMap((kind) => byKind.get(kind) ?? []);
  return found.toSorted((a, b) => a.rule.node.start - b.rule.node.start);
}
