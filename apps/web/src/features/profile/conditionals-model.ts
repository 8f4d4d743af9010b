import type { FileView, ProfileRule, ProfileView } from "@hauberk/core/design";
import { branchesOf, conditionalsOf, conditionOf } from "@hauberk/core/edit";
import type { RuleKindName, SyntaxNode } from "@hauberk/core/syntax";

import { lineOf } from "../../panel/rule-place.ts";

/** One `if`, `else if` or `else` with the rules that stand directly in it. */
export interface BranchRow {
  readonly index: number;
  readonly node: SyntaxNode;
  /** As written; null for a plain `else`. */
  readonly condition: string | null;
  /** `if`, `else if` or `else`. */
  readonly word: string;
  readonly rules: readonly ProfileRule[];
}

/** A conditional of a profile. */
export interface ConditionalRow {
  /** Position among the profile's conditionals: finds it again in the present text. */
  readonly index: number;
  readonly node: SyntaxNode;
  readonly line: number;
  /** How many conditionals stand around it. */
  readonly depth: number;
  readonly branches: readonly BranchRow[];
}

/** The conditionals of a profile, each with its branches and their rules, in the order of the text. */
export function conditionalRows(file: FileView, profile: ProfileView): ConditionalRow[] {
  const nodes = conditionalsOf(profile);
  if (nodes.length === 0) return [];
  const rules = Map.groupBy(profile.rules, ({ within }) =>
    within.findLast(({ kind }) => kind === "conditional-branch"),
  );
  return nodes.map((node, index) => ({
    index,
    node,
    line: lineOf(file.tree, node.start),
    depth: nodes.filter((other) => other !== node && other.start <= node.start && node.end <= other.end).length,
    branches: branchesOf(node).map((branch, at) => {
      const condition = conditionOf(file.tree, branch);
      return {
        index: at,
        node: branch,
        condition,
        word: at === 0 ? "if" : condition === null ? "else" : "else if",
        rules: rules.get(branch) ?? [],
      };
    }),
  }));
}

/** A branch by its places, in the text as it is now. */
export function branchAt(profile: ProfileView, conditional: number, branch: number): SyntaxNode | undefined {
  const node = conditionalsOf(profile)[conditional];
  return node === undefined ? undefined : branchesOf(node)[branch];
}

/** Kinds that apparmor_parser 3.0.8 keeps in an `if`; measured by comparing compiled policies. 5.0.2 keeps all. */
const keptInConditionals: ReadonlySet<RuleKindName> = new Set(["file", "link", "capability", "change_profile"]);

/** The kinds among the rules that an old parser forgets inside an `if`, without repeats. */
export function forgottenKinds(rules: readonly ProfileRule[]): RuleKindName[] {
  const kinds = new Set(rules.map(({ rule }) => rule.value.kind));
  return [...kinds].filter((kind) => !keptInConditionals.has(kind));
}

/** Something a condition can ask, ready to be chosen. */
export interface ConditionOffer {
  readonly condition: string;
  readonly words: string;
}

/** What a condition can ask of the booleans and variables that are known. */
export function conditionOffers(booleans: readonly string[], variables: readonly string[]): ConditionOffer[] {
  return [
    ...booleans.flatMap((name) => [
      { condition: `$${name}`, words: "where it is true" },
      { condition: `not $${name}`, words: "where it is false" },
    ]),
    ...variables.flatMap((name) => [
      { condition: `defined @{${name}}`, words: "where the machine's tunables set it" },
      { condition: `not defined @{${name}}`, words: "where nothing sets it" },
    ]),
  ];
}
