import { type FileView, headOf, type IncludeView, type ProfileRule, type ProfileView } from "@hauberk/core/design";
import { branchesOf, conditionalsOf, conditionOf } from "@hauberk/core/edit";
import type { RuleKindName, SyntaxNode, SyntaxTree } from "@hauberk/core/syntax";

import { oneLine } from "../../panel/rule-form/index.ts";
import { lineOf } from "../../panel/rule-place.ts";

/** What stands in a conditional or a branch of one. */
export interface Contents {
  readonly rules: readonly ProfileRule[];
  readonly includes: readonly IncludeView[];
  readonly children: readonly ProfileView[];
}

/** One `if`, `else if` or `else` with what stands directly in it. */
export interface BranchRow extends Contents {
  readonly index: number;
  readonly node: SyntaxNode;
  /** As written; null for a plain `else`. */
  readonly condition: string | null;
  /** `if`, `else if` or `else`. */
  readonly word: string;
  /** What goes with it: that of conditionals within it too. */
  readonly all: Contents;
}

/** A conditional of a profile. */
export interface ConditionalRow {
  /** Position among the profile's conditionals: finds it again in the present text. */
  readonly index: number;
  readonly node: SyntaxNode;
  readonly line: number;
  /** How many conditionals stand around it. */
  readonly depth: number;
  /** What goes with it: that of conditionals within it too. */
  readonly all: Contents;
  readonly branches: readonly BranchRow[];
}

/** The conditionals of a profile, each with its branches and what stands in them, in the order of the text. */
export function conditionalRows(file: FileView, profile: ProfileView): ConditionalRow[] {
  const nodes = conditionalsOf(profile);
  if (nodes.length === 0) return [];
  const { rules, includes, children } = profile;
  const byBranch = {
    rules: Map.groupBy(rules, nearestBranch),
    includes: Map.groupBy(includes, nearestBranch),
    children: Map.groupBy(children, nearestBranch),
  };
  const under = (branches: readonly SyntaxNode[]): Contents => {
    const inside = ({ within }: Placed) => within.some((each) => branches.includes(each));
    return { rules: rules.filter(inside), includes: includes.filter(inside), children: children.filter(inside) };
  };
  return nodes.map((node, index) => ({
    index,
    node,
    line: lineOf(file.tree, node.start),
    depth: nodes.filter((other) => other !== node && other.start <= node.start && node.end <= other.end).length,
    all: under(branchesOf(node)),
    branches: branchesOf(node).map((branch, at) => {
      const condition = conditionOf(file.tree, branch);
      return {
        index: at,
        node: branch,
        condition,
        word: at === 0 ? "if" : condition === null ? "else" : "else if",
        rules: byBranch.rules.get(branch) ?? [],
        includes: byBranch.includes.get(branch) ?? [],
        children: byBranch.children.get(branch) ?? [],
        all: under([branch]),
      };
    }),
  }));
}

interface Placed {
  readonly within: readonly SyntaxNode[];
}

function nearestBranch({ within }: Placed): SyntaxNode | undefined {
  return within.findLast(({ kind }) => kind === "conditional-branch");
}

/** How many child profiles and hats are named before they are only counted. */
const mostNamed = 3;

/** What goes with a conditional or a branch: `2 rules, 1 include and the hat h`; null where nothing does. */
export function contentWords({ rules, includes, children }: Contents): string | null {
  const words = [
    ...(rules.length === 0 ? [] : [`${rules.length} ${rules.length === 1 ? "rule" : "rules"}`]),
    ...(includes.length === 0 ? [] : [`${includes.length} ${includes.length === 1 ? "include" : "includes"}`]),
    ...(children.length > mostNamed
      ? [`${children.length} child profiles and hats`]
      : children.map(({ form, name }) => `the ${form === "hat" ? "hat" : "child profile"} ${name}`)),
  ];
  const last = words.at(-1);
  if (last === undefined) return null;
  return words.length === 1 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** One line of what a branch holds. */
export interface ContentLine {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What stands directly in a branch, in the order of the text: rules and includes as written, of children their heads. */
export function contentLines(tree: SyntaxTree, { rules, includes, children }: Contents): readonly ContentLine[] {
  const lines = [...rules.map(({ rule }) => rule.node), ...includes.map(({ node }) => node)].map(
    (node): ContentLine => ({ start: node.start, end: node.end, text: oneLine(tree, node) }),
  );
  const heads = children.map(({ node, rules: own }): ContentLine => {
    const counted = own.length === 1 ? "1 rule" : `${own.length} rules`;
    return { start: node.start, end: node.end, text: `${headOf(tree, node)} { ${counted} }` };
  });
  return [...lines, ...heads].toSorted((a, b) => a.start - b.start);
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
