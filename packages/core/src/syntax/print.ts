import { isNode, type SyntaxElement, type SyntaxTree } from "./tree.ts";

/** The text of a tree, put together from its tokens: for every text, `print(parse(text)) === text`. */
export function print(tree: SyntaxTree): string {
  const pieces: string[] = [];
  const collect = (elements: readonly SyntaxElement[]): void => {
    for (const element of elements) {
      if (isNode(element)) collect(element.children);
      else pieces.push(tree.text.slice(element.start, element.end));
    }
  };
  collect(tree.root.children);
  return pieces.join("");
}
