import type { RuleKindName, SyntaxNode, SyntaxTree } from "../syntax/index.ts";
import type { TextEdit } from "../text/index.ts";
import type { RuleValue } from "./rule-values.ts";

/** A rule in its place: what it says, and the node that says it. */
export interface PlacedRule<V extends RuleValue = RuleValue> {
  readonly value: V;
  readonly node: SyntaxNode;
}

/** One rule kind: how its node is read, how a value is written, and how a written rule becomes another one. */
export interface RuleKind<V extends RuleValue> {
  readonly kinds: readonly RuleKindName[];
  /** The typed view of a node of these kinds; what a broken node does not say is null or empty. */
  read(tree: SyntaxTree, node: SyntaxNode): V;
  /** Canonical text of a value, its ending comma included, without indentation or line end. */
  write(value: V): string;
  /** The smallest edits that make the rule say `to`; bytes that need not change stay, comments inside too. */
  change(tree: SyntaxTree, rule: PlacedRule<V>, to: V): TextEdit[];
}
