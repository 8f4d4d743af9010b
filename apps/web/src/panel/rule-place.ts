import { type PlacedRule, unreadParts } from "@hauberk/core/rules";
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

/** Of a rule that no parser keeps (`isDropped` of the design), a clause. */
export const forgottenWords = "is forgotten by the parser: a block keeps only rules about files";

/** What a rule says for which a panel has no box of its own, a clause each, so that nothing is hidden. */
export function ruleMarks(tree: SyntaxTree, rule: PlacedRule): string[] {
  const { priority, access, quiet } = rule.value.qualifiers;
  const marks = unreadParts(tree, rule).map(({ text }) => `has a part that can't be read: \`${text}\``);
  if (priority !== null) marks.push(`has priority ${priority}`);
  if (access === "prompt") marks.push("says `prompt`: asks the user's desktop");
  if (quiet) marks.push("says `quiet`: logs nothing");
  return marks;
}
