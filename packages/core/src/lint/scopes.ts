import {
  insideBlocks,
  isDropped,
  type FileView,
  type IncludeView,
  type ProfileRule,
  type ProfileView,
} from "../design/index.ts";
import { readQualifiers, type NetworkRuleValue, type PlacedRule, type RuleValue } from "../rules/index.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/index.ts";

/** Rules that hold together: a profile's, a hat's, or those of an abstraction. */
export interface Scope {
  /** Null for rules that stand outside any profile. */
  readonly profile: ProfileView | null;
  /** From the outermost profile to this one. */
  readonly ancestors: readonly ProfileView[];
  /** As rules refer to it: `parent//child`; empty outside any profile. */
  readonly name: string;
  /** The rules as they stand, those included that no parser keeps. */
  readonly placed: readonly ProfileRule[];
  /** The rules with what holds for them. */
  readonly rules: readonly ScopedRule[];
  /** What is included outside of blocks: there all rules of a file hold. */
  readonly includes: readonly IncludeView[];
  /** Includes and profiles in blocks: of those only file rules hold, of these nothing. */
  readonly inBlocks: readonly SyntaxNode[];
}

/** A rule with what holds for it in the end. */
export interface ScopedRule<V extends RuleValue = RuleValue> extends PlacedRule<V> {
  /** It or a block around it says `deny`. */
  readonly deny: boolean;
  /** It or a block around it says `owner`. */
  readonly owner: boolean;
  /** It stands in an `if` and may not hold. */
  readonly conditional: boolean;
  /** It stands in a block that keeps only file rules: the parser reads it and forgets it. */
  readonly dropped: boolean;
}

/** The scopes of a file, parents before children. */
export function scopesOf(file: FileView): Scope[] {
  const scopes: Scope[] = [];
  if (file.looseRules.length > 0 || file.includes.length > 0) {
    const rules = file.looseRules.map((rule) => scopedRule(file.tree, rule));
    scopes.push({
      profile: null,
      ancestors: [],
      name: "",
      placed: file.looseRules,
      rules,
      ...includedIn(file.tree.root, file.includes),
    });
  }
  for (const profile of file.profiles) addProfile(file.tree, profile, [], scopes);
  return scopes;
}

function addProfile(tree: SyntaxTree, profile: ProfileView, ancestors: readonly ProfileView[], scopes: Scope[]): void {
  const chain = [...ancestors, profile];
  scopes.push({
    profile,
    ancestors,
    name: chain.map(({ name }) => name).join("//"),
    placed: profile.rules,
    rules: profile.rules.map((rule) => scopedRule(tree, rule)),
    ...includedIn(profile.body, profile.includes),
  });
  for (const child of profile.children) addProfile(tree, child, chain, scopes);
}

function includedIn(
  body: SyntaxNode | undefined,
  includes: readonly IncludeView[],
): Pick<Scope, "includes" | "inBlocks"> {
  const inBlocks = body === undefined ? [] : insideBlocks(body);
  return {
    includes: inBlocks.length === 0 ? includes : includes.filter(({ node }) => !inBlocks.includes(node)),
    inBlocks,
  };
}

function scopedRule(tree: SyntaxTree, placed: ProfileRule): ScopedRule {
  const { rule, within } = placed;
  const around = within.map((node) => blockQualifiers(tree, node));
  const own = rule.value.qualifiers;
  return {
    ...rule,
    deny: own.access === "deny" || around.some((block) => block?.access === "deny"),
    owner: own.owner === "owner" || around.some((block) => block?.owner === "owner"),
    conditional: around.includes(null),
    dropped: isDropped(placed),
  };
}

/** The qualifiers of a block; null for a branch of a conditional. */
function blockQualifiers(tree: SyntaxTree, node: SyntaxNode): ReturnType<typeof readQualifiers> | null {
  return node.kind === "conditional-branch" ? null : readQualifiers(tree, node);
}

/** The value of the rules of one kind. */
type ValueOfKind<K extends RuleValue["kind"], V extends RuleValue = RuleValue> = V extends RuleValue
  ? K extends V["kind"]
    ? V
    : never
  : never;

/** The rules of a kind that are written in a scope, also those that no parser keeps. */
export function writtenRules<K extends RuleValue["kind"]>(scope: Scope, kind: K): ScopedRule<ValueOfKind<K>>[] {
  return scope.rules.filter((rule): rule is ScopedRule<ValueOfKind<K>> => rule.value.kind === kind);
}

/** The rules of a kind that hold in a scope. */
export function rulesOfKind<K extends RuleValue["kind"]>(scope: Scope, kind: K): ScopedRule<ValueOfKind<K>>[] {
  return writtenRules(scope, kind).filter(({ dropped }) => !dropped);
}

/** A network rule in a scope. */
export type ScopedNetworkRule = ScopedRule<NetworkRuleValue>;
