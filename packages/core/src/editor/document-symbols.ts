import type { FileView, ProfileView } from "../design/index.ts";
import type { TextRange } from "../text/index.ts";
import { LineIndex } from "../text/index.ts";
import { sayHead, sayVariable } from "../words/index.ts";
import { type LspRange, toLspRange } from "./lsp.ts";

/** How many rules of one kind a profile holds itself, its children's not counted. */
export interface RuleCount {
  /** `file`, `capability`, … and `include`. */
  readonly kind: string;
  readonly count: number;
  /** The first of them, to go to. */
  readonly first: TextRange;
}

/** A profile or hat in the outline of a file. */
export interface OutlineItem {
  readonly profile: ProfileView;
  readonly name: string;
  readonly form: "profile" | "hat";
  readonly range: TextRange;
  /** Whom it confines and how strictly, in a sentence or two. */
  readonly words: string;
  readonly rules: readonly RuleCount[];
  readonly children: readonly OutlineItem[];
}

/** What a file holds: its profiles, hats and their rules counted by kind, in the order of the text. */
export function outline(file: FileView): readonly OutlineItem[] {
  return file.profiles.map((profile) => itemOf(profile, null));
}

function itemOf(profile: ProfileView, parent: ProfileView | null): OutlineItem {
  const counts = new Map<string, { count: number; first: TextRange }>();
  const add = (kind: string, range: TextRange) => {
    const known = counts.get(kind);
    if (known === undefined) counts.set(kind, { count: 1, first: { start: range.start, end: range.end } });
    else known.count++;
  };
  for (const include of profile.includes) add("include", include.node);
  for (const { rule } of profile.rules) add(rule.value.kind, rule.node);
  return {
    profile,
    name: profile.name,
    form: profile.form,
    range: { start: profile.node.start, end: profile.node.end },
    words: sayHead(profile, parent).lead,
    rules: [...counts].map(([kind, { count, first }]) => ({ kind, count, first })),
    children: profile.children.map((child) => itemOf(child, profile)),
  };
}

/** An element of the protocol's outline. Kind 5 is a class (profile), 6 a method (hat), 13 a variable. */
export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 5 | 6 | 13;
  readonly range: LspRange;
  readonly selectionRange: LspRange;
  readonly children: readonly DocumentSymbol[];
}

/** The outline in the protocol's shape: variables of the preamble, then profiles with their hats and children. */
export function documentSymbols(file: FileView): DocumentSymbol[] {
  const lines = new LineIndex(file.tree.text);
  const variables = file.variables.map((variable): DocumentSymbol => {
    const range = toLspRange(lines, variable.node);
    return {
      name: `@{${variable.name}}`,
      detail: sayVariable(variable).replaceAll("`", ""),
      kind: 13,
      range,
      selectionRange: range,
      children: [],
    };
  });
  return [...variables, ...outline(file).map((item) => symbolOf(item, lines))];
}

/** How many rules of each kind: 12 file rules, 2 includes. */
function countWords(rules: readonly RuleCount[]): string {
  const said = rules.map(({ kind, count }) => {
    const noun = kind === "include" ? "include" : `${kind} rule`;
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
  });
  return said.length === 0 ? "" : `${said.join(", ")}.`;
}

function symbolOf(item: OutlineItem, lines: LineIndex): DocumentSymbol {
  const head = { start: item.range.start, end: item.profile.body?.start ?? item.range.end };
  return {
    name: item.name === "" ? "(no name)" : item.name,
    detail: [item.words.replaceAll("`", ""), countWords(item.rules)].filter((part) => part !== "").join(" "),
    kind: item.form === "hat" ? 6 : 5,
    range: toLspRange(lines, item.range),
    selectionRange: toLspRange(lines, head),
    children: item.children.map((child) => symbolOf(child, lines)),
  };
}
