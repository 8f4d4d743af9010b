import { isNode, textOf, type SyntaxNode, type SyntaxTree, type Token } from "../syntax/index.ts";

/** The names in a capability rule with their places. */
export function nameTokens(tree: SyntaxTree, node: SyntaxNode): { readonly token: Token; readonly name: string }[] {
  return node.children.flatMap((child) => {
    if (isNode(child) || child.role !== "name") return [];
    return [{ token: child, name: textOf(tree, child) }];
  });
}
