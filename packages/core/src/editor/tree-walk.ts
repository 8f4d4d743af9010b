import { firstEndingBehind, isNode, type SyntaxNode, type SyntaxTree, type Token } from "../syntax/index.ts";
import type { TextRange } from "../text/index.ts";

/** The tokens that touch a range, in the order of the text. Whole subtrees outside the range are passed by. */
export function tokensIn(node: SyntaxNode, range: TextRange): readonly Token[] {
  const tokens: Token[] = [];
  gatherTokens(node, range, tokens);
  return tokens;
}

function gatherTokens({ children }: SyntaxNode, range: TextRange, tokens: Token[]): void {
  for (let at = firstEndingBehind(children, range.start); at < children.length; at++) {
    const child = children[at];
    if (child === undefined || child.start >= range.end) return;
    if (isNode(child)) gatherTokens(child, range, tokens);
    else tokens.push(child);
  }
}

/** The nodes that hold an offset, outermost first; at a seam the node that ends there counts too. */
export function nodesAt(tree: SyntaxTree, offset: number): readonly SyntaxNode[] {
  const path: SyntaxNode[] = [];
  let node: SyntaxNode | undefined = tree.root;
  while (node !== undefined) {
    path.push(node);
    const inside: SyntaxNode[] = node.children.filter(isNode);
    node =
      inside.find((child) => child.start <= offset && offset < child.end) ??
      inside.find((child) => child.start <= offset && offset === child.end);
  }
  return path;
}

/** The token at an offset: the one that holds it, else the significant one that ends there. */
export function tokenAt(tree: SyntaxTree, offset: number): Token | undefined {
  let before: Token | undefined;
  for (const token of tokensIn(tree.root, { start: offset - 1, end: offset + 1 })) {
    if (token.start <= offset && offset < token.end && token.type !== "whitespace") return token;
    if (token.end === offset && token.type !== "whitespace") before = token;
  }
  return before;
}
