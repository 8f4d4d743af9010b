import { assignVariable, type FileView, includesOf, type IncludeView } from "../design/index.ts";
import { variablesIn } from "../rules/index.ts";
import { knownValues } from "../vocabulary/index.ts";
import { valuesByName, type VariableValues } from "../words/index.ts";
import { includesBring } from "./include-brings.ts";
import { installedPath, policyFiles, resolveAmong, type PolicyFiles } from "./policy-files.ts";
import type { PolicyTree } from "./policy-tree.ts";

/** What the preamble of a file comes to, with all that it includes. */
export interface Preamble {
  /** The values of each variable, as written; null where some file that may set more is not known. */
  readonly variables: ReadonlyMap<string, readonly string[]> | null;
  /** An alias stands somewhere: paths of rules then hold elsewhere too. Also true where that can't be known. */
  readonly mayAlias: boolean;
}

/** Deeper than any tunables include one another. */
const deepest = 20;

/** Reads the preamble of a file over the design and what a target brings. */
export function preambleOf(file: FileView, design: readonly FileView[], policy: PolicyTree | null): Preamble {
  const reader = new PreambleReader(policyFiles(design.includes(file) ? design : [...design, file], policy));
  reader.read(file, 0);
  return {
    variables: reader.whole ? reader.variables : null,
    // What machines do not set themselves is rare, and tunables without it are the rule.
    mayAlias: reader.alias,
  };
}

/** What was found for files, for as long as the files around them are the same. */
const valuesKnown = new WeakMap<PolicyFiles, WeakMap<FileView, VariableValues>>();

/**
 * What variables stand for in a file, as far as files at hand set them: its own preamble with what that includes, and where
 * it holds pieces of profiles, whatever they stand for in the files that include it. To weigh a rule by the gravest of its
 * values; that others may be unknown is no hindrance. Remembered for the same `files` and view.
 */
export function valuesIn(file: FileView, files: PolicyFiles): VariableValues {
  const remembered = valuesKnown.get(files) ?? new WeakMap<FileView, VariableValues>();
  valuesKnown.set(files, remembered);
  const known = remembered.get(file);
  if (known !== undefined) return known;
  const set = new Map<string, readonly string[]>();
  for (const each of [file, ...includersOf(file, files)])
    for (const [name, values] of preambleValues(each, files)) set.set(name, [...(set.get(name) ?? []), ...values]);
  const values = valuesByName(set);
  remembered.set(file, values);
  return values;
}

function preambleValues(file: FileView, files: PolicyFiles): ReadonlyMap<string, readonly string[]> {
  const reader = new PreambleReader(files, knownValues);
  reader.read(file, 0);
  return reader.variables;
}

/** The files with profiles of the design that include a file of rules without a profile. */
function includersOf(file: FileView, files: PolicyFiles): readonly FileView[] {
  if (file.looseRules.length === 0) return [];
  const path = installedPath(file);
  return files.design.filter(
    (other) =>
      other.profiles.length > 0 &&
      other.path !== file.path &&
      includesBring(includesOf(other), files).files.some((brought) => brought.path === path),
  );
}

class PreambleReader {
  readonly variables = new Map<string, readonly string[]>();
  whole = true;
  alias = false;
  readonly #files: PolicyFiles;
  readonly #read = new Set<string>();
  readonly #base: ((name: string) => readonly string[]) | undefined;

  /** `base`: what a name stands for before the first file that sets it. */
  constructor(files: PolicyFiles, base?: (name: string) => readonly string[]) {
    this.#files = files;
    this.#base = base;
  }

  read(file: FileView, depth: number): void {
    if (depth > deepest) {
      this.whole = false;
      return;
    }
    if (file.aliases.length > 0) this.alias = true;
    const items: { readonly at: number; readonly take: () => void }[] = [
      ...file.includes.map((include) => ({ at: include.node.start, take: () => this.#include(include, depth) })),
      ...file.variables.map((variable) => ({
        at: variable.node.start,
        take: () => assignVariable(this.variables, variable, this.#base),
      })),
    ];
    for (const { take } of items.toSorted((a, b) => a.at - b.at)) take();
  }

  #include(include: IncludeView, depth: number): void {
    const { standing, paths } = resolveAmong(include, this.#files);
    // Of a target's folders only the files are known: one in which nothing lies sets nothing.
    const isEmptyFolder = standing === "unknown" && include.magic && this.#files.tree !== null;
    if (standing !== "found" && standing !== "absent" && !isEmptyFolder) this.whole = false;
    for (const path of paths) {
      if (this.#read.has(path)) continue;
      this.#read.add(path);
      const found = this.#files.file(path);
      if (found === null) this.whole = false;
      else this.read(found.view, depth + 1);
    }
  }
}

/** More spellings than this are not worth the time. */
const mostSpellings = 64;

/** A path with the values of its variables put in, as every combination; null where one is unknown or there are too many. */
export function spellings(path: string, variables: ReadonlyMap<string, readonly string[]> | null): string[] | null {
  let open = [path];
  for (let round = 0; round < 8; round += 1) {
    const next: string[] = [];
    let changed = false;
    for (const each of open) {
      const [first] = variablesIn(each);
      if (first === undefined) {
        next.push(each);
        continue;
      }
      const values = variables?.get(first.name);
      if (values === undefined) return null;
      changed = true;
      const behind = each.slice(first.at + first.name.length + 3);
      for (const value of values) next.push(each.slice(0, first.at) + value + behind);
      if (next.length > mostSpellings) return null;
    }
    open = next;
    if (!changed) return open.some((each) => each.includes("@{")) ? null : open;
  }
  return null;
}

/**
 * A path as parsers write it with the values of its variables: one value in its place, several as `{a,b}`, where a `/` that stands twice is left
 * out of the values. Null where one is unknown or can't be part of `{…}`.
 */
export function alternation(path: string, variables: ReadonlyMap<string, readonly string[]> | null): string | null {
  let text = path;
  for (let round = 0; round < 16; round += 1) {
    const [first] = variablesIn(text);
    if (first === undefined) return text.includes("@{") || text.length > longestText ? null : text;
    const values = variables?.get(first.name);
    if (values === undefined || values.length === 0) return null;
    const before = text.slice(0, first.at);
    const behind = text.slice(first.at + first.name.length + 3);
    const [only = ""] = values;
    if (values.length === 1) text = before + only + behind;
    else {
      if (values.some((value) => /^[^{]*,/u.test(value))) return null;
      const trimmed = values.map((value) => {
        const tail = before.endsWith("/") ? value.replace(/^\//u, "") : value;
        return behind.startsWith("/") ? tail.replace(/\/$/u, "") : tail;
      });
      text = `${before}{${trimmed.join(",")}}${behind}`;
    }
  }
  return null;
}

/** Longer than any pattern that is compared. */
const longestText = 4000;
