import { viewFile } from "@hauberk/core/design";
import { checkRule as whyNot } from "@hauberk/core/edit";
import { checkRule, type RuleValue, writeRule } from "@hauberk/core/rules";
import { isNode, type SyntaxNode, type SyntaxTree, textOf, tokenWithRole } from "@hauberk/core/syntax";
import { type RuleWords, sayRule, type VariableValues } from "@hauberk/core/words";

/** What is wrong with a part of a rule; `field` is the id of the field it belongs to, or null for the whole rule. */
export interface DraftProblem {
  readonly field: string | null;
  readonly message: string;
}

/** A rule that is being written: its text, what it says, and what stands against it. */
export interface RuleDraft {
  readonly text: string;
  /** Null where it can't be written as one rule. */
  readonly words: RuleWords | null;
  /** Why it can't be written at all; null where it can. */
  readonly refusal: string | null;
  /** What the parser would refuse. */
  readonly problems: readonly DraftProblem[];
}

const heading = "profile draft {\n";

/** Looks at a value as the text that it would be: one rule in a profile of its own. `values`: what variables stand for there. */
export function ruleDraft(value: RuleValue, values?: VariableValues): RuleDraft {
  const text = writeRule(value);
  const refusal = whyNot(value);
  const { tree, profiles } = viewFile("draft", `${heading}${text}\n}\n`);
  const placed = profiles[0]?.rules[0];
  if (value.kind === "rlimit" && refusal !== null) {
    return { text, words: null, refusal, problems: [{ field: "value", message: refusal }] };
  }
  if (placed === undefined) return { text, words: null, refusal, problems: [] };
  const problems = checkRule(tree, placed.rule).map(({ message, start, end }) => ({
    field: fieldAt(tree, placed.rule.node, start, end),
    message,
  }));
  return { text, words: refusal === null ? sayRule(tree, placed, values) : null, refusal, problems: unique(problems) };
}

function unique(problems: readonly DraftProblem[]): readonly DraftProblem[] {
  return problems.filter(
    (problem, at) =>
      problems.findIndex(({ field, message }) => field === problem.field && message === problem.message) === at,
  );
}

/** The field in which a place of the rule's text is shown; null where it is the whole rule. */
function fieldAt(tree: SyntaxTree, node: SyntaxNode, start: number, end: number): string | null {
  if (start === node.start && end === node.end) return null;
  for (const child of node.children) {
    if (start < child.start || start >= child.end) continue;
    if (!isNode(child)) return fieldOfRole(node, child.role ?? "");
    if (child.kind === "qualifiers") return "qualifiers";
    if (child.kind === "condition") return `local:${keyOf(tree, child)}`;
    if (child.kind === "peer") return peerField(tree, child, start);
  }
  return null;
}

/** In `peer=( … )`, the condition at the place; the group itself where it is about all of it. */
function peerField(tree: SyntaxTree, peer: SyntaxNode, start: number): string {
  const inside = peer.children.find((child) => isNode(child) && start >= child.start && start < child.end);
  return inside !== undefined && isNode(inside) ? `peer:${keyOf(tree, inside)}` : "peer";
}

function fieldOfRole(node: SyntaxNode, role: string): string | null {
  if (role === "name" && node.kind === "rlimit-rule") return "resource";
  if (role === "name" && node.kind === "mqueue-rule") return "operand";
  if (role === "name" && node.kind === "network-rule") return "domain";
  if (role === "permissions" || role === "name" || role === "path" || role === "source" || role === "target") {
    return role;
  }
  if (role === "exec-target" || role === "value") return role;
  return null;
}

function keyOf(tree: SyntaxTree, condition: SyntaxNode): string {
  const key = tokenWithRole(condition, "key");
  const word = key === undefined ? "" : textOf(tree, key);
  return word === "option" ? "options" : word;
}
