import type { Danger } from "@hauberk/core/vocabulary";
import { noValues, sayRule, type VariableValues } from "@hauberk/core/words";

import type { PathFacts, PathRules } from "./path-rules.ts";

/** Which rules a table shows: by what they do, or by how they stand. */
export type PathOnly =
  | "all"
  | "writes"
  | "executes"
  | "denies"
  | "owner"
  | "links"
  | "audited"
  | "conditional"
  | "needless";

/** In which order. `text` is that of the profile. */
export type PathOrder = "text" | "path" | "access" | "danger";

/** What the person asked the table to show. */
export interface PathFilter {
  /** Words that must stand in the path or the exec target. */
  readonly query: string;
  readonly only: PathOnly;
}

/** The numbers of the rules that fit the filter, in the order of the text. `needless` are those with a finding. */
export function filteredRules(
  rules: PathRules,
  { query, only }: PathFilter,
  needless: ReadonlyMap<number, unknown> | null,
): readonly number[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0 && only === "all") return rules.numbers;
  return rules.numbers.filter((number) => {
    const facts = rules.facts(number);
    if (facts === undefined || (only === "needless" ? needless?.has(number) !== true : !fits(facts, only)))
      return false;
    if (words.length === 0) return true;
    const text = `${facts.value.path ?? "every path"} ${facts.value.execTarget ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function fits({ value, deny, owner, audit, conditional }: PathFacts, only: Exclude<PathOnly, "needless">): boolean {
  const every = value.path === null;
  switch (only) {
    case "all":
      return true;
    case "writes":
      return !deny && (every || value.permissions.some((letter) => letter !== "r" && letter !== "m"));
    case "executes":
      return !deny && (every || value.exec !== null);
    case "denies":
      return deny;
    case "owner":
      return owner === "owner";
    case "links":
      return !deny && (every || value.permissions.includes("l"));
    case "audited":
      return audit;
    case "conditional":
      return conditional;
  }
}

/**
 * The same rules in another order; rules that are alike in it stay in that of the text. `values`: what variables stand for,
 * of which the danger depends.
 */
export function orderedRules(
  rules: PathRules,
  numbers: readonly number[],
  order: PathOrder,
  values: VariableValues = noValues,
): readonly number[] {
  if (order === "text") return numbers;
  const keys = new Map(numbers.map((number) => [number, keyOf(rules, number, order, values)]));
  return numbers.toSorted((a, b) => {
    const [left, right] = [keys.get(a) ?? "", keys.get(b) ?? ""];
    return left < right ? -1 : left > right ? 1 : a - b;
  });
}

function keyOf(rules: PathRules, number: number, order: Exclude<PathOrder, "text">, values: VariableValues): string {
  const facts = rules.facts(number);
  if (facts === undefined) return "";
  const path = facts.value.path ?? "";
  if (order === "path") return path;
  if (order === "access") return `${accessKey(facts)} ${path}`;
  return `${dangerKey(rules, number, values)} ${path}`;
}

/** Those that give the most first, denials last. */
function accessKey({ value, deny }: PathFacts): string {
  if (deny) return "9";
  if (value.path === null) return "0";
  const letters = value.permissions;
  const weight = [
    value.exec !== null,
    letters.includes("w"),
    letters.includes("a"),
    letters.includes("m"),
    letters.includes("l"),
    letters.includes("k"),
    letters.includes("r"),
  ];
  return `1${weight.map((has) => (has ? "0" : "1")).join("")}`;
}

const dangerRanks: Readonly<Record<Danger, number>> = { total: 0, high: 1, medium: 2, low: 3 };

/** Dangers by what a rule says, for as long as variables stand for the same: an edit changes one of thousands. */
const knownDangers = new Map<string, number>();
let knownFor: VariableValues = noValues;
const mostKnown = 20_000;

function dangerKey(rules: PathRules, number: number, values: VariableValues): number {
  const placed = rules.profile.rules[number];
  if (placed === undefined) return 9;
  const { start, end } = placed.rule.node;
  const text = `${placed.within.length} ${rules.file.tree.text.slice(start, end)}`;
  if (knownFor !== values) knownDangers.clear();
  knownFor = values;
  let rank = knownDangers.get(text);
  if (rank === undefined) {
    const { danger } = sayRule(rules.file.tree, placed, values);
    rank = danger === null ? 8 : dangerRanks[danger];
    if (knownDangers.size > mostKnown) knownDangers.clear();
    knownDangers.set(text, rank);
  }
  return rank;
}
