import { blockAround, type FileView, type ProfileRule } from "../design/index.ts";
import { changeRule, noQualifiers, readQualifiers, type Qualifiers, type RuleEdits } from "../rules/index.ts";
import { isNode, type SyntaxNode } from "../syntax/index.ts";
import { applyEdits, type TextEdit } from "../text/index.ts";
import { accept, refuse } from "./answer.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { ruleRemoval } from "./edit-rule.ts";
import { eolAt, indentAt, isBlank, lineStart } from "./lines.ts";
import { mergeEdits } from "./merge-edits.ts";

/**
 * Puts rules of one block before it, each with the qualifiers of the blocks around it written on it; a block that would be
 * left empty goes. Rules in a conditional inside of the block can't be taken out: the condition would be lost.
 */
export function takeOutOfBlock(file: FileView, placed: readonly ProfileRule[]): EditOutcome {
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
    const outside = textOutside(file, rule);
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

/** The rule's own text with the qualifiers that hold for it written on it. */
export function textOutside(file: FileView, placed: ProfileRule): OutsideText {
  const { node, value } = placed.rule;
  const changed = changeRule(file.tree, placed.rule, { ...value, qualifiers: qualifiersOutside(file, placed) });
  if (!changed.ok) return changed;
  const local = changed.edits.map(({ range, newText }) => ({
    range: { start: range.start - node.start, end: range.end - node.start },
    newText,
  }));
  return { ok: true, text: applyEdits(file.tree.text.slice(node.start, node.end), local) };
}

/** A deny of the rule or of any block stays a deny; who owns the file is asked of files only; a limit takes nothing. */
function qualifiersOutside(file: FileView, { rule: { value }, within }: ProfileRule): Qualifiers {
  if (value.kind === "rlimit") return noQualifiers;
  const own = value.qualifiers;
  const all = [own, ...within.toReversed().map((node) => readQualifiers(file.tree, node))];
  const access =
    (["deny", "prompt", "allow"] as const).find((word) => all.some((each) => each.access === word)) ?? null;
  const ofFiles = value.kind === "file" || value.kind === "link";
  return {
    priority: own.priority,
    audit: all.some(({ audit }) => audit),
    quiet: all.some(({ quiet }) => quiet),
    access: access === "allow" ? own.access : access,
    owner: ofFiles ? (all.find(({ owner }) => owner !== null)?.owner ?? null) : null,
  };
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
