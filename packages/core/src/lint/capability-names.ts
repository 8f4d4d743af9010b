import type { FileView } from "../design/index.ts";
import { rewriteRule, removeRule, type EditOutcome } from "../edit/index.ts";
import type { CapabilityRuleValue, PlacedRule } from "../rules/index.ts";
import { isNode, textOf, type SyntaxNode, type SyntaxTree, type Token } from "../syntax/index.ts";

/** The names in a capability rule with their places. */
export function nameTokens(tree: SyntaxTree, node: SyntaxNode): { readonly token: Token; readonly name: string }[] {
  return node.children.flatMap((child) => {
    if (isNode(child) || child.role !== "name") return [];
    return [{ token: child, name: textOf(tree, child) }];
  });
}

/** A capability rule without some of its names; it goes where none would be left, for a bare one means all of them. */
export function withoutNames(
  file: FileView,
  rule: PlacedRule<CapabilityRuleValue>,
  names: readonly string[],
): EditOutcome {
  const rest = rule.value.names.filter((name) => !names.includes(name));
  return rest.length === 0 ? removeRule(file, rule) : rewriteRule(file, rule, { ...rule.value, names: rest });
}
