import type { FileView } from "../design/index.ts";
import type { TextRange } from "../text/index.ts";
import type { PolicyFile } from "./policy-files.ts";

const uses = new WeakMap<FileView, ReadonlyMap<string, readonly TextRange[]>>();

/**
 * Every place of a file that names a variable, by the variable's name, in the order of the text; comments and the names that
 * assignments set are left out. Remembered for the view. Cost: linear in the text.
 */
export function variablePlaces(view: FileView): ReadonlyMap<string, readonly TextRange[]> {
  const known = uses.get(view);
  if (known !== undefined) return known;
  const { text } = view.tree;
  const set = new Set(view.variables.map(({ node }) => node.start));
  const found = new Map<string, TextRange[]>();
  for (const match of text.matchAll(/@\{([A-Za-z][A-Za-z0-9_]*)\}/gu)) {
    const { index } = match;
    const name = match[1] ?? "";
    if (set.has(index) || isInComment(text, index)) continue;
    const ranges = found.get(name) ?? [];
    found.set(name, ranges);
    ranges.push({ start: index, end: index + match[0].length });
  }
  uses.set(view, found);
  return found;
}

/** A `#` begins a comment at the start of a line or after a blank; `#include` is a word of the language. */
function isInComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", at) + 1, at);
  return /(?:^|\s)#(?!include\b)/u.test(line);
}

/** A variable as a file has it: set in its preamble, in files of the design, or in those of the target. */
export interface KnownVariableValues {
  readonly name: string;
  /** All that is set and added, in the order of reading. */
  readonly values: readonly string[];
  /** Each assignment: where, and how. */
  readonly set: readonly {
    readonly path: string;
    readonly origin: "design" | "target";
    readonly operator: "=" | "+=" | "?=" | ":=";
    readonly values: readonly string[];
    readonly start: number;
  }[];
}

/** The variables of some files, by name, in the order of their first assignment. */
export function variableValues(files: readonly PolicyFile[]): KnownVariableValues[] {
  const found = new Map<string, { values: string[]; set: KnownVariableValues["set"][number][] }>();
  for (const { path, origin, view } of files) {
    for (const { name, operator, values, node } of view.variables) {
      const known = found.get(name) ?? { values: [], set: [] };
      found.set(name, known);
      known.values.push(...values);
      known.set.push({ path, origin, operator, values, start: node.start });
    }
  }
  return [...found].map(([name, { values, set }]) => ({ name, values, set }));
}
