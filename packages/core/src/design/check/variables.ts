import { globProblem, variablesIn } from "../../rules/index.ts";

/** What a name stands for. */
export type Symbol =
  | { readonly kind: "set"; readonly values: readonly string[] }
  | { readonly kind: "boolean"; readonly value: boolean };

/** Beyond this many values an expansion is given up: the answer is then "nothing found". */
const maximalValues = 256;

/** Beyond this length an expanded pattern is not looked at. */
const maximalLength = 20_000;

/** The values of a variable, or what is wrong with it in words. */
export type Expansion = { readonly values: readonly string[] } | { readonly problem: string };

/** The names that the preamble has set so far; one table for variables and booleans, as in the parser. */
export class SymbolTable {
  readonly #symbols = new Map<string, Symbol>();

  /** Sets a name; false where it was set before, which leaves it as it was. */
  define(name: string, symbol: Symbol): boolean {
    if (this.#symbols.has(name)) return false;
    this.#symbols.set(name, symbol);
    return true;
  }

  /** Sets a name whatever it was before (`:=`). */
  override(name: string, symbol: Symbol): void {
    this.#symbols.set(name, symbol);
  }

  /** What a name stands for. */
  get(name: string): Symbol | undefined {
    return this.#symbols.get(name);
  }

  /** Adds values to a variable (`+=`); what is wrong in words, or null. */
  append(name: string, values: readonly string[]): string | null {
    const symbol = this.#symbols.get(name);
    if (symbol === undefined) return `\`@{${name}}\` is not set before, so nothing can be added to it`;
    if (symbol.kind === "boolean") return `\`${name}\` is a boolean variable: nothing can be added to it`;
    this.#symbols.set(name, { kind: "set", values: [...symbol.values, ...values] });
    return null;
  }

  /** The values of a variable with those of all others put in. */
  expand(name: string, trail: readonly string[] = []): Expansion {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/u.test(name)) return { problem: `\`@{${name}}\` is no name of a variable` };
    if (trail.includes(name)) return { problem: `\`@{${name}}\` refers to itself` };
    const symbol = this.#symbols.get(name);
    if (symbol === undefined) return { problem: `the variable \`@{${name}}\` is not set` };
    if (symbol.kind === "boolean") return { problem: `\`${name}\` is a boolean variable, not a set of values` };
    const values: string[] = [];
    const pending = [...symbol.values];
    for (let value = pending.shift(); value !== undefined; value = pending.shift()) {
      const use = variablesIn(value)[0];
      if (use === undefined) {
        values.push(value);
        continue;
      }
      const inner = this.expand(use.name, [...trail, name]);
      if ("problem" in inner) return inner;
      const before = value.slice(0, use.at);
      const after = value.slice(use.at + use.name.length + 3);
      for (const each of inner.values) pending.push(before + each + after);
      if (pending.length + values.length > maximalValues) return { values };
    }
    return { values };
  }

  /** What is wrong with the variables of a pattern, or with the glob that comes out; null where all is right. */
  patternProblem(pattern: string, isGlob: boolean): string | null {
    let expanded = "";
    let at = 0;
    for (const use of variablesIn(pattern)) {
      const expansion = this.expand(use.name);
      if ("problem" in expansion) return expansion.problem;
      const values = expansion.values;
      expanded += pattern.slice(at, use.at) + (values.length > 1 ? `{${values.join(",")}}` : (values[0] ?? ""));
      at = use.at + use.name.length + 3;
      if (expanded.length > maximalLength) return null;
    }
    if (at === 0 || !isGlob) return null;
    const problem = globProblem(expanded + pattern.slice(at));
    return problem === null ? null : `\`${pattern}\` is no glob once its variables are put in: ${problem}`;
  }

  /** A pattern with its variables put in, as one text; the pattern itself where that fails. */
  expandedText(pattern: string): string {
    let expanded = "";
    let at = 0;
    for (const use of variablesIn(pattern)) {
      const expansion = this.expand(use.name);
      if ("problem" in expansion || expanded.length > maximalLength) return pattern;
      const values = expansion.values;
      expanded += pattern.slice(at, use.at) + (values.length > 1 ? `{${values.join(",")}}` : (values[0] ?? ""));
      at = use.at + use.name.length + 3;
    }
    return expanded + pattern.slice(at);
  }

  /** A table that knows all of this one and more; this one stays as it is. */
  with(names: Iterable<readonly [string, Symbol]>): SymbolTable {
    const table = new SymbolTable();
    for (const [name, symbol] of this.#symbols) table.override(name, symbol);
    for (const [name, symbol] of names) table.define(name, symbol);
    return table;
  }
}
