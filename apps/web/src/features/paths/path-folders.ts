import type { PathFacts, PathRules } from "./path-rules.ts";

/** A line of the table: a rule, or a folder that several rules lie in. */
export type TableLine =
  | { readonly kind: "rule"; readonly number: number; readonly level: number; readonly cut: number }
  | FolderLine;

/** A folder with the rules in it and below it. */
export interface FolderLine {
  readonly kind: "folder";
  /** The whole path, with a slash at its end: tells folders apart. */
  readonly path: string;
  /** How much of the path the folders above say already. */
  readonly cut: number;
  readonly level: number;
  /** Rules in it and below it. */
  readonly count: number;
  readonly folded: boolean;
  /** The rules from above whose `**` takes all of it in, nearest first. */
  readonly reach: readonly number[];
}

/** The lines of a table; those of a plain list are made when they come into sight. */
export interface TableLines {
  readonly count: number;
  readonly at: (index: number) => TableLine | undefined;
  /** Where a rule stands, or -1. */
  readonly indexOf: (number: number) => number;
}

/** The rules one below the other. */
export function plainLines(numbers: readonly number[]): TableLines {
  let places: ReadonlyMap<number, number> | null = null;
  return {
    count: numbers.length,
    at(index) {
      const number = numbers[index];
      return number === undefined ? undefined : { kind: "rule", number, level: 1, cut: 0 };
    },
    indexOf(number) {
      if (numbers[number] === number) return number;
      places ??= new Map(numbers.map((each, index) => [each, index]));
      return places.get(number) ?? -1;
    },
  };
}

interface Folder {
  readonly path: string;
  readonly folders: Map<string, Folder>;
  readonly rules: number[];
  count: number;
}

/** A path in its steps, each with its slash: a slash within braces or brackets ends none. */
export function pathSteps(path: string): string[] {
  const steps: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < path.length; at++) {
    const letter = path[at];
    if (letter === "\\") at += 1;
    else if (letter === "{" || letter === "[") depth += 1;
    else if (letter === "}" || letter === "]") depth = Math.max(0, depth - 1);
    else if (letter === "/" && depth === 0) {
      steps.push(path.slice(from, at + 1));
      from = at + 1;
    }
  }
  if (from < path.length) steps.push(path.slice(from));
  return steps;
}

const everythingBelow = new Set(["**", "{,**}", "{**,}", "**{,/}"]);

/** The folder whose whole content a path means, or null. */
function wholeFolder(path: string): string | null {
  const steps = pathSteps(path);
  const last = steps.at(-1);
  return last !== undefined && everythingBelow.has(last) ? steps.slice(0, -1).join("") : null;
}

/** The rules grouped by the folders that they lie in; a folder with one rule is no folder. */
export function folderLines(rules: PathRules, numbers: readonly number[], folded: ReadonlySet<string>): TableLines {
  const root: Folder = { path: "", folders: new Map(), rules: [], count: 0 };
  for (const number of numbers) place(root, rules.facts(number), number);
  const lines: TableLine[] = [];
  const walk = (folder: Folder, level: number, cut: number, above: readonly number[], globs: Globs) => {
    const own = globs.get(folder.path);
    const below = own === undefined ? above : [...own, ...above];
    for (const child of folder.folders.values()) {
      const single = onlyRule(child);
      if (single !== null) lines.push({ kind: "rule", number: single, level, cut });
      else walkFolder(child, level, cut, below, globs);
    }
    for (const number of folder.rules) lines.push({ kind: "rule", number, level, cut });
  };
  const walkFolder = (folder: Folder, level: number, cut: number, above: readonly number[], globs: Globs) => {
    let inner = folder;
    let reach = above;
    // A folder that holds but another one is one step with it.
    while (inner.rules.length === 0 && inner.folders.size === 1) {
      const [only] = inner.folders.values();
      if (only === undefined) break;
      reach = [...(globs.get(inner.path) ?? []), ...reach];
      inner = only;
    }
    const isFolded = folded.has(inner.path);
    const { path, count } = inner;
    lines.push({ kind: "folder", path, cut, level, count, folded: isFolded, reach });
    if (!isFolded) walk(inner, level + 1, path.length, reach, globs);
  };
  walk(root, 1, 0, [], globsOf(rules));
  const places = new Map(lines.flatMap((line, index) => (line.kind === "rule" ? [[line.number, index] as const] : [])));
  return { count: lines.length, at: (index) => lines[index], indexOf: (number) => places.get(number) ?? -1 };
}

type Globs = ReadonlyMap<string, readonly number[]>;

/** The rules that mean all of a folder, by the folder. */
function globsOf(rules: PathRules): Globs {
  const globs = new Map<string, number[]>();
  for (const number of rules.numbers) {
    const path = rules.facts(number)?.value.path;
    const folder = path === undefined || path === null || !path.includes("**") ? null : wholeFolder(path);
    if (folder === null) continue;
    const known = globs.get(folder);
    if (known === undefined) globs.set(folder, [number]);
    else known.push(number);
  }
  return globs;
}

function place(root: Folder, facts: PathFacts | undefined, number: number): void {
  const path = facts?.value.path ?? "";
  let at = root;
  at.count += 1;
  for (const step of pathSteps(path).slice(0, -1)) {
    let next = at.folders.get(step);
    if (next === undefined) {
      next = { path: at.path + step, folders: new Map(), rules: [], count: 0 };
      at.folders.set(step, next);
    }
    next.count += 1;
    at = next;
  }
  at.rules.push(number);
}

/** The rule of a folder that holds no other, else null. */
function onlyRule(folder: Folder): number | null {
  if (folder.count !== 1) return null;
  let at: Folder | undefined = folder;
  while (at !== undefined && at.rules.length === 0) [at] = at.folders.values();
  return at?.rules[0] ?? null;
}
