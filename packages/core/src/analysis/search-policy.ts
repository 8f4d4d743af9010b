import { allRules, type FileView, type ProfileRule } from "../design/index.ts";
import { patternsOf, type RuleValue } from "../rules/index.ts";
import type { RuleKindName } from "../syntax/index.ts";
import { globTest } from "./glob-match.ts";

/** What is looked for. Empty text with a kind finds every rule of it. */
export interface SearchQuestion {
  /** `text`: letters anywhere, upper and lower case alike. `path`: rules whose globs fit the path. */
  readonly by: "text" | "path";
  readonly text: string;
  /** Only rules of this kind; null for everything that stands in a file. */
  readonly kind: RuleKindName | null;
}

/** A file to look through. */
export interface SearchedFile {
  /** A file of the design by its path there, one of the target by its path below `/etc/apparmor.d`. */
  readonly path: string;
  readonly origin: "design" | "target";
  /** Read when its turn comes. */
  readonly read: () => FileView;
}

/** A place that fits: a rule, or a line where the text stands in none. */
export interface SearchHit {
  readonly start: number;
  readonly end: number;
  /** The rule, for its words. */
  readonly placed: ProfileRule | null;
}

/** The places of one file that fit. */
export interface FileHits {
  readonly file: SearchedFile;
  readonly view: FileView;
  readonly hits: readonly SearchHit[];
}

/** The longest text that is looked for. */
const longest = 500;

/**
 * Looks through files, one answer for each that has something that fits: who asks may stop or rest between them. `variables`
 * are those of the design and the target, for globs. Cost of a file: linear in its text and rules.
 */
export function* searchPolicy(
  question: SearchQuestion,
  files: readonly SearchedFile[],
  variables: ReadonlyMap<string, readonly string[]>,
): Generator<FileHits | null, void, undefined> {
  const text = question.text.trim().slice(0, longest);
  for (const file of files) {
    const view = file.read();
    const hits =
      question.by === "path" ? pathHits(view, text, question.kind, variables) : textHits(view, text, question.kind);
    yield hits.length === 0 ? null : { file, view, hits };
  }
}

function hitOf(placed: ProfileRule): SearchHit {
  const { start, end } = placed.rule.node;
  return { start, end, placed };
}

function ofKind(kind: RuleKindName | null): (placed: ProfileRule) => boolean {
  return ({ rule }) => kind === null || rule.value.kind === kind;
}

/** A path is looked for in what rules say of files; what a variable leaves open is not claimed to fit. */
function pathHits(
  view: FileView,
  path: string,
  kind: RuleKindName | null,
  variables: ReadonlyMap<string, readonly string[]>,
): SearchHit[] {
  if (!path.startsWith("/")) return [];
  const wanted = path.replaceAll(/\/{2,}/gu, "/");
  const fits = (placed: ProfileRule): boolean => {
    const { value, node } = placed.rule;
    if (isEveryFile(value)) return true;
    if (!aboutFiles.has(value.kind)) return false;
    return patternsOf(view.tree, node, value.kind).some(({ text }) => {
      if (!/^["/@{]/u.test(text)) return false;
      return globTest(text.replaceAll(/^"|"$/gu, ""), variables)?.(wanted) === true;
    });
  };
  return allRules(view)
    .filter(ofKind(kind))
    .filter(fits)
    .map(hitOf)
    .toSorted((a, b) => a.start - b.start);
}

/** Kinds whose globs are paths of files. */
const aboutFiles: ReadonlySet<string> = new Set([
  "file",
  "link",
  "mount",
  "remount",
  "umount",
  "pivot_root",
  "change_profile",
]);

function isEveryFile(value: RuleValue): boolean {
  return value.kind === "all" || (value.kind === "file" && value.path === null);
}

function textHits(view: FileView, text: string, kind: RuleKindName | null): SearchHit[] {
  const { text: all } = view.tree;
  const wanted = text.toLowerCase();
  if (wanted === "") return kind === null ? [] : allRules(view).filter(ofKind(kind)).map(hitOf);
  const lower = all.toLowerCase();
  // Letters that change their length in lower case would put every place behind them wrong.
  if (lower.length !== all.length) return [];
  const places: number[] = [];
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) places.push(at);
  if (places.length === 0) return [];
  const rules = allRules(view).toSorted((a, b) => a.rule.node.start - b.rule.node.start);
  const hits = new Map<number, SearchHit>();
  let next = 0;
  for (const at of places) {
    while ((rules[next]?.rule.node.end ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    const placed = rules[next];
    const inRule = placed !== undefined && placed.rule.node.start < at + wanted.length && at < placed.rule.node.end;
    if (kind !== null && !(inRule && placed.rule.value.kind === kind)) continue;
    const hit = inRule ? hitOf(placed) : lineAround(all, at);
    hits.set(hit.start, hit);
  }
  return [...hits.values()];
}

function lineAround(text: string, at: number): SearchHit {
  const start = at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  const line = text.slice(start, end === -1 ? text.length : end);
  const indent = line.length - line.trimStart().length;
  return { start: start + indent, end: start + line.trimEnd().length, placed: null };
}
