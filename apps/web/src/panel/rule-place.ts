import type { ProfileRule } from "@hauberk/core/design";
import { type Qualifiers, readQualifiers } from "@hauberk/core/rules";
import { childOfKind, isNode, type SyntaxNode, type SyntaxTree } from "@hauberk/core/syntax";
import { LineIndex } from "@hauberk/core/text";

/** Where a rule stands, in words for the person: inside `if …` or inside `audit { … }`. */
export interface PlaceMark {
  readonly kind: "conditional" | "block";
  readonly words: string;
}

const lineIndexes = new WeakMap<SyntaxTree, LineIndex>();

/** The 1-based line on which an offset of the tree's text lies; the index is built once a tree. */
export function lineOf(tree: SyntaxTree, offset: number): number {
  let index = lineIndexes.get(tree);
  if (index === undefined) {
    index = new LineIndex(tree.text);
    lineIndexes.set(tree, index);
  }
  return index.positionAt(offset).line;
}

/** What stands before the braces of a conditional branch or a qualified block, its white space made single. */
function headOf(tree: SyntaxTree, node: SyntaxNode): string {
  const body = childOfKind(node, "body");
  const end = body?.start ?? node.children.find((child) => !isNode(child) && child.role === "open")?.start ?? node.end;
  return tree.text.slice(node.start, end).replaceAll(/\s+/g, " ").trim();
}

/** The marks of a rule that does not stand plainly in its profile, outermost first. */
export function placeMarks(tree: SyntaxTree, within: readonly SyntaxNode[]): PlaceMark[] {
  const marks: PlaceMark[] = [];
  for (const node of within) {
    if (node.kind === "conditional-branch") {
      marks.push({ kind: "conditional", words: `stands inside \`${headOf(tree, node)}\`` });
    } else if (node.kind === "qualified-block") {
      marks.push({ kind: "block", words: `stands inside a block \`${headOf(tree, node)} { … }\`` });
    }
  }
  return marks;
}

/** The rule's own qualifiers joined with those of the qualified blocks around it: a block's words hold for all within. */
export function effectiveQualifiers(tree: SyntaxTree, { rule, within }: ProfileRule): Qualifiers {
  let joined = rule.value.qualifiers;
  for (const node of within) {
    if (node.kind !== "qualified-block") continue;
    const outer = readQualifiers(tree, node);
    joined = {
      ...joined,
      audit: joined.audit || outer.audit,
      quiet: joined.quiet || outer.quiet,
      // A deny anywhere beats what stands nearer.
      access: outer.access === "deny" ? "deny" : (joined.access ?? outer.access),
      owner: joined.owner ?? outer.owner,
    };
  }
  return joined;
}
