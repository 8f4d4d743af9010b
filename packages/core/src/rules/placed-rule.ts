import type { SyntaxNode } from "../syntax/index.ts";
import type { RuleValue } from "./rule-values.ts";

/** A rule in its place: what it says, and the node that says it. */
export interface PlacedRule<V extends RuleValue = RuleValue> {
  readonly value: V;
  readonly node: SyntaxNode;
}
