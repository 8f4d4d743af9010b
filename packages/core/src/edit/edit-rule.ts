import type { FileView, ProfileView } from "../design/index.ts";
import {
  changeRule as changeText,
  pathWord,
  unreadParts,
  unreadReason,
  writeRule,
  type PlacedRule,
  type RuleValue,
} from "../rules/index.ts";
import { LineIndex, type TextEdit } from "../text/index.ts";
import { childOfKind, tokenWithRole, type SyntaxNode } from "../syntax/index.ts";
import { accept, refuse } from "./answer.ts";
import { checkChange, checkRule } from "./check-rule.ts";
import { bodyContainer, containerAround, fileContainer, profileContainer, type Container } from "./container.ts";
import { changeName, ruleName } from "./describe-rule.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { placeForRule } from "./find-place.ts";
import { insertItem, type Place } from "./insert-item.ts";
import { removeItem } from "./remove-item.ts";

/**
 * Adds a rule beside its kind, in the file's own style. `profile` null: to the file itself, for abstractions. `within`: into
 * this branch of a conditional, or this block, of the profile.
 */
export function addRule(
  file: FileView,
  profile: ProfileView | null,
  value: RuleValue,
  { within }: { readonly within?: SyntaxNode } = {},
): EditOutcome {
  const container = within === undefined ? openContainer(file, profile) : branchContainer(file, within);
  if (typeof container === "string") return refuse(container);
  const reason = checkRule(value);
  if (reason !== null) return refuse(reason);
  const text = writeRule(value);
  const rules = profile === null ? file.looseRules : profile.rules;
  const own = rules.filter((placed) => placed.within.at(-1) === within);
  const same = own.find(({ rule }) => writeRule(rule.value) === text && unreadProblem(file, rule) === null);
  if (same !== undefined)
    return refuse(`\`${ruleName(value)}\` stands in line ${lineOf(file, same.rule.node)} already`);
  return accept(file, `add ${ruleName(value)}`, [ruleInsertion(container, value)]);
}

/**
 * Turns what is written of a rule into something else; what both say alike keeps its bytes. Blocks around it go on adding
 * theirs: for what a person asks of a rule where it stands there is `changeRule`.
 */
export function rewriteRule(file: FileView, rule: PlacedRule, to: RuleValue): EditOutcome {
  // What can't be read goes first: it may be why the rest is no rule.
  const reason = unreadProblem(file, rule) ?? checkChange(rule.value, to);
  if (reason !== null) return refuse(reason);
  const changed = changeText(file.tree, rule, to);
  return changed.ok ? accept(file, changeName(rule.value, to), changed.edits) : changed;
}

/** Why a rule can't be changed of which a part can't be read; null where all of it can. */
export function unreadProblem({ tree }: FileView, rule: PlacedRule): string | null {
  const [unread] = unreadParts(tree, rule);
  return unread === undefined ? null : unreadReason(tree, unread);
}

/** Takes a rule away, with its line where it has one for itself. Comments beside it stay. */
export function removeRule(file: FileView, rule: PlacedRule): EditOutcome {
  const edit = ruleRemoval(file, rule);
  if (edit === undefined) return refuse("the braces around this rule are not closed; mend them first");
  return accept(file, `remove ${ruleName(rule.value)}`, [edit]);
}

/** The container for new items of a profile or file, or the reason why there is none. */
export function openContainer(file: FileView, profile: ProfileView | null): Container | string {
  if (profile === null) return fileContainer(file);
  const container = profileContainer(file, profile);
  return container ?? `the body of \`${profile.name}\` is not closed with \`}\`; mend that first`;
}

/** The container for new items of a conditional branch or block, or the reason why there is none. */
export function branchContainer(file: FileView, within: SyntaxNode): Container | string {
  if (within.kind !== "conditional-branch" && within.kind !== "qualified-block") return "rules stand in no such place";
  const body = childOfKind(within, "body");
  const container = body === undefined ? undefined : bodyContainer(file.tree, body);
  return container ?? "the braces of this branch or block are not closed; mend them first";
}

/** The edit that adds a rule; the value has been checked. */
export function ruleInsertion(container: Container, value: RuleValue): TextEdit {
  const place = placeForRule(container, value);
  return insertItem(container, place, alignedRule(container, place, value));
}

/** The edit that takes a rule away; undefined where the braces around it are not closed. */
export function ruleRemoval(file: FileView, rule: PlacedRule): TextEdit | undefined {
  const container = containerAround(file, rule.node);
  return container === undefined ? undefined : removeItem(container, rule.node);
}

/** The 1-based line on which a node begins. */
export function lineOf(file: FileView, node: { readonly start: number }): number {
  return new LineIndex(file.tree.text).positionAt(node.start).line;
}

/** The rule's text; where the neighbour's permissions stand in a column further right, the new rule's stand there too. */
export function alignedRule({ tree }: Container, { neighbour }: Place, value: RuleValue): string {
  const text = writeRule(value);
  if (neighbour === undefined || value.kind !== "file" || value.path === null || value.permissionsFirst) return text;
  const path = tokenWithRole(neighbour, "path");
  const permissions = tokenWithRole(neighbour, "permissions");
  if (path === undefined || permissions === undefined || permissions.start < path.start) return text;
  if (!/^ {2,}$/u.test(tree.text.slice(path.end, permissions.start))) return text;
  if (tree.text.slice(neighbour.start, path.end).includes("\n")) return text;
  const written = pathWord(value.path);
  const head = text.indexOf(written) + written.length;
  const gap = Math.max(1, permissions.start - neighbour.start - head);
  return `${text.slice(0, head)}${" ".repeat(gap)}${text.slice(head + 1)}`;
}
