import { headOf, type FileView, type ProfileRule, type ProfileView } from "../design/index.ts";
import {
  childOfKind,
  isNode,
  parse,
  textOf,
  tokensWithRole,
  tokenWithRole,
  type SyntaxNode,
  type SyntaxTree,
} from "../syntax/index.ts";
import type { TextEdit, TextRange } from "../text/index.ts";
import { accept, refuse } from "./answer.ts";
import { checkText, shown } from "./check-words.ts";
import { bodyContainer, containerAround } from "./container.ts";
import { counted } from "./describe-rule.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { indentStep } from "./insert-item.ts";
import { eolAt, indentAt, isBlank, lineEnd, lineStart } from "./lines.ts";
import { removeItem } from "./remove-item.ts";
import { containersOf, extentOf } from "./rule-extent.ts";

/** The conditionals (`if … { } else { }`) of a profile, those within one another too, in the order of the text. */
export function conditionalsOf(profile: ProfileView): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const visit = (node: SyntaxNode): void => {
    for (const child of node.children) {
      if (!isNode(child) || child.kind === "profile" || child.kind === "hat") continue;
      if (child.kind === "conditional") found.push(child);
      visit(child);
    }
  };
  visit(profile.node);
  return found;
}

/** The branches of a conditional: `if`, each `else if`, and `else`. */
export function branchesOf(conditional: SyntaxNode): SyntaxNode[] {
  return conditional.children.filter(
    (child): child is SyntaxNode => isNode(child) && child.kind === "conditional-branch",
  );
}

/** The condition of a branch as written; null for a plain `else`. */
export function conditionOf(tree: SyntaxTree, branch: SyntaxNode): string | null {
  const range = conditionRange(tree, branch);
  return range === null ? null : tree.text.slice(range.start, range.end);
}

/** Why this can't be the condition of an `if`; null where it can. */
export function checkCondition(condition: string): string | null {
  if (condition.trim() === "") return "an `if` needs a condition, such as `$flag` or `defined @{X}`";
  const reason = checkText(condition, "the condition");
  if (reason !== null) return reason;
  const tree = parse(`profile x {\nif ${condition.trim()} {\n}\n}\n`);
  const [profile, ...others] = tree.root.children.filter(isNode);
  const body = profile === undefined ? undefined : childOfKind(profile, "body");
  const [conditional, ...more] = body?.children.filter(isNode) ?? [];
  const branches = conditional?.kind === "conditional" ? branchesOf(conditional) : [];
  const [branch] = branches;
  const whole =
    tree.errors.length === 0 &&
    others.length === 0 &&
    more.length === 0 &&
    branches.length === 1 &&
    branch !== undefined &&
    conditionOf(tree, branch) === condition.trim() &&
    (childOfKind(branch, "body")?.children.filter(isNode).length ?? 1) === 0;
  return whole
    ? null
    : `\`${shown(condition)}\` is no condition; write \`$flag\`, \`defined @{X}\`, \`@{X} == a\`, and \`not\`, \`and\`, \`or\` between`;
}

/**
 * Puts rules under a condition: `if CONDITION { … }` around them where they stand. Rules of one place that do not stand together come
 * together at the first of them. Comments that belong to them travel along.
 */
export function wrapInConditional(file: FileView, rules: readonly ProfileRule[], condition: string): EditOutcome {
  const reason = checkCondition(condition);
  if (reason !== null) return refuse(reason);
  const nodes = [...new Set(rules.map(({ rule }) => rule.node))].toSorted((a, b) => a.start - b.start);
  if (nodes.length === 0) return refuse("choose the rules first");
  if (rules.some(({ within }) => within.some(({ kind }) => kind === "qualified-block"))) {
    return refuse("a rule in a block can't be put under a condition; take it out of the block first");
  }
  const containers = containersOf(file);
  const [first] = nodes;
  const container = first === undefined ? undefined : containers.get(first);
  if (container === undefined) return refuse("the braces around these rules are not closed; mend them first");
  if (nodes.some((node) => containers.get(node) !== container)) {
    return refuse("these rules do not stand in one place; choose rules of one profile or branch");
  }
  if (container.isFile)
    return refuse("an abstraction's rules are put under a condition in the profile that includes it");
  const gone = new Set(nodes);
  const extents = nodes.map((node) => ({ node, range: extentOf(container, node, gone).range }));
  const runs = runsOf(file.tree.text, extents);
  const label = `put ${counted(nodes.length)} under if ${shown(condition.trim())}`;
  return accept(file, label, wrapEdits(file.tree.text, container, runs, condition.trim()));
}

/** Ranges that nothing but blanks and comments parts become one. */
function runsOf(text: string, extents: readonly { readonly range: TextRange }[]): TextRange[] {
  const runs: TextRange[] = [];
  for (const { range } of extents) {
    const last = runs.at(-1);
    const between = last === undefined ? "x" : text.slice(last.end, range.start);
    if (last !== undefined && isBlank(between)) runs[runs.length - 1] = { start: last.start, end: range.end };
    else runs.push(range);
  }
  return runs;
}

function wrapEdits(
  text: string,
  container: Parameters<typeof removeItem>[0],
  runs: readonly TextRange[],
  condition: string,
): TextEdit[] {
  const [run, ...others] = runs;
  if (run === undefined) return [];
  const ownLine = isBlank(text.slice(lineStart(text, run.start), run.start));
  if (!ownLine) {
    // What stands behind a comment on its line would be a part of it.
    const endOf = (range: TextRange) =>
      text.slice(range.start, range.end).includes("#") ? eolAt(text, run.start) : "";
    const rest = others.map((each) => ` ${text.slice(each.start, each.end)}${endOf(each)}`).join("");
    return [
      insert(run.start, `if ${condition} { `),
      insert(run.end, `${endOf(run)}${rest} }`),
      ...others.map((each) => removeItem(container, each)),
    ];
  }
  const eol = eolAt(text, run.start);
  const indent = indentAt(text, run.start);
  const step = indentStep(text);
  const moved = others.flatMap(({ start, end }) => [
    eol,
    indent,
    step,
    text.slice(start, end).replaceAll(/\n(?=[ \t]*\S)/gu, `\n${step}`),
  ]);
  return [
    insert(run.start, `if ${condition} {${eol}${indent}${step}`),
    ...innerLines(text, run).map((at) => insert(at, step)),
    insert(run.end, `${moved.join("")}${eol}${indent}}`),
    ...others.map((each) => removeItem(container, each)),
  ];
}

/** The beginnings of the lines within a range, but for its first line and for empty ones. */
function innerLines(text: string, { start, end }: TextRange): number[] {
  const found: number[] = [];
  for (let at = lineEnd(text, start); at < end; at = lineEnd(text, at)) {
    if (!isBlank(text.slice(at, lineEnd(text, at)))) found.push(at);
  }
  return found;
}

/** Takes the `if` around rules away; they stay, and hold always. What has an `else` can't lose its `if` alone. */
export function unwrapConditional(file: FileView, conditional: SyntaxNode): EditOutcome {
  const branches = branchesOf(conditional);
  const [branch] = branches;
  if (conditional.kind !== "conditional" || branch === undefined) return refuse("this is no conditional");
  if (branches.length > 1) {
    return refuse("rules of every branch would hold at once; remove the `else` branches first");
  }
  const container = containerAround(file, conditional);
  const body = childOfKind(branch, "body");
  const inside = body === undefined ? undefined : bodyContainer(file.tree, body);
  if (container === undefined || inside === undefined) {
    return refuse("the braces of this `if` or around it are not closed; mend them first");
  }
  const label = `take if ${shown(conditionOf(file.tree, branch) ?? "")} away`;
  const { text } = file.tree;
  const inner = text.slice(inside.open, inside.close);
  if (isBlank(inner)) return accept(file, label, [removeItem(container, conditional)]);
  const from = inside.open + inner.length - inner.trimStart().length;
  const to = inside.open + inner.trimEnd().length;
  // A comment at the end would swallow what stands behind the brace.
  const swallows =
    /#[^\n]*$/u.test(text.slice(from, to)) && !isBlank(text.slice(conditional.end, lineEnd(text, conditional.end)));
  return accept(file, label, [
    { range: { start: conditional.start, end: from }, newText: "" },
    ...dedents(text, conditional, inside.open, { start: from, end: to }),
    {
      range: { start: to, end: conditional.end },
      newText: swallows ? eolAt(text, to) + indentAt(text, conditional.start) : "",
    },
  ]);
}

/** The edits that move the lines of a range as far left as its first line moves. */
function dedents(text: string, outer: TextRange, open: number, inner: TextRange): TextEdit[] {
  const lines = innerLines(text, inner);
  const leading = text.slice(open, inner.start).includes("\n") ? inner.start : lines[0];
  if (leading === undefined) return [];
  const indent = indentAt(
    text,
    lineEnd(text, leading) - 1 > leading ? leading + (/^[ \t]*/u.exec(text.slice(leading))?.[0].length ?? 0) : leading,
  );
  const wanted = indentAt(text, outer.start);
  if (!indent.startsWith(wanted)) return [];
  const surplus = indent.slice(wanted.length);
  return lines.flatMap((at) => {
    const has = /^[ \t]*/u.exec(text.slice(at, at + indent.length))?.[0] ?? "";
    const gone = has.startsWith(surplus) ? surplus.length : has.length;
    return gone === 0 ? [] : [{ range: { start: at, end: at + gone }, newText: "" }];
  });
}

/** Gives a branch another condition; a plain `else` becomes an `else if`. */
export function setCondition(file: FileView, branch: SyntaxNode, condition: string): EditOutcome {
  const reason = checkCondition(condition);
  if (reason !== null) return refuse(reason);
  if (branch.kind !== "conditional-branch") return refuse("this is no branch of a conditional");
  const wanted = condition.trim();
  const label = `set if ${shown(wanted)}`;
  const range = conditionRange(file.tree, branch);
  if (range !== null) {
    const same = file.tree.text.slice(range.start, range.end) === wanted;
    return accept(file, label, same ? [] : [{ range, newText: wanted }]);
  }
  const word = tokensWithRole(branch, "keyword").at(-1);
  if (word === undefined || textOf(file.tree, word) !== "else" || isFollowedByElse(file, branch)) {
    return refuse("this branch can't be read; mend it first");
  }
  return accept(file, label, [insert(word.end, ` if ${wanted}`)]);
}

function isFollowedByElse(file: FileView, branch: SyntaxNode): boolean {
  return /^\s*else\b/u.test(file.tree.text.slice(branch.end));
}

/** Adds an empty `else` behind the last branch; with a condition it is an `else if`. */
export function addElse(file: FileView, conditional: SyntaxNode, condition?: string): EditOutcome {
  const reason = condition === undefined ? null : checkCondition(condition);
  if (reason !== null) return refuse(reason);
  const last = branchesOf(conditional).at(-1);
  const body = last === undefined ? undefined : childOfKind(last, "body");
  if (last === undefined || body === undefined || tokenWithRole(body, "close") === undefined) {
    return refuse("the braces of this `if` are not closed; mend them first");
  }
  if (conditionOf(file.tree, last) === null) return refuse("this `if` has an `else` already");
  const { text } = file.tree;
  const inLines = textOf(file.tree, body).includes("\n");
  const inside = inLines ? eolAt(text, body.start) + indentAt(text, conditional.start) : " ";
  const word = condition === undefined ? "else" : `else if ${condition.trim()}`;
  return accept(file, `add ${shown(word)}`, [insert(last.end, ` ${word} {${inside}}`)]);
}

/** Takes an `else` or `else if` branch away with its rules; the first branch goes with its whole conditional only. */
export function removeBranch(file: FileView, branch: SyntaxNode): EditOutcome {
  const [word] = tokensWithRole(branch, "keyword");
  if (branch.kind !== "conditional-branch" || word === undefined || textOf(file.tree, word) !== "else") {
    return refuse("the first branch can't go alone; take the `if` away, or remove the rules in it");
  }
  const before = file.tree.text.slice(0, branch.start);
  const start = before.trimEnd().length;
  const comment = /#[^\n]*$/u.test(before.slice(0, start).slice(lineStart(before, start)));
  return accept(file, `remove ${shown(headOf(file.tree, branch))}`, [
    { range: { start: comment ? branch.start : start, end: branch.end }, newText: "" },
  ]);
}

/** Takes a whole conditional away, with all rules in it. */
export function removeConditional(file: FileView, conditional: SyntaxNode): EditOutcome {
  const container = containerAround(file, conditional);
  const [branch] = branchesOf(conditional);
  if (container === undefined || branch === undefined) {
    return refuse("the braces of this `if` or around it are not closed; mend them first");
  }
  const label = `remove ${shown(headOf(file.tree, branch))}`;
  return accept(file, label, [removeItem(container, conditional)]);
}

/** Between `if` and the body, blanks taken away; null for a plain `else`. */
function conditionRange(tree: SyntaxTree, branch: SyntaxNode): TextRange | null {
  const word = tokensWithRole(branch, "keyword").find((token) => textOf(tree, token) === "if");
  const body = childOfKind(branch, "body");
  if (word === undefined || body === undefined) return null;
  const between = tree.text.slice(word.end, body.start);
  const start = word.end + between.length - between.trimStart().length;
  return { start, end: Math.max(start, word.end + between.trimEnd().length) };
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}
