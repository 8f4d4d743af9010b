import type { FileView } from "../design/index.ts";
import { isNode, parse, type SyntaxElement, type SyntaxNode, type SyntaxTree, type Token } from "../syntax/index.ts";
import { applyEdits, LineIndex, type TextEdit } from "../text/index.ts";
import { accept, refuse } from "./answer.ts";
import type { EditOutcome } from "./edit-outcome.ts";

/** What each level of braces is indented by. */
const step = "  ";

/** What the further lines of one rule are indented by. */
const continuation = "    ";

/**
 * Writes a file in one style: each item on its own line, two blanks for each level, single blanks between words, at most one
 * blank line, one before a profile. Only white space changes: every word and comment stays where it is in the order of the
 * text. A file that can't be read is not touched.
 */
export function formatFile(file: FileView): EditOutcome {
  const { tree } = file;
  const [error] = tree.errors;
  if (error !== undefined) {
    const { line } = new LineIndex(tree.text).positionAt(error.start);
    return refuse(`line ${line} can't be read: ${error.message}; mend that first`);
  }
  const edits = new Formatter(tree).edits();
  const after = parse(applyEdits(tree.text, edits));
  if (after.errors.length > 0 || !sameWords(tree.root, tree.text, after.root, after.text)) {
    return refuse("white space counts in this file in a way that no formatting keeps; it stays as it is");
  }
  return accept(file, "format the file", edits);
}

/** Collects the edits of white space, container by container. */
class Formatter {
  readonly #tree: SyntaxTree;
  readonly #eol: "\n" | "\r\n";
  readonly #edits: TextEdit[] = [];

  constructor(tree: SyntaxTree) {
    this.#tree = tree;
    const ends = tree.text.match(/\r?\n/gu) ?? [];
    this.#eol = ends.filter((end) => end === "\r\n").length * 2 > ends.length ? "\r\n" : "\n";
  }

  edits(): readonly TextEdit[] {
    const { root, text } = this.#tree;
    const elements = significant(root);
    const [first] = elements;
    const start = text.startsWith("\uFEFF") ? 1 : 0;
    if (first !== undefined) this.#set(start, first.start, "");
    this.#items(elements, 0);
    const last = elements.at(-1);
    if (last !== undefined && !keepsItsEnd(last)) this.#set(last.end, text.length, this.#eol);
    return this.#edits;
  }

  /** What stands in a file or between braces. */
  #items(elements: readonly SyntaxElement[], depth: number): void {
    for (const [at, next] of elements.entries()) {
      const previous = elements[at - 1];
      if (previous !== undefined) this.#between(previous, next, depth);
      if (isNode(next)) this.#item(next, depth);
    }
  }

  #between(previous: SyntaxElement, next: SyntaxElement, depth: number): void {
    const lines = this.#linesBetween(previous, next);
    const opens = isRole(previous, "open");
    const closes = isRole(next, "close");
    if (lines === 0 && (isComment(next) || (opens && closes))) {
      this.#set(previous.end, next.start, " ");
      return;
    }
    const wanted = !opens && !closes && (lines > 1 || (isProfile(next) && isNode(previous))) ? 2 : 1;
    const indent = step.repeat(closes ? depth - 1 : depth);
    this.#set(previous.end, next.start, this.#eol.repeat(wanted) + indent);
  }

  #item(node: SyntaxNode, depth: number): void {
    if (node.kind === "body") {
      this.#items(significant(node), depth + 1);
      return;
    }
    const elements = significant(node);
    for (const [at, next] of elements.entries()) {
      const previous = elements[at - 1];
      if (previous !== undefined) this.#within(previous, next, depth);
      if (isNode(next)) this.#item(next, depth);
    }
  }

  /** Between the words of one item; where none stood apart, they stay together. */
  #within(previous: SyntaxElement, next: SyntaxElement, depth: number): void {
    const lines = this.#linesBetween(previous, next);
    if (this.#isContinued(previous, next)) return;
    const isBlock = isNode(next) && (next.kind === "body" || next.kind === "conditional-branch");
    if (isComment(previous))
      this.#set(previous.end, next.start, this.#eol + step.repeat(depth) + (isBlock ? "" : continuation));
    else if (isRole(next, "end")) this.#set(previous.end, next.start, "");
    else if (isBlock) this.#set(previous.end, next.start, " ");
    else if (lines > 0) this.#set(previous.end, next.start, this.#eol + step.repeat(depth) + continuation);
    else if (next.start > previous.end) this.#set(previous.end, next.start, " ");
  }

  /** An escaped line end goes on with a value, and stays as it is. */
  #isContinued(previous: SyntaxElement, next: SyntaxElement): boolean {
    return this.#tree.text.slice(previous.end, next.start).includes("\\");
  }

  #linesBetween(previous: SyntaxElement, next: SyntaxElement): number {
    return this.#tree.text.slice(previous.end, next.start).split("\n").length - 1;
  }

  #set(start: number, end: number, newText: string): void {
    if (this.#tree.text.slice(start, end) !== newText) this.#edits.push({ range: { start, end }, newText });
  }
}

function significant(node: SyntaxNode): SyntaxElement[] {
  return node.children.filter((child) => isNode(child) || child.type !== "whitespace");
}

function isComment(element: SyntaxElement): boolean {
  return !isNode(element) && element.type === "comment";
}

function isRole(element: SyntaxElement, role: NonNullable<Token["role"]>): boolean {
  return !isNode(element) && element.role === role;
}

function isProfile(element: SyntaxElement): boolean {
  return isNode(element) && (element.kind === "profile" || element.kind === "hat");
}

/** Without a line end a parser reads the comment behind an assignment as values: there the end of the file counts. */
function keepsItsEnd(last: SyntaxElement): boolean {
  return isNode(last) && last.kind === "variable-assignment" && last.children.some(isComment);
}

/** True where two trees hold the same words in the same places. */
function sameWords(a: SyntaxNode, textA: string, b: SyntaxNode, textB: string): boolean {
  const left = significant(a);
  const right = significant(b);
  return (
    a.kind === b.kind &&
    left.length === right.length &&
    left.every((one, at) => {
      const other = right[at];
      if (other === undefined) return false;
      if (isNode(one)) return isNode(other) && sameWords(one, textA, other, textB);
      return (
        !isNode(other) &&
        one.role === other.role &&
        one.type === other.type &&
        textA.slice(one.start, one.end).trimEnd() === textB.slice(other.start, other.end).trimEnd()
      );
    })
  );
}
