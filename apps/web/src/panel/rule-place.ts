import { headOf, isDropped, type ProfileRule, qualifiersOfBlocks } from "@hauberk/core/design";
import { type PlacedRule, type Qualifiers, unreadParts } from "@hauberk/core/rules";
import type { SyntaxNode, SyntaxTree } from "@hauberk/core/syntax";
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

/** The marks of what that does not stand plainly in its profile, outermost first. */
export function placeMarks(tree: SyntaxTree, within: readonly SyntaxNode[]): PlaceMark[] {
  const marks: PlaceMark[] = [];
  for (const node of within) {
    if (node.kind === "conditional-branch") {
      marks.push({ kind: "conditional", words: `stands inside \`${headOf(tree, node)}\`` });
    } else if (node.kind === "qualified-block") {
      marks.push({ kind: "block", words: `stands inside a block \`${`${headOf(tree, node)} { … }`.trim()}\`` });
    }
  }
  return marks;
}

/** The marks of a rule by its place, and that the parser forgets it there. */
export function ruleMarks(tree: SyntaxTree, placed: ProfileRule): PlaceMark[] {
  const marks = placeMarks(tree, placed.within);
  if (!isDropped(placed)) return marks;
  return [...marks, { kind: "block", words: "is forgotten by the parser: a block keeps only rules about files" }];
}

/** The marks of an include or a child profile that does not stand plainly in its profile, and what a block makes of it. */
export function partMarks(tree: SyntaxTree, within: readonly SyntaxNode[], what: "include" | "child"): PlaceMark[] {
  const marks = placeMarks(tree, within);
  if (!marks.some(({ kind }) => kind === "block")) return marks;
  const words =
    what === "include"
      ? "brings only rules about files there: a block keeps no others"
      : "is forgotten by the parser: a block keeps only rules about files";
  return [...marks, { kind: "block", words }];
}

/** What the blocks around a rule add to it, a sentence for its form; null where they add nothing. */
export function givenWords(tree: SyntaxTree, placed: ProfileRule): string | null {
  const { access, audit, quiet, owner } = qualifiersOfBlocks(tree, placed);
  const words = [
    ...(access === null || access === "allow" ? [] : [access]),
    ...(audit ? ["audit"] : []),
    ...(quiet ? ["quiet"] : []),
    ...(owner === null ? [] : [owner]),
  ].map((word) => `\`${word}\``);
  const last = words.at(-1);
  if (last === undefined) return null;
  const said = words.length === 1 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
  return `The block around it gives ${said}: that is changed at the block, or when the rule is taken out of it.`;
}

/** What a rule says for which a panel has no box of its own, a clause each, so that nothing is hidden. */
export function furtherMarks(
  tree: SyntaxTree,
  rule: PlacedRule,
  { priority, access, quiet, owner }: Qualifiers = rule.value.qualifiers,
): string[] {
  const marks = unreadParts(tree, rule).map(({ text }) => `has a part that can't be read: \`${text}\``);
  if (owner === "other") marks.push("says `other`: only files that the user doesn't own");
  if (priority !== null) marks.push(`has priority ${priority}`);
  if (access === "prompt") marks.push("says `prompt`: asks the user's desktop");
  if (quiet) marks.push("says `quiet`: logs nothing");
  return marks;
}
