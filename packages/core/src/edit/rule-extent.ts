import type { FileView } from "../design/index.ts";
import { isNode, type SyntaxNode } from "../syntax/index.ts";
import type { TextEdit, TextRange } from "../text/index.ts";
import { containerAround, fileContainer, type Container } from "./container.ts";
import { isBlank, lineEnd, lineStart } from "./lines.ts";
import { mergeEdits } from "./merge-edits.ts";
import { removeItem } from "./remove-item.ts";

/** An item with the comments that belong to it. */
export interface Extent {
  /** From the first comment above to the end of the comment behind, without the last line end. */
  readonly range: TextRange;
  /** The comment lines above, without indentation. */
  readonly above: readonly string[];
  /** The item's own text. */
  readonly text: string;
  /** The comment behind it, with the blanks before it; empty where there is none. */
  readonly behind: string;
}

/** The container of every item of a file, found in one walk; items in bodies that are not closed are left out. */
export function containersOf(file: Pick<FileView, "tree">): ReadonlyMap<SyntaxNode, Container> {
  const found = new Map<SyntaxNode, Container>();
  const visit = (node: SyntaxNode): void => {
    for (const child of node.children) {
      if (!isNode(child)) continue;
      if (child.kind === "body") {
        const [first] = child.children.filter(isNode);
        const container = first === undefined ? undefined : containerAround(file, first);
        if (container?.node === child) for (const item of container.items) found.set(item, container);
      }
      if (child.kind !== "condition" && !child.kind.endsWith("-rule")) visit(child);
    }
  };
  const whole = fileContainer(file);
  for (const item of whole.items) found.set(item, whole);
  visit(file.tree.root);
  return found;
}

/**
 * An item with its comments, as it travels: the comment behind it on its line, and the comment lines directly above it
 * where nothing but `gone` items stand below them: a heading over several rules stays with those that stay.
 */
export function extentOf(container: Container, item: SyntaxNode, gone: ReadonlySet<SyntaxNode>): Extent {
  const { text } = container.tree;
  const own = text.slice(item.start, item.end);
  const start = lineStart(text, item.start);
  const rest = text.slice(item.end, lineEnd(text, item.end)).trimEnd();
  if (start < container.open || !isBlank(text.slice(start, item.start))) return alone(item, own);
  const behind = /^[ \t]*#/u.test(rest) && item.end + rest.length <= container.close ? rest : "";
  if (behind === "" && !isBlank(rest)) return alone(item, own);
  const above = isHeadOf(container, item, gone) ? commentsAbove(container, start) : [];
  const first = above[0]?.start ?? item.start;
  return {
    range: { start: first, end: item.end + behind.length },
    above: above.map((line) => text.slice(line.start, line.end)),
    text: own,
    behind,
  };
}

function alone({ start, end }: TextRange, text: string): Extent {
  return { range: { start, end }, above: [], text, behind: "" };
}

/** True where all items that follow, up to the next blank line or comment line, go along. */
function isHeadOf(container: Container, item: SyntaxNode, gone: ReadonlySet<SyntaxNode>): boolean {
  const { text } = container.tree;
  const { items } = container;
  for (let at = items.indexOf(item); at < items.length - 1; at += 1) {
    const [here, next] = [items[at], items[at + 1]];
    if (here === undefined || next === undefined) break;
    const between = text.slice(here.end, next.start);
    if (/\n[ \t]*(?:\r?\n|#)/u.test(between)) return true;
    if (!gone.has(next)) return false;
  }
  return true;
}

/** The lines above a line that hold nothing but a comment each, in the order of the text. */
function commentsAbove({ tree: { text }, open }: Container, below: number): TextRange[] {
  const found: TextRange[] = [];
  let end = below;
  while (end > open) {
    const start = lineStart(text, end - 1);
    if (start < open) break;
    const line = text.slice(start, end).trimEnd();
    const indent = line.length - line.trimStart().length;
    // An include may be written like a comment.
    if (line[indent] !== "#" || /^#include[ \t]/u.test(line.slice(indent))) break;
    found.unshift({ start: start + indent, end: start + line.length });
    end = start;
  }
  return found;
}

/**
 * The edits that take items away; those that stand together go as one, so that no blank lines are left over. Undefined where
 * an item's braces are not closed.
 */
export function removeExtents(
  containers: ReadonlyMap<SyntaxNode, Container>,
  items: readonly { readonly node: SyntaxNode; readonly range: TextRange }[],
): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  let run: { container: Container; start: number; end: number } | undefined;
  const close = (): void => {
    if (run !== undefined) edits.push(removeItem(run.container, run));
  };
  for (const { node, range } of items.toSorted((a, b) => a.range.start - b.range.start)) {
    const container = containers.get(node);
    if (container === undefined) return undefined;
    const joins =
      run !== undefined && run.container === container && isBlank(container.tree.text.slice(run.end, range.start));
    if (run !== undefined && joins) run = { ...run, end: range.end };
    else {
      close();
      run = { container, start: range.start, end: range.end };
    }
  }
  close();
  return mergeEdits(edits);
}
