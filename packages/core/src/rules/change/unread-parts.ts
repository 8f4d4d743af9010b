import {
  isNode,
  maximalErrors,
  parse,
  type SyntaxElement,
  type SyntaxNode,
  type SyntaxTree,
} from "../../syntax/index.ts";
import { LineIndex, type TextRange } from "../../text/index.ts";
import type { PlacedRule } from "../placed-rule.ts";
import { ruleTokens } from "./rule-tokens.ts";
import { writtenLike } from "./written-like.ts";

/** A piece of a rule's text that its value does not hold. */
export interface UnreadPart {
  readonly range: TextRange;
  /** On one line, and short. */
  readonly text: string;
}

const none: readonly UnreadPart[] = [];
const found = new WeakMap<SyntaxNode, readonly UnreadPart[]>();

/**
 * The parts of a rule that can't be read: its value says nothing of them, so whoever writes the rule anew would lose them.
 * None in a text without errors, at no cost; a rule that only lacks its comma, or whose path begins wrongly, is read whole.
 */
export function unreadParts(tree: SyntaxTree, rule: PlacedRule): readonly UnreadPart[] {
  if (tree.errors.length === 0) return none;
  let parts = found.get(rule.node);
  if (parts === undefined) {
    parts = rangesOf(tree, rule).map((range) => ({ range, text: shortText(tree.text.slice(range.start, range.end)) }));
    found.set(rule.node, parts);
  }
  return parts;
}

/** Why a rule with such a part can't be changed, in words for the person. */
export function unreadReason(tree: SyntaxTree, { range, text }: UnreadPart): string {
  const { line } = new LineIndex(tree.text).positionAt(range.start);
  return `\`${text}\` in line ${line} can't be read as part of this rule; mend it in the text first`;
}

function rangesOf(tree: SyntaxTree, rule: PlacedRule): readonly TextRange[] {
  const { node } = rule;
  const errors = tree.errors.filter(({ start }) => start >= node.start && start <= node.end);
  // A list of errors that is full says nothing of what stands behind the last of them.
  if (errors.length === 0 && tree.errors.length < maximalErrors) return [];
  const ranges: TextRange[] = [
    ...errorRanges(node),
    // Where the lexer knows no comments, the parser stumbles over one.
    ...errors.filter(({ code }) => code === "syntax/comment-in-rule"),
  ];
  // An open list has swallowed what stands behind it, be it of other rules.
  const open = errors.find(({ code }) => code === "syntax/expected-parenthesis");
  if (open !== undefined) ranges.push({ start: open.start, end: node.end });
  const lost = ranges.length === 0 && errors.some(({ code }) => !harmless.has(code)) ? lostWords(tree, rule) : ranges;
  return lost.map(({ start, end }) => ({ start, end })).toSorted((a, b) => a.start - b.start);
}

/** Errors that leave nothing unread. */
const harmless: ReadonlySet<string> = new Set(["syntax/expected-comma", "syntax/relative-path"]);

/** The error nodes and error tokens under a node; what lies in an error node is told as one. */
function errorRanges(node: SyntaxNode): SyntaxElement[] {
  return node.children.flatMap((child) => {
    const isError = isNode(child) ? child.kind === "error" : child.type === "error";
    return isError ? [child] : isNode(child) ? errorRanges(child) : [];
  });
}

/** What is read as a word of the rule and leads to nothing, such as a `->` without a target: the parts with such words. */
function lostWords(tree: SyntaxTree, rule: PlacedRule): readonly TextRange[] {
  const again = parse(`profile x {\n${writtenLike(tree, rule, rule.value)}\n}\n`);
  const left = new Map<string, number>();
  for (const { word } of ruleTokens(again, again.root)) left.set(word, (left.get(word) ?? 0) + 1);
  return rule.node.children.filter((child) => {
    const lost = ruleTokens(tree, { ...rule.node, children: [child] }).filter(({ word }) => {
      const count = left.get(word) ?? 0;
      left.set(word, count - 1);
      return count <= 0;
    });
    return lost.length > 0;
  });
}

const longest = 60;

/** Characters that deceive who reads the text. */
const unseen = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

function shortText(text: string): string {
  const plain = text.trim().replaceAll(/\s+/gu, " ").replaceAll(unseen, "\u{FFFD}").replaceAll("`", "\u{02CB}");
  const characters = Array.from(plain);
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : plain;
}
