import { isNode, type SyntaxNode, type SyntaxTree, type Token } from "../syntax/index.ts";
import type { TextRange } from "../text/index.ts";

/** The tokens that touch a range, in the order of the text. Whole subtrees outside the range are passed by. */
export function* tokensIn(node: SyntaxNode, range: TextRange): Generator<Token, void, undefined> {
  for (const child of node.children) {
    if (isNode(child)) {
      if (spans(child, range)) yield* tokensIn(child, range);
    } else if (child.end > range.start && child.start < range.end) yield child;
  }
}

/** A node's own range ends with its last significant token, but its children may hold trivia after that. */
function spans(node: SyntaxNode, range: TextRange): boolean {
  const first = node.children[0];
  const last = node.children.at(-1);
  const start = Math.min(node.start, first?.start ?? node.start);
  const end = Math.max(node.end, last?.end ?? node.end);
  return end > range.start && start < range.end;
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
