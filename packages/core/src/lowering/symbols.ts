import { resolveAmong, type PolicyFiles } from "../analysis/index.ts";
import { evaluateExpression, readAssignment, readInclude, SymbolTable, type FileView } from "../design/index.ts";
import { isNode, tokenWithRole, tokensWithRole, textOf, type SyntaxNode, type SyntaxTree } from "../syntax/index.ts";

/** What the preamble of a file has set, as far as it is known. */
export interface Symbols {
  readonly table: SymbolTable;
  /** False where a file that may set more is not known. */
  readonly whole: boolean;
  /** What was set before each assignment of the file itself: by the assignment's node, whether its name was set. */
  readonly setBefore: ReadonlyMap<SyntaxNode, boolean>;
  /** What the boolean assignments of the file itself come to; null where that can't be told. */
  readonly booleans: ReadonlyMap<SyntaxNode, boolean | null>;
}

/** Deeper than any tunables include one another. */
const deepest = 20;

/** Reads the preamble of a file in the order of the text, with all that it includes, as the parser does. */
export function symbolsOf(file: FileView, files: PolicyFiles): Symbols {
  const reader = new SymbolReader(files);
  reader.read(file, 0);
  return reader;
}

/** Whether an `if` or `else if` holds; null where that can't be told. An `else` holds. */
export function branchHolds(tree: SyntaxTree, branch: SyntaxNode, { table, whole }: Symbols): boolean | null {
  const isIf = tokensWithRole(branch, "keyword").some((token) => textOf(tree, token) === "if");
  if (!isIf) return true;
  const asksWhatIsDefined = tokensWithRole(branch, "operator").some((token) => textOf(tree, token) === "defined");
  if (asksWhatIsDefined && !whole) return null;
  return evaluate(tree, branch, table);
}

/** An expression's value; null where something in it is not known. */
function evaluate(tree: SyntaxTree, node: SyntaxNode, table: SymbolTable): boolean | null {
  let known = true;
  const value = evaluateExpression(tree, node, table, () => {
    known = false;
  });
  return known ? value : null;
}

class SymbolReader implements Symbols {
  readonly table = new SymbolTable();
  readonly setBefore = new Map<SyntaxNode, boolean>();
  readonly booleans = new Map<SyntaxNode, boolean | null>();
  whole = true;
  readonly #files: PolicyFiles;
  readonly #read = new Set<string>();

  constructor(files: PolicyFiles) {
    this.#files = files;
  }

  read(file: FileView, depth: number): void {
    if (depth > deepest) {
      this.whole = false;
      return;
    }
    for (const node of file.tree.root.children) {
      if (!isNode(node)) continue;
      if (node.kind === "include") this.#include(file, node, depth);
      else if (node.kind === "variable-assignment") this.#variable(file, node, depth);
      else if (node.kind === "boolean-assignment") this.#boolean(file, node, depth);
    }
  }

  #include(file: FileView, node: SyntaxNode, depth: number): void {
    const include = readInclude(file.tree, node);
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

  #variable({ tree }: FileView, node: SyntaxNode, depth: number): void {
    const { name, operator, values } = readAssignment(tree, node);
    if (depth === 0) this.setBefore.set(node, this.table.get(name) !== undefined);
    if (operator === ":=") this.table.override(name, { kind: "set", values });
    else if (operator === "+=") this.table.append(name, values);
    else this.table.define(name, { kind: "set", values });
  }

  #boolean({ tree }: FileView, node: SyntaxNode, depth: number): void {
    const { name, operator } = readAssignment(tree, node);
    const written = tokenWithRole(node, "operator");
    const at = written === undefined ? 0 : node.children.indexOf(written) + 1;
    const value = evaluate(tree, { ...node, children: node.children.slice(at) }, this.table);
    if (depth === 0) {
      this.setBefore.set(node, this.table.get(name) !== undefined);
      this.booleans.set(node, value);
    }
    if (value === null) this.whole = false;
    else if (operator === ":=") this.table.override(name, { kind: "boolean", value });
    else this.table.define(name, { kind: "boolean", value });
  }
}
