import { isNode, type SyntaxNode, type SyntaxTree } from "../../syntax/index.ts";

/** A significant token of a rule, in the order of the text. `word` is its text without quotes, for comparing. */
export interface RuleToken {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** All tokens of a rule but white space and comments, those of inner nodes included. */
export function ruleTokens(tree: SyntaxTree, node: SyntaxNode): RuleToken[] {
  const tokens: RuleToken[] = [];
  collect(tree, node, tokens);
  return tokens;
}

function collect(tree: SyntaxTree, node: SyntaxNode, into: RuleToken[]): void {
  for (const child of node.children) {
    if (isNode(child)) collect(tree, child, into);
    else if (child.type !== "whitespace" && child.type !== "comment") {
      const text = tree.text.slice(child.start, child.end);
      const word = text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
      into.push({ word, start: child.start, end: child.end });
    }
  }
}
