import { isNode, type NodeKind, type SyntaxElement, type SyntaxNode } from "./tree.ts";

/**
 * An element as it stands so many code units further on. What is below a node is moved when somebody asks for it: of the
 * thousands of rules behind a change few are looked into before the next one.
 */
export function moved(element: SyntaxElement, by: number): SyntaxElement {
  if (by === 0) return element;
  if (isNode(element)) return element instanceof MovedNode ? element.moved(by) : new MovedNode(element, by);
  const { type, role, start, end } = element;
  return role === undefined
    ? { type, start: start + by, end: end + by }
    : { type, role, start: start + by, end: end + by };
}

class MovedNode implements SyntaxNode {
  readonly kind: NodeKind;
  readonly start: number;
  readonly end: number;
  readonly #from: SyntaxNode;
  readonly #by: number;
  #children: readonly SyntaxElement[] | undefined = undefined;

  constructor(from: SyntaxNode, by: number) {
    this.kind = from.kind;
    this.start = from.start + by;
    this.end = from.end + by;
    this.#from = from;
    this.#by = by;
  }

  get children(): readonly SyntaxElement[] {
    this.#children ??= this.#from.children.map((child) => moved(child, this.#by));
    return this.#children;
  }

  /** Moved on: from where it first stood, so that no chain grows with each change. */
  moved(by: number): SyntaxNode {
    return this.#by + by === 0 ? this.#from : new MovedNode(this.#from, this.#by + by);
  }
}
