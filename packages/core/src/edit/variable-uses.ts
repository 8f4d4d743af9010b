import type { FileView } from "../design/index.ts";
import { isNode, type SyntaxNode } from "../syntax/index.ts";
import type { FileEdit, TextRange } from "../text/index.ts";
import { acceptAll, refuse } from "./answer.ts";
import { shown } from "./check-words.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { lineOf } from "./edit-rule.ts";

/** A place where a variable is named. */
export interface VariableUse {
  readonly path: string;
  /** The name itself, between the braces. */
  readonly range: TextRange;
  /** `set`: an assignment to it; `value`: a value of another variable; else a rule, a profile's head, a condition, an alias. */
  readonly kind: "set" | "value" | "rule" | "head" | "condition" | "alias";
  /** The rule, assignment, profile or branch that names it. */
  readonly node: SyntaxNode;
}

/** Where a variable of a design is set and used, in the order of the files and their text. `name` is without `@{` and `}`. */
export function variableUses(files: readonly FileView[], name: string): VariableUse[] {
  return files.flatMap((file) => usesIn(file, name));
}

/** Renames a variable wherever the design names it, as one step. One that only the target sets can't be renamed. */
export function renameVariable(files: readonly FileView[], name: string, to: string): EditOutcome {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,200}$/u.test(to)) {
    return refuse(
      `\`${shown(to)}\` can't be the name of a variable: it takes letters, digits and \`_\`, a letter first`,
    );
  }
  if (to === name) return { ok: true, label: `rename @{${shown(name)}}`, edits: [] };
  const uses = variableUses(files, name);
  if (!files.some((file) => file.variables.some((each) => each.name === name && each.operator !== "+="))) {
    return refuse(`\`@{${shown(name)}}\` is not set in this design, but by what the target brings; its name is given`);
  }
  for (const file of files) {
    const same = file.variables.find((each) => each.name === to) ?? file.booleans.find((each) => each.name === to);
    if (same !== undefined) return refuse(`\`${to}\` is set in ${file.path}, line ${lineOf(file, same.node)}, already`);
  }
  const edits: FileEdit[] = files.map(({ path }) => ({
    path,
    edits: uses.filter((use) => use.path === path).map(({ range }) => ({ range, newText: to })),
  }));
  const places = uses.length === 1 ? "1 place" : `${uses.length} places`;
  return acceptAll(`rename @{${shown(name)}} to @{${to}} in ${places}`, edits);
}

function usesIn({ path, tree }: FileView, name: string): VariableUse[] {
  const found: VariableUse[] = [];
  const visit = (node: SyntaxNode, around: SyntaxNode): void => {
    for (const child of node.children) {
      if (isNode(child)) visit(child, isItem(child) ? child : around);
      else if (child.type !== "comment" && child.type !== "whitespace") {
        for (const range of namesIn(tree.text, child, name)) {
          const kind = child.role === "name" && around.kind === "variable-assignment" ? "set" : kindOf(around);
          found.push({ path, range, kind, node: around });
        }
      }
    }
  };
  if (tree.text.includes(name)) visit(tree.root, tree.root);
  return found;
}

function isItem({ kind }: SyntaxNode): boolean {
  return kind.endsWith("-rule") || kind.endsWith("-assignment") || itemKinds.has(kind);
}

const itemKinds: ReadonlySet<string> = new Set(["profile", "hat", "conditional-branch", "alias"]);

function kindOf({ kind }: SyntaxNode): VariableUse["kind"] {
  if (kind === "variable-assignment" || kind === "boolean-assignment") return "value";
  if (kind === "profile" || kind === "hat") return "head";
  if (kind === "conditional-branch") return "condition";
  return kind === "alias" ? "alias" : "rule";
}

/** `@{NAME}` wherever it stands in a token, and `@NAME` where that is the whole of it. */
function namesIn(text: string, { start, end }: TextRange, name: string): TextRange[] {
  const written = text.slice(start, end);
  if (written === `@${name}`) return [{ start: start + 1, end }];
  const found: TextRange[] = [];
  const word = `@{${name}}`;
  for (let at = written.indexOf(word); at !== -1; at = written.indexOf(word, at + word.length)) {
    if (isEscaped(written, at)) continue;
    found.push({ start: start + at + 2, end: start + at + 2 + name.length });
  }
  return found;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === "\\") slashes += 1;
  return slashes % 2 === 1;
}
