import { heldValue, type FileView, type ProfileRule } from "../design/index.ts";
import {
  checkRule as checkRuleText,
  isRuleNode,
  readRule,
  writeRule,
  type PlacedRule,
  type Qualifiers,
  type RuleValue,
} from "../rules/index.ts";
import { isNode, parse, type SyntaxNode } from "../syntax/index.ts";
import { blockRefusal } from "./against-blocks.ts";
import { accept, refuse } from "./answer.ts";
import { changeRules, inLine } from "./change-rule.ts";
import { checkRule } from "./check-rule.ts";
import { counted, ruleName } from "./describe-rule.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { unreadProblem } from "./edit-rule.ts";
import { containersOf, extentOf, removeExtents } from "./rule-extent.ts";

/** Takes many rules away as one step; comments stay, as with one. */
export function removeRules(file: FileView, rules: readonly PlacedRule[]): EditOutcome {
  const [only] = rules;
  if (only === undefined) return refuse("choose the rules first");
  const nodes = new Set(rules.map(({ node }) => node));
  const edits = removeExtents(
    containersOf(file),
    [...nodes].map((node) => ({ node, range: node })),
  );
  if (edits === undefined) return refuse("the braces around one of these rules are not closed; mend them first");
  return accept(file, nodes.size === 1 ? `remove ${ruleName(only.value)}` : `remove ${counted(nodes.size)}`, edits);
}

/** The qualifiers that shall hold; what is left out stays as it is. */
export type QualifierWish = Partial<Qualifiers>;

/**
 * Sets what qualifiers hold for many rules as one step. What the parser refuses on one of them (a priority on a network rule, an
 * owner on a capability, a deny of `ix`) refuses all, by its line; so does what a block around one of them gives.
 */
export function setQualifiers(file: FileView, rules: readonly ProfileRule[], wish: QualifierWish): EditOutcome {
  if (rules.length === 0) return refuse("choose the rules first");
  const changes = rules.map((placed) => {
    const held = heldValue(file.tree, placed);
    return { placed, held, to: withQualifiers(held, wish) };
  });
  for (const { placed, held, to } of changes) {
    const unread = unreadProblem(file, placed.rule);
    if (unread !== null) return refuse(unread);
    const reason = checkRule(to) ?? newProblem(held, to);
    if (reason !== null) return refuse(inLine(file, placed, rules.length, reason));
  }
  return changeRules(file, changes, rules.length === 1 ? undefined : qualifierLabel(wish, rules.length));
}

/** Why each rule can't have the qualifiers, by its place in the list; null where it can. */
export function qualifierProblems(
  file: FileView,
  rules: readonly ProfileRule[],
  wish: QualifierWish,
): (string | null)[] {
  return rules.map((placed) => {
    const held = heldValue(file.tree, placed);
    const to = withQualifiers(held, wish);
    return checkRule(to) ?? newProblem(held, to) ?? blockRefusal(file, placed, to);
  });
}

function withQualifiers(value: RuleValue, wish: QualifierWish): RuleValue {
  return { ...value, qualifiers: { ...value.qualifiers, ...wish } };
}

/** What the parser refuses in the rule as it shall be, and not in the rule as it is. */
function newProblem(from: RuleValue, to: RuleValue): string | null {
  const before = new Set(problemsOf(from).map(({ code }) => code));
  return problemsOf(to).find(({ code }) => !before.has(code))?.message ?? null;
}

function problemsOf(value: RuleValue): readonly { readonly code: string; readonly message: string }[] {
  const tree = parse(`profile x {\n${writeRule(value)}\n}\n`);
  const [syntax] = tree.errors;
  if (syntax !== undefined) return [syntax];
  const rule = firstRule(tree.root);
  return rule === undefined ? [] : checkRuleText(tree, readRule(tree, rule));
}

function firstRule(node: SyntaxNode): SyntaxNode | undefined {
  for (const child of node.children) {
    if (!isNode(child)) continue;
    const found = isRuleNode(child) ? child : firstRule(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function qualifierLabel(wish: QualifierWish, count: number): string {
  const words: string[] = [];
  if (wish.priority !== undefined) words.push(wish.priority === null ? "no priority" : `priority ${wish.priority}`);
  if (wish.audit !== undefined) words.push(wish.audit ? "audit" : "no audit");
  if (wish.quiet !== undefined) words.push(wish.quiet ? "quiet" : "not quiet");
  if (wish.access !== undefined) words.push(wish.access ?? "allow");
  if (wish.owner !== undefined) words.push(wish.owner ?? "every owner");
  return words.length === 0 ? `change ${counted(count)}` : `set ${words.join(", ")} on ${counted(count)}`;
}

/**
 * Puts a rule before the one above it or behind the one below it, comments that belong to it included. The order of rules
 * means nothing to the parser; it is for who reads.
 */
export function moveRule(file: FileView, placed: ProfileRule, direction: "up" | "down"): EditOutcome {
  const { node, value } = placed.rule;
  const container = containersOf(file).get(node);
  if (container === undefined) return refuse("the braces around this rule are not closed; mend them first");
  const rules = container.items.filter((item) => isRuleNode(item));
  const at = rules.indexOf(node);
  const other = rules[direction === "up" ? at - 1 : at + 1];
  if (other === undefined) return refuse(`the rule is the ${direction === "up" ? "first" : "last"} one here already`);
  const between = container.items.slice(
    Math.min(container.items.indexOf(node), container.items.indexOf(other)) + 1,
    Math.max(container.items.indexOf(node), container.items.indexOf(other)),
  );
  if (between.some(({ kind }) => kind === "error"))
    return refuse("text that can't be read stands between; mend it first");
  const [own, swapped] = [node, other].map((item) => extentOf(container, item, new Set([item])).range);
  if (own === undefined || swapped === undefined) return refuse("the rule can't be moved");
  const { text } = file.tree;
  const label = `move ${ruleName(value)} ${direction}`;
  return accept(file, label, [
    { range: own, newText: text.slice(swapped.start, swapped.end) },
    { range: swapped, newText: text.slice(own.start, own.end) },
  ]);
}
