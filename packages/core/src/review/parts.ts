import {
  viewFile,
  type AliasView,
  type BooleanView,
  type DesignFile,
  type FileView,
  type IncludeView,
  type ProfileRule,
  type ProfileView,
  type VariableView,
  headOf,
} from "../design/index.ts";
import { writeRule, type RuleValue } from "../rules/index.ts";
import { isNode, type RuleKindName, type SyntaxNode, type SyntaxTree } from "../syntax/index.ts";
import { LineIndex, type TextRange } from "../text/index.ts";

/** What a part of a file is, with its typed view. */
export type PartView =
  | { readonly subject: "rule"; readonly placed: ProfileRule }
  | { readonly subject: "include"; readonly include: IncludeView }
  | { readonly subject: "abi"; readonly abi: NonNullable<FileView["abi"]> }
  | { readonly subject: "variable"; readonly variable: VariableView }
  | { readonly subject: "boolean"; readonly boolean: BooleanView }
  | { readonly subject: "alias"; readonly alias: AliasView };

/** A rule, include, variable … of a file, in its place. */
export interface Part {
  readonly view: PartView;
  readonly kind: RuleKindName | null;
  readonly range: TextRange;
  /** What it says, without layout, and under which conditions: parts of the same key say the same. */
  readonly key: string;
  /** The heads of the conditionals and blocks around it; empty where there are none. */
  readonly context: string;
  /** The text does not read there, so that the view may not hold all that it says. */
  readonly broken: boolean;
}

/** A profile, child or hat with the parts that stand directly in it. */
export interface ProfileParts {
  readonly file: FileParts;
  readonly profile: ProfileView;
  readonly parent: ProfileParts | null;
  /** `parent//child`. */
  readonly name: string;
  /** From its first word to its brace. */
  readonly head: TextRange;
  /** The heads of the conditionals and blocks around it. */
  readonly context: string;
  readonly parts: readonly Part[];
}

/** A policy file taken apart. */
export interface FileParts {
  readonly path: string;
  readonly view: FileView;
  readonly lines: LineIndex;
  /** What stands outside of any profile, in the order of the text. */
  readonly parts: readonly Part[];
  /** All profiles, each before those in it. */
  readonly profiles: readonly ProfileParts[];
}

const known = new WeakMap<DesignFile, FileParts>();

/** Reads a file of a revision and takes it apart; each once, as long as it is in use. */
export function readParts(file: DesignFile): FileParts {
  const parts = known.get(file) ?? partsOf(viewFile(file.path, file.text));
  known.set(file, parts);
  return parts;
}

/** Takes a file apart. */
export function partsOf(view: FileView): FileParts {
  const contexts = new Map<SyntaxNode, string>();
  putContexts(view.tree, view.tree.root, "", contexts);
  const contextOf = (node: SyntaxNode): string => contexts.get(node) ?? "";
  const parts = [
    ...(view.abi === null ? [] : [other(view, { subject: "abi", abi: view.abi }, view.abi.node, contextOf)]),
    ...view.variables.map((variable) => other(view, { subject: "variable", variable }, variable.node, contextOf)),
    ...view.booleans.map((boolean) => other(view, { subject: "boolean", boolean }, boolean.node, contextOf)),
    ...view.aliases.map((alias) => other(view, { subject: "alias", alias }, alias.node, contextOf)),
    ...ownParts(view, { rules: view.looseRules, includes: view.includes }, contextOf),
  ];
  const profiles: ProfileParts[] = [];
  const file: FileParts = {
    path: view.path,
    view,
    lines: new LineIndex(view.tree.text),
    parts: parts.toSorted((one, next) => one.range.start - next.range.start),
    profiles,
  };
  const add = (level: readonly ProfileView[], parent: ProfileParts | null): void => {
    for (const profile of level) {
      const { node, body, name } = profile;
      const found: ProfileParts = {
        file,
        profile,
        parent,
        name: parent === null ? name : `${parent.name}//${name}`,
        head: { start: node.start, end: body === undefined ? node.end : lastEnd(view.tree, node.start, body.start) },
        context: contextOf(node),
        parts: ownParts(view, profile, contextOf),
      };
      profiles.push(found);
      add(profile.children, found);
    }
  };
  add(view.profiles, null);
  return file;
}

/** Where the text before an offset ends, without the white space there. */
function lastEnd({ text }: SyntaxTree, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

function ownParts(
  view: FileView,
  { rules, includes }: Pick<ProfileView, "rules" | "includes">,
  contextOf: (node: SyntaxNode) => string,
): readonly Part[] {
  const found = [
    ...rules.map((placed) => rulePart(view, placed, contextOf(placed.rule.node))),
    ...includes.map((include) => other(view, { subject: "include", include }, include.node, contextOf)),
  ];
  return found.toSorted((one, next) => one.range.start - next.range.start);
}

function rulePart({ tree }: FileView, placed: ProfileRule, context: string): Part {
  const { node, value } = placed.rule;
  const broken = hasError(tree, node);
  // What a broken text says is not all in the value.
  const said = broken ? `broken ${plainText(tree, node)}` : writeRule(plainValue(value));
  return {
    view: { subject: "rule", placed },
    kind: value.kind,
    range: { start: node.start, end: node.end },
    key: `${context}\n${said}`,
    context,
    broken,
  };
}

function other({ tree }: FileView, view: PartView, node: SyntaxNode, contextOf: (node: SyntaxNode) => string): Part {
  const context = contextOf(node);
  const said =
    view.subject === "include" ? `include ${includeKey(view.include)}` : `${view.subject} ${plainText(tree, node)}`;
  const broken = hasError(tree, node);
  return { view, kind: null, range: { start: node.start, end: node.end }, key: `${context}\n${said}`, context, broken };
}

/** True where an error of the syntax touches a node. */
function hasError({ errors }: SyntaxTree, { start, end }: TextRange): boolean {
  return errors.some((error) => error.start <= end && start <= error.end);
}

function includeKey({ path, magic, ifExists }: IncludeView): string {
  return `${ifExists ? "if exists " : ""}${magic ? `<${path}>` : `"${path}"`}`;
}

/** The value without what means nothing: `allow`, the place of the permissions, the word `file`, the order of names. */
function plainValue(value: RuleValue): RuleValue {
  const { access } = value.qualifiers;
  const qualifiers = { ...value.qualifiers, access: access === "allow" ? null : access };
  if (value.kind === "file" && value.path !== null) {
    return { ...value, qualifiers, keyword: false, permissionsFirst: false };
  }
  if (value.kind === "capability") return { ...value, qualifiers, names: [...new Set(value.names)].toSorted() };
  return { ...value, qualifiers };
}

/** The text of a node, its tokens one blank apart and without comments. */
function plainText(tree: SyntaxTree, node: SyntaxNode): string {
  const words: string[] = [];
  const collect = (at: SyntaxNode): void => {
    for (const child of at.children) {
      if (isNode(child)) collect(child);
      else if (child.type !== "whitespace" && child.type !== "comment")
        words.push(tree.text.slice(child.start, child.end));
    }
  };
  collect(node);
  return words.join(" ");
}

/** Notes for what stands in conditionals and blocks the heads around it; an `else` holds by the heads before it too. */
function putContexts(tree: SyntaxTree, parent: SyntaxNode, around: string, contexts: Map<SyntaxNode, string>): void {
  let before = "";
  for (const child of parent.children) {
    if (!isNode(child)) continue;
    const { kind } = child;
    if (kind === "conditional-branch" || kind === "qualified-block") {
      before += `${headOf(tree, child)}; `;
      putContexts(tree, child, `${around}${before}`, contexts);
      if (kind === "qualified-block") before = "";
    } else if (kind === "profile" || kind === "hat") {
      if (around !== "") contexts.set(child, around);
      putContexts(tree, child, "", contexts);
    } else if (kind === "body" || kind === "conditional") putContexts(tree, child, around, contexts);
    else if (around !== "") contexts.set(child, around);
  }
}
