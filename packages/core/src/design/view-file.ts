import { isRuleNode, readRule, unquoted } from "../rules/index.ts";
import {
  childOfKind,
  isNode,
  parse,
  reparse,
  type KeptItems,
  textOf,
  tokensWithRole,
  tokenWithRole,
  type SyntaxNode,
  type SyntaxTree,
} from "../syntax/index.ts";
import type {
  AliasView,
  BooleanView,
  FileView,
  IncludeView,
  ProfileRule,
  ProfileView,
  VariableView,
} from "./design.ts";

/** What one body or file holds, gathered in the order of the text. */
interface Gathered {
  readonly rules: ProfileRule[];
  readonly includes: IncludeView[];
  readonly children: ProfileView[];
  readonly variables: VariableView[];
  readonly booleans: BooleanView[];
  readonly aliases: AliasView[];
  abi: FileView["abi"];
}

/** The typed view of a policy file: parsed, and every part in its place. Never throws; broken parts are left out. */
export function viewFile(path: string, text: string): FileView {
  return viewTree(path, parse(text));
}

/** The typed view of a file that is parsed already. */
export function viewTree(path: string, tree: SyntaxTree, known: KnownBody | null = null): FileView {
  const found = emptyGathered();
  gather(tree, tree.root, [], found, known);
  const { abi, includes, variables, booleans, aliases, children: profiles, rules: looseRules } = found;
  return { path, tree, abi, includes, variables, booleans, aliases, profiles, looseRules };
}

/**
 * What `viewFile` gives for a changed text, made of the view of the text before: of a long profile only what the change
 * touched is read again. Rules and profiles before the change are the same objects as before, rules behind it keep their
 * values.
 */
export function viewFileAgain(old: FileView, text: string): FileView {
  const { tree, kept } = reparse(old.tree, text);
  if (kept === null) return viewTree(old.path, tree);
  const profile = old.profiles.find(({ body }) => body === kept.from);
  return viewTree(old.path, tree, profile === undefined ? null : knownBody(old, profile, kept));
}

/** A body of which most is as it was, and the rules that it held before. */
interface KnownBody extends KeptItems {
  readonly rules: readonly ProfileRule[];
  /** Profiles of the file before, and those in the body, by their nodes. */
  readonly profiles: ReadonlyMap<SyntaxNode, ProfileView>;
}

function knownBody(old: FileView, { rules, children }: ProfileView, kept: KeptItems): KnownBody {
  return { ...kept, rules, profiles: new Map([...old.profiles, ...children].map((each) => [each.node, each])) };
}

function emptyGathered(): Gathered {
  return { rules: [], includes: [], children: [], variables: [], booleans: [], aliases: [], abi: null };
}

/** Walks what stands in a file, a body or a block, down into blocks and conditionals, not into profiles. */
function gather(
  tree: SyntaxTree,
  parent: SyntaxNode,
  within: readonly SyntaxNode[],
  found: Gathered,
  known: KnownBody | null = null,
): void {
  if (parent === known?.to) {
    gatherKnown(tree, known, found);
    return;
  }
  for (const child of parent.children) {
    if (isNode(child)) gatherNode(tree, child, within, found, known);
  }
}

/** Walks a body of which most is known: its rules are not read again. */
function gatherKnown(tree: SyntaxTree, known: KnownBody, found: Gathered): void {
  const { from, to, before, after, rules } = known;
  const within: readonly SyntaxNode[] = [];
  const touchedEnd = to.children.length - after;
  const shift = from.children.length - to.children.length;
  let next = 0;
  for (let at = 0; at < to.children.length; at++) {
    const child = to.children[at];
    if (child === undefined || !isNode(child)) continue;
    const old = at < before ? child : at < touchedEnd ? undefined : from.children[at + shift];
    const reached = old?.start ?? 0;
    while ((rules[next]?.rule.node.start ?? reached) < reached) next++;
    const rule = rules[next];
    if (old === undefined || rule?.rule.node !== old) gatherNode(tree, child, within, found, known);
    else found.rules.push(child === old ? rule : { rule: { node: child, value: rule.rule.value }, within });
  }
}

function gatherNode(
  tree: SyntaxTree,
  node: SyntaxNode,
  within: readonly SyntaxNode[],
  found: Gathered,
  known: KnownBody | null = null,
): void {
  const { kind } = node;
  if (isRuleNode(node)) found.rules.push({ rule: readRule(tree, node), within });
  else if (kind === "include") found.includes.push(readInclude(tree, node, within));
  else if (kind === "profile" || kind === "hat")
    found.children.push(known?.profiles.get(node) ?? viewProfile(tree, node, within, known));
  else if (kind === "abi") found.abi ??= viewAbi(tree, node);
  else if (kind === "variable-assignment") found.variables.push({ node, ...readAssignment(tree, node) });
  else if (kind === "boolean-assignment") found.booleans.push(viewBoolean(tree, node));
  else if (kind === "alias") found.aliases.push(viewAlias(tree, node));
  else if (kind === "conditional-branch" || kind === "qualified-block") gather(tree, node, [...within, node], found);
  else if (kind === "conditional" || kind === "body") gather(tree, node, within, found);
}

function tokenText(tree: SyntaxTree, node: SyntaxNode, role: Parameters<typeof tokenWithRole>[1]): string | null {
  const token = tokenWithRole(node, role);
  return token === undefined ? null : unquoted(textOf(tree, token));
}

/** The path of an include or abi as written: `<…>` names a file of the include folders. */
export function readFileReference(
  tree: SyntaxTree,
  node: SyntaxNode,
): { readonly path: string; readonly magic: boolean } {
  const token = tokenWithRole(node, "path");
  const written = token === undefined ? "" : textOf(tree, token);
  if (!written.startsWith("<")) return { path: unquoted(written), magic: false };
  return { path: unquoted(written.slice(1, -1).trim()), magic: true };
}

/** The typed view of an include. */
export function readInclude(tree: SyntaxTree, node: SyntaxNode, within: readonly SyntaxNode[] = []): IncludeView {
  const ifExists = tokensWithRole(node, "keyword").some((token) => textOf(tree, token) === "exists");
  return { node, ...readFileReference(tree, node), ifExists, within };
}

function viewAbi(tree: SyntaxTree, node: SyntaxNode): FileView["abi"] {
  return { node, ...readFileReference(tree, node) };
}

/** An assignment to a variable or boolean: name, operator, and the values of a variable. */
export function readAssignment(
  tree: SyntaxTree,
  node: SyntaxNode,
): { readonly name: string; readonly operator: VariableView["operator"]; readonly values: readonly string[] } {
  const operator = tokenText(tree, node, "operator");
  return {
    name: variableName(tokenText(tree, node, "name") ?? ""),
    operator: operator === "+=" || operator === "?=" || operator === ":=" ? operator : "=",
    values: tokensWithRole(node, "value").map((token) => unquoted(textOf(tree, token))),
  };
}

/** `NAME` of `@{NAME}`, `@NAME`, `${NAME}` or `$NAME`. */
function variableName(written: string): string {
  return written.replace(/^[@$]\{?/u, "").replace(/\}$/u, "");
}

function viewBoolean(tree: SyntaxTree, node: SyntaxNode): BooleanView {
  const value = tokenText(tree, node, "value");
  return { node, name: variableName(tokenText(tree, node, "name") ?? ""), value: value?.toLowerCase() === "true" };
}

function viewAlias(tree: SyntaxTree, node: SyntaxNode): AliasView {
  return { node, from: tokenText(tree, node, "source") ?? "", to: tokenText(tree, node, "target") ?? "" };
}

function viewProfile(
  tree: SyntaxTree,
  node: SyntaxNode,
  within: readonly SyntaxNode[],
  known: KnownBody | null,
): ProfileView {
  const body = childOfKind(node, "body");
  const found = emptyGathered();
  if (body !== undefined) gather(tree, body, [], found, known);
  const keyword = tokenWithRole(node, "keyword");
  const name = tokenText(tree, node, "name") ?? "";
  return {
    node,
    within,
    body,
    form: node.kind === "hat" ? "hat" : "profile",
    keyword: keyword !== undefined && textOf(tree, keyword) !== "^",
    name,
    attachment: tokenText(tree, node, "attachment") ?? (isPath(name) ? name : null),
    flags: flagsOf(tree, node),
    xattrs: xattrsOf(tree, node),
    rules: found.rules,
    includes: found.includes,
    children: found.children,
  };
}

function isPath(name: string): boolean {
  return name.startsWith("/") || name.startsWith("@{");
}

function flagsOf(tree: SyntaxTree, node: SyntaxNode): string[] {
  const flags = childOfKind(node, "flags");
  return flags === undefined ? [] : tokensWithRole(flags, "flag").map((token) => unquoted(textOf(tree, token)));
}

function xattrsOf(tree: SyntaxTree, node: SyntaxNode): string[] {
  const xattrs = childOfKind(node, "xattrs");
  if (xattrs === undefined) return [];
  return xattrs.children.filter(isNode).map((condition) => textOf(tree, condition));
}
