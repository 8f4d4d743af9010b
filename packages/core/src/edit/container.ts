import type { FileView, ProfileView } from "../design/index.ts";
import { isNode, tokenWithRole, type SyntaxElement, type SyntaxNode, type SyntaxTree } from "../syntax/index.ts";

/** What items stand in: the body of a profile, hat or block, or a whole file. */
export interface Container {
  readonly tree: SyntaxTree;
  /** The file's root, or the body with its braces. */
  readonly node: SyntaxNode;
  /** Rules, includes, profiles, … that stand directly in it, in the order of the text. */
  readonly items: readonly SyntaxNode[];
  /** Where the inside begins: behind `{`, or behind the BOM of a file. */
  readonly open: number;
  /** Where the inside ends: at `}`, or at the end of the file. */
  readonly close: number;
  readonly isFile: boolean;
}

/** The file itself as a container, for preambles and for rules outside any profile. */
export function fileContainer({ tree }: Pick<FileView, "tree">): Container {
  return {
    tree,
    node: tree.root,
    items: tree.root.children.filter(isNode),
    open: tree.text.startsWith("\uFEFF") ? 1 : 0,
    close: tree.text.length,
    isFile: true,
  };
}

/** The inside of a profile or hat; undefined where its braces are not both there. */
export function profileContainer({ tree }: Pick<FileView, "tree">, profile: ProfileView): Container | undefined {
  return profile.body === undefined ? undefined : bodyContainer(tree, profile.body);
}

/** The container that an item stands in directly; undefined where its closing brace is missing. */
export function containerAround(file: Pick<FileView, "tree">, item: SyntaxNode): Container | undefined {
  let node = file.tree.root;
  let body: SyntaxNode | undefined;
  while (node !== item) {
    const next: SyntaxElement | undefined = node.children.find((child) => isNode(child) && holds(child, item));
    if (next === undefined || !isNode(next)) return undefined;
    if (next !== item && next.kind === "body") body = next;
    node = next;
  }
  return body === undefined ? fileContainer(file) : bodyContainer(file.tree, body);
}

/** The inside of a body; undefined where its braces are not both there. */
export function bodyContainer(tree: SyntaxTree, body: SyntaxNode): Container | undefined {
  const open = tokenWithRole(body, "open");
  const close = tokenWithRole(body, "close");
  if (open === undefined || close === undefined) return undefined;
  return { tree, node: body, items: body.children.filter(isNode), open: open.end, close: close.start, isFile: false };
}

/** No node but the outer one has the range of an item: what encloses items has a brace or keyword of its own. */
function holds(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
