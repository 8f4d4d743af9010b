import { blockAround, type FileView, heldValue, type ProfileRule } from "../design/index.ts";
import { changeRule, type RuleEdits, type RuleValue } from "../rules/index.ts";
import { isNode, type SyntaxNode } from "../syntax/index.ts";
import { applyEdits, type TextEdit } from "../text/index.ts";
import { accept, refuse } from "./answer.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { ruleRemoval } from "./edit-rule.ts";
import { eolAt, indentAt, isBlank, lineStart } from "./lines.ts";
import { mergeEdits } from "./merge-edits.ts";

/**
 * Puts rules of one block before it, each with the qualifiers of the blocks around it written on it; a block that would be
 * left empty goes. Rules in a conditional inside of the block can't be taken out: the condition would be lost. `valueOf` says
 * what a rule shall say outside, where that is something else.
 */
export function takeOutOfBlock(
  file: FileView,
  placed: readonly ProfileRule[],
  valueOf: (placed: ProfileRule) => RuleValue = (each) => heldValue(file.tree, each),
): EditOutcome {
  const [first] = placed;
  const block = first === undefined ? undefined : blockAround(first);
  if (block === undefined || placed.some((rule) => blockAround(rule) !== block))
    return refuse("these rules share no block");
  if (placed.some(({ within }) => within.slice(within.indexOf(block)).some(({ kind }) => kind !== "qualified-block"))) {
    return refuse("a condition stands between this rule and the block; take the block apart by hand");
  }
  const { text } = file.tree;
  const separator = isBlank(text.slice(lineStart(text, block.start), block.start))
    ? eolAt(text, block.start) + indentAt(text, block.start)
    : " ";
  const texts: string[] = [];
  for (const rule of placed) {
    const outside = textOutside(file, rule, valueOf(rule));
    if (!outside.ok) return outside;
    texts.push(outside.text);
  }
  const rules = texts.join(separator);
  const label =
    placed.length === 1 ? "take the rule out of its block" : `take ${placed.length} rules out of their block`;
  if (holdsNothingBut(block, placed)) {
    return accept(file, label, [{ range: { start: block.start, end: block.end }, newText: rules }]);
  }
  const removals: TextEdit[] = [];
  for (const { rule } of placed) {
    const removal = ruleRemoval(file, rule);
    if (removal === undefined) return refuse("the braces around this rule are not closed; mend them first");
    removals.push(removal);
  }
  const insertion = { range: { start: block.start, end: block.start }, newText: rules + separator };
  return accept(file, label, mergeEdits([insertion, ...removals]));
}

/** A rule's text as it would stand elsewhere, or why it can't. */
export type OutsideText = { readonly ok: true; readonly text: string } | Extract<RuleEdits, { readonly ok: false }>;

/** The rule's own text, made to say what it shall outside. */
export function textOutside(file: FileView, { rule }: ProfileRule, to: RuleValue): OutsideText {
  const { node } = rule;
  const changed = changeRule(file.tree, rule, to);
  if (!changed.ok) return changed;
  const local = changed.edits.map(({ range, newText }) => ({
    range: { start: range.start - node.start, end: range.end - node.start },
    newText,
  }));
  return { ok: true, text: applyEdits(file.tree.text.slice(node.start, node.end), local) };
}

/** True where a block holds these rules and blocks around them, and no comment. */
function holdsNothingBut(node: SyntaxNode, placed: readonly ProfileRule[]): boolean {
  const rules = new Set(placed.map(({ rule }) => rule.node));
  const inside = (outer: SyntaxNode): boolean =>
    outer.children.every((child) => {
      if (!isNode(child)) return child.type !== "comment";
      if (child.kind === "qualifiers" || rules.has(child)) return true;
      return (child.kind === "body" || child.kind === "qualified-block") && inside(child);
    });
  return inside(node);
}
