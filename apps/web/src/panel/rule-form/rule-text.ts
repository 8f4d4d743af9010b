import type { SyntaxNode, SyntaxTree } from "@hauberk/core/syntax";

/** The text of a rule on one line, comments inside it left out. */
export function oneLine(tree: SyntaxTree, { start, end }: SyntaxNode): string {
  return tree.text
    .slice(start, end)
    .replaceAll(/(^|\s)#[^\n]*/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}
