import { assignVariable, readAssignment } from "../design/index.ts";
import { variablesIn } from "../rules/index.ts";
import { isNode, type SyntaxTree } from "../syntax/index.ts";
import { knownValues } from "../vocabulary/index.ts";

/**
 * What variables stand for where a rule holds, by name, the shortest value first; values may name other variables. Made by
 * `valuesByName` alone, so that two of the same content are the same object.
 */
export type VariableValues = ReadonlyMap<string, readonly string[]>;

/** Those that were made, by their content: a keystroke elsewhere in a preamble leaves what is said of rules as it was. */
const met = new Map<string, VariableValues>();
let metLength = 0;
/** How much of their content is kept, in UTF-16 units. */
const mostMet = 4_000_000;

/** The values of some variables. */
export function valuesByName(set: Iterable<readonly [name: string, values: readonly string[]]>): VariableValues {
  const entries = [...set].map(([name, values]) => [name, [...new Set(values)].toSorted(byLength)] as const);
  const key = JSON.stringify(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  const known = met.get(key);
  if (known !== undefined) return known;
  const values = new Map(entries);
  if (metLength > mostMet) {
    met.clear();
    metLength = 0;
  }
  met.set(key, values);
  metLength += key.length;
  return values;
}

/** A short path is the wider one as a rule: where values are too many, it is not the one to leave out. */
function byLength(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}

/** No file is known that sets a variable: the well-known ones alone have values. */
export const noValues = valuesByName([]);

const ofTrees = new WeakMap<SyntaxTree, VariableValues>();

/** What the variables are that a file itself sets, whatever it includes. */
export function valuesOfTree(tree: SyntaxTree): VariableValues {
  const known = ofTrees.get(tree);
  if (known !== undefined) return known;
  const set = new Map<string, readonly string[]>();
  for (const node of tree.root.children)
    if (isNode(node) && node.kind === "variable-assignment")
      assignVariable(set, readAssignment(tree, node), knownValues);
  const values = valuesByName(set);
  ofTrees.set(tree, values);
  return values;
}

/** What is known of one variable: as it is set, else what everybody knows it for. */
export function valuesOfName(name: string, values: VariableValues): readonly string[] {
  return values.get(name) ?? knownValues(name);
}

const inValues = new WeakMap<VariableValues, Map<string, ReadonlySet<string>>>();

/** The variables that the values of one name. */
function namesInValues(name: string, values: VariableValues): ReadonlySet<string> {
  const known = inValues.get(values) ?? new Map<string, ReadonlySet<string>>();
  inValues.set(values, known);
  const before = known.get(name);
  if (before !== undefined) return before;
  const names = new Set(valuesOfName(name, values).flatMap((value) => variablesIn(value).map((use) => use.name)));
  known.set(name, names);
  return names;
}

/** The variables that a text names, and those that their values name in turn. */
export function namesBehind(text: string, values: VariableValues): ReadonlySet<string> {
  const names = new Set(variablesIn(text).map(({ name }) => name));
  // A set that grows is walked to its new end.
  for (const name of names) for (const inside of namesInValues(name, values)) names.add(inside);
  return names;
}

/** More ways to write one path are not looked at. */
const mostForms = 100;

/** Longer than any path that a rule may hold. */
const longestForm = 4000;

/**
 * The path as written, and with the values of its variables put in, one after the other and in every way: a place may be
 * known by `@{HOME}/.ssh/` as well as by what that stands for. What leads back to itself ends with the bounds.
 */
export function pathForms(path: string, values: VariableValues): readonly string[] {
  if (!path.includes("@{")) return [path];
  const forms = new Set<string>();
  // From the end, so that of many values the shortest are put in to the end first.
  const open = [path];
  for (let form = open.pop(); form !== undefined && forms.size < mostForms; form = open.pop()) {
    if (forms.has(form)) continue;
    forms.add(form);
    const next = formsBehind(form, values);
    for (let at = next.length - 1; at >= 0; at--) open.push(next[at] ?? "");
  }
  return [...forms];
}

/** The forms with one variable less, for each of the variables and each of its values. */
function formsBehind(form: string, values: VariableValues): readonly string[] {
  const found: string[] = [];
  for (const { name, at } of variablesIn(form)) {
    for (const value of valuesOfName(name, values)) {
      if (found.length >= mostForms) return found;
      const next = (form.slice(0, at) + value + form.slice(at + name.length + 3)).replaceAll(/\/{2,}/gu, "/");
      if (next.length <= longestForm) found.push(next);
    }
  }
  return found;
}
