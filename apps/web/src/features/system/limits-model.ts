import type { FileView, ProfileRule, ProfileView } from "@hauberk/core/design";
import type { RlimitRuleValue } from "@hauberk/core/rules";
import { rlimits, type RlimitWord } from "@hauberk/core/vocabulary";

import { refOfRule, type RuleRef, rulesOfKinds } from "../../panel/rule-form/index.ts";
import { lineOf } from "../../panel/rule-place.ts";

/** The rule that sets a limit of the table. */
export interface SetLimit {
  readonly ref: RuleRef;
  readonly value: RlimitRuleValue;
  readonly placed: ProfileRule;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** A row of the table: a limit that there is, and the plain rule that sets it. */
export interface LimitRow {
  readonly limit: RlimitWord;
  readonly set: SetLimit | null;
}

/** The rules that set a limit of the table: the first plain one of each. */
function firstOfEach(profile: ProfileView): ReadonlyMap<string, ProfileRule> {
  const first = new Map<string, ProfileRule>();
  for (const placed of rulesOfKinds(profile, ["rlimit"])) {
    const { value } = placed.rule;
    if (value.kind === "rlimit" && placed.within.length === 0 && !first.has(value.resource))
      first.set(value.resource, placed);
  }
  return first;
}

/** All limits that the parsers know, each with the rule that sets it. */
export function limitRows(file: FileView, profile: ProfileView): readonly LimitRow[] {
  const first = firstOfEach(profile);
  return rlimits.map((limit) => {
    const placed = first.get(limit.name);
    const value = placed?.rule.value;
    if (placed === undefined || value?.kind !== "rlimit") return { limit, set: null };
    const { start, end } = placed.rule.node;
    const ref = refOfRule(file, profile, placed);
    return { limit, set: { ref, value, placed, start, end, line: lineOf(file.tree, start) } };
  });
}

/** The rules that no row of the table shows: a limit set twice, an unknown one, one inside a conditional. */
export function furtherLimits(profile: ProfileView): ReadonlySet<ProfileRule> {
  const shown = new Set(firstOfEach(profile).values());
  const known = new Set(rlimits.map(({ name }) => name));
  return new Set(
    rulesOfKinds(profile, ["rlimit"]).filter((placed) => {
      const { value } = placed.rule;
      return !shown.has(placed) || value.kind !== "rlimit" || !known.has(value.resource);
    }),
  );
}
