import { checkDesign, configPath, viewFile, type DesignFile, type FileView } from "../design/index.ts";
import {
  eolAt,
  indentAt,
  removeAlias,
  removeBoolean,
  removeInclude,
  removeRules,
  removeVariable,
  setAbi,
  type EditOutcome,
} from "../edit/index.ts";
import { isNode } from "../syntax/index.ts";
import { applyEdits, LineIndex } from "../text/index.ts";
import { code } from "../words/index.ts";
import type { AnchorPlace } from "./anchor-place.ts";
import { partsOf, type FileParts, type Part, type PartView } from "./parts.ts";

/** What applying a suggestion comes to: the edits with their name in the history, or the reason why not, for the person. */
export type SuggestionOutcome = EditOutcome;

/**
 * The edits that put a suggestion in the place of what an anchor is about, in the files where the anchor counts now (follow it
 * there first). An empty suggestion takes it away. Refused where the text there is another one by now, where the suggestion is
 * no list of rules, and where the file would read or be checked worse than before.
 */
export function applySuggestion(
  files: readonly DesignFile[],
  place: AnchorPlace,
  suggestion: string,
): SuggestionOutcome {
  const file = files.find(({ path }) => path === place.file);
  if (file === undefined) return refuse(`the file ${code(place.file)} is gone; nothing can be put into it`);
  const view = viewFile(file.path, file.text);
  const parts = partsOf(view);
  const found = partAt(parts, place);
  if (typeof found === "string") return refuse(found);
  const outcome = suggestion.trim() === "" ? removal(view, found.part.view) : replacement(view, found, suggestion);
  if (!outcome.ok) return outcome;
  const [edit] = outcome.edits;
  if (edit === undefined) return refuse("the rule says so already");
  const worse = worsened(files, parts, found.part, applyEdits(file.text, edit.edits));
  return worse === null ? outcome : refuse(worse);
}

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

/** A part with where it stands: in a profile, or in the file itself. */
export interface FoundPart {
  readonly part: Part;
  readonly inProfile: boolean;
}

/** What an anchor is about, where no rule of another text stands there; otherwise the reason, for the person. */
export function partAt(file: FileParts, { start, end, text }: AnchorPlace): FoundPart | string {
  const now = file.view.tree.text.slice(start, end);
  // A long text is cut in its anchor.
  if (text === "" || !now.startsWith(text)) {
    return "the rule has been changed since this was suggested; look at it as it stands now";
  }
  const fits = ({ range }: Part): boolean => range.start === start && range.end === end;
  const own = file.parts.find(fits);
  if (own !== undefined) return { part: own, inProfile: false };
  const part = file.profiles.flatMap(({ parts }) => parts).find(fits);
  if (part !== undefined) return { part, inProfile: true };
  return file.profiles.some(({ head }) => head.start === start)
    ? "this is the head of a profile, which no suggestion changes; change it in the profile itself"
    : "no rule stands at this place any longer";
}

function removal(view: FileView, part: PartView): EditOutcome {
  switch (part.subject) {
    case "rule":
      return removeRules(view, [part.placed.rule]);
    case "include":
      return removeInclude(view, part.include);
    case "abi":
      return setAbi(view, null);
    case "variable":
      return removeVariable(view, part.variable);
    case "boolean":
      return removeBoolean(view, part.boolean);
    case "alias":
      return removeAlias(view, part.alias);
  }
}

function withoutEmptyEnds(text: string): string {
  return text
    .replace(/^\uFEFF/u, "")
    .replace(/^(?:[ \t]*\r?\n)+/u, "")
    .trimEnd();
}

/** The suggestion in the place of the part: its further lines are indented as the part is, and end as the file's do. */
export function replacement(view: FileView, { part, inProfile }: FoundPart, written: string): EditOutcome {
  const suggestion = withoutEmptyEnds(written);
  const problem = listProblem(suggestion, inProfile);
  if (problem !== null) return refuse(problem);
  const { text } = view.tree;
  const { range } = part;
  const indent = indentAt(text, range.start);
  const lines = withoutIndent(suggestion.split(/\r?\n/u));
  const newText = lines
    .map((line, at) => (at === 0 || line === "" ? line : `${indent}${line}`))
    .join(eolAt(text, range.start));
  const was = text.slice(range.start, range.end);
  if (newText === was) return refuse("the rule says so already");
  return {
    ok: true,
    label: `apply the suggestion for ${code(was.replaceAll(/\s+/gu, " "))}`,
    edits: [{ path: view.path, edits: [{ range, newText }] }],
    touched: { path: view.path, range: { start: range.start, end: range.start + newText.length } },
  };
}

/** The lines without what all of them are indented by. */
function withoutIndent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^[ \t]*/u.exec(line)?.[0].length ?? 0);
  const shared = Math.min(...indents);
  return lines.map((line) => line.slice(shared).trimEnd());
}

/** Why a text is no list of rules (outside of a profile: of settings and rules); null where it is one. */
function listProblem(suggestion: string, inProfile: boolean): string | null {
  const head = "profile suggestion {\n";
  const text = inProfile ? `${head}${suggestion}\n}` : suggestion;
  const { tree, profiles } = viewFile("suggestion", text);
  const [error] = tree.errors;
  const [only] = tree.root.children.filter(isNode);
  const whole = !inProfile || (only?.kind === "profile" && only.end === text.length);
  if (error !== undefined && (whole || error.start < text.length - 1)) {
    const line = new LineIndex(text).positionAt(error.start).line - (inProfile ? 1 : 0);
    return `the suggestion can't be read in its line ${Math.min(line, suggestion.split("\n").length)}: ${error.message}`;
  }
  if (!whole) return "the suggestion closes the profile; only rules can be suggested";
  const children = inProfile ? (profiles[0]?.children ?? []) : profiles;
  return children.length === 0 ? null : "the suggestion holds a profile; only rules can be suggested";
}

/** Why the file is worse with the new text: it no longer reads, other rules are touched, or a parser would refuse it. */
function worsened(files: readonly DesignFile[], before: FileParts, part: Part, text: string): string | null {
  const view = viewFile(before.path, text);
  const [error] = view.tree.errors;
  if (error !== undefined && view.tree.errors.length > before.view.tree.errors.length) {
    const { line } = new LineIndex(text).positionAt(error.start);
    return `it would break the file: line ${line} can't be read then (${error.message})`;
  }
  if (!keepsRest(keysOf(before), keysOf(partsOf(view)), part.range.start)) {
    return "it would change more than the rule that it is about";
  }
  const design = files
    .filter(({ path }) => path !== configPath)
    .map((file) => (file.path === before.path ? before.view : viewFile(file.path, file.text)));
  const known = new Set(checkDesign(design).map(problemKey));
  const problem = checkDesign(design.map((file) => (file.path === view.path ? view : file))).find(
    (each) => !known.has(problemKey(each)),
  );
  return problem === undefined ? null : `no parser would accept it: ${problem.message}`;
}

function problemKey({ path, code: id, message }: { path: string; code: string; message: string }): string {
  return `${path}\n${id}\n${message}`;
}

interface KeyedPart {
  readonly start: number;
  readonly key: string;
}

/** Everything of a file by what it says, in the order of the text, heads of profiles too. */
function keysOf({ parts, profiles }: FileParts): readonly KeyedPart[] {
  return [
    ...parts.map(({ range, key }) => ({ start: range.start, key: `\n${key}` })),
    ...profiles.flatMap((profile) => [
      { start: profile.head.start, key: `head ${profile.name}` },
      ...profile.parts.map(({ range, key }) => ({ start: range.start, key: `${profile.name}\n${key}` })),
    ]),
  ].toSorted((one, other) => one.start - other.start);
}

/** True where all before and behind the part that begins at a place is as it was. */
function keepsRest(before: readonly KeyedPart[], after: readonly KeyedPart[], place: number): boolean {
  const at = before.findIndex(({ start }) => start === place);
  const behind = before.length - at - 1;
  return (
    after.length >= at + behind &&
    before.slice(0, at).every(({ key }, index) => after[index]?.key === key) &&
    before.slice(at + 1).every(({ key }, index) => after[after.length - behind + index]?.key === key)
  );
}
