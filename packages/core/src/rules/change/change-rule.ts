import { isNode, parse, type SyntaxNode, type SyntaxTree } from "../../syntax/index.ts";
import { applyEdits, type TextEdit } from "../../text/index.ts";
import { isRuleNode, readRule } from "../read/read-rule.ts";
import type { PlacedRule } from "../placed-rule.ts";
import type { RuleValue } from "../rule-values.ts";
import { writeRule } from "../write/write-rule.ts";
import { alignWords } from "./align-words.ts";
import { gapEdits, type Piece } from "./gap-edits.ts";
import { ruleTokens, type RuleToken } from "./rule-tokens.ts";
import { unreadParts, unreadReason } from "./unread-parts.ts";
import { writtenLike } from "./written-like.ts";

/** What it takes to change a rule, or in words why it can't be done. */
export type RuleEdits =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly reason: string };

/**
 * The smallest edits that make a written rule say `to`: what it is written as now is compared with what is wanted, both
 * in canonical words, and only where these differ does the text change. So the person's own spelling, order, spacing and
 * comments stay wherever the meaning does. A rule with a part that can't be read is not touched.
 */
export function changeRule(tree: SyntaxTree, rule: PlacedRule, to: RuleValue): RuleEdits {
  const [unread] = unreadParts(tree, rule);
  if (unread !== undefined) return { ok: false, reason: unreadReason(tree, unread) };
  const { node, value } = rule;
  const comma = missingComma(tree, node);
  const written = { tree, tokens: [...ruleTokens(tree, node), ...comma] };
  const now = canonical(writtenLike(tree, rule, value));
  const wanted = canonical(writtenLike(tree, rule, to));
  if (now !== undefined && wanted !== undefined) {
    const ends = comma.map(({ start, end, word }) => ({ range: { start, end }, newText: word }));
    const edits = [...merge(written, now, wanted), ...ends];
    if (says(tree, node, edits, to)) return { ok: true, edits };
  }
  return { ok: true, edits: [{ range: { start: node.start, end: node.end }, newText: writeRule(to) }] };
}

/** The comma that a rule lacks, where it would stand. */
function missingComma({ errors }: SyntaxTree, { end }: SyntaxNode): RuleToken[] {
  const isMissing = errors.some(({ code, start }) => code === "syntax/expected-comma" && start === end);
  return isMissing ? [{ word: ",", start: end, end }] : [];
}

/**
 * What one rule's text says when it stands alone in a profile; undefined where it is not exactly one rule without an
 * error. Nothing that is not one rule can be smuggled past this.
 */
export function readRuleText(text: string): RuleValue | undefined {
  const parsed = canonical(text);
  return parsed === undefined ? undefined : readRule(parsed.tree, parsed.node).value;
}

interface Words {
  readonly tree: SyntaxTree;
  readonly tokens: readonly RuleToken[];
}

function canonical(text: string): (Words & { readonly node: SyntaxNode }) | undefined {
  const tree = parse(`profile x {\n${text}\n}\n`);
  const [profile, ...others] = tree.root.children.filter(isNode);
  const body = profile?.children.findLast(isNode);
  const [node, ...more] = body?.children.filter(isNode) ?? [];
  if (tree.errors.length > 0 || node === undefined || !isRuleNode(node)) return undefined;
  if (others.length > 0 || more.length > 0) return undefined;
  return { tree, node, tokens: ruleTokens(tree, node) };
}

function words({ tokens }: Words): string[] {
  return tokens.map(({ word }) => word);
}

/** A merge of three: between two words that all three texts share, the written text changes only if the wish does. */
function merge(written: Words, now: Words, wanted: Words): TextEdit[] {
  const inWritten = new Map(alignWords(words(now), words(written)));
  const edits: TextEdit[] = [];
  let last = { now: -1, written: -1, wanted: -1 };
  const gap = (next: typeof last): void => {
    const before = now.tokens.slice(last.now + 1, next.now).map(({ word }) => word);
    const after = wanted.tokens.slice(last.wanted + 1, next.wanted).map(({ word }) => word);
    if (before.length !== after.length || before.some((word, index) => word !== after[index])) {
      const [from, to] = withoutParentheses(written, last.written, next.written, before, after);
      edits.push(...gapEdits(piece(written, from, to), piece(wanted, last.wanted, next.wanted)));
    }
    last = next;
  };
  for (const [nowIndex, wantedIndex] of alignWords(words(now), words(wanted))) {
    const writtenIndex = inWritten.get(nowIndex);
    if (writtenIndex !== undefined) gap({ now: nowIndex, written: writtenIndex, wanted: wantedIndex });
  }
  gap({ now: now.tokens.length, written: written.tokens.length, wanted: wanted.tokens.length });
  return edits;
}

/**
 * The bounds of a gap without the parentheses that only the person's spelling has at its ends (`set=( hup )` around a single
 * value): what comes or goes beside them leaves them alone.
 */
function withoutParentheses(
  { tokens }: Words,
  last: number,
  next: number,
  before: readonly string[],
  after: readonly string[],
): readonly [from: number, to: number] {
  let from = last;
  let to = next;
  const closes = before[0] !== ")" && after[0] !== ")";
  const opens = before.at(-1) !== "(" && after.at(-1) !== "(";
  if (closes) while (from + 1 < to && tokens[from + 1]?.word === ")") from += 1;
  if (opens) while (to - 1 > from && tokens[to - 1]?.word === "(") to -= 1;
  return [from, to];
}

/** The tokens strictly between two places, and their neighbours. */
function piece({ tree, tokens }: Words, from: number, to: number): Piece {
  return { text: tree.text, tokens: tokens.slice(from + 1, to), before: tokens[from], behind: tokens[to] };
}

/** True where the edited rule, read again, says exactly what was wanted. */
function says(tree: SyntaxTree, node: SyntaxNode, edits: readonly TextEdit[], to: RuleValue): boolean {
  const local = edits.map(({ range, newText }) => ({
    range: { start: range.start - node.start, end: range.end - node.start },
    newText,
  }));
  const value = readRuleText(applyEdits(tree.text.slice(node.start, node.end), local));
  return value !== undefined && writeRule(value) === writeRule(to);
}
