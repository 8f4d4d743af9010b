import { BACKSLASH, CR, HASH, LF, SPACE, TAB, wordEnd } from "./characters.ts";
import {
  isNode,
  type NodeKind,
  type SyntaxElement,
  type SyntaxError,
  type SyntaxNode,
  type Token,
  type TokenRole,
  type TokenType,
} from "./tree.ts";

/** How deep bodies and parentheses may nest; deeper text becomes one error node, so that no stack overflows. */
export const maximalDepth = 200;

/** How many errors one text reports; a text that is no policy at all would drown the person otherwise. */
export const maximalErrors = 500;

function isTrivia(element: SyntaxElement): boolean {
  return !isNode(element) && (element.type === "whitespace" || element.type === "comment");
}

/**
 * A place in the text, and the tree that grows behind it. AppArmor's lexer knows no tokens of its own: what
 * a character means depends on the rule that it stands in, so the productions ask for the token that they want.
 *
 * INVARIANT: every code unit before `pos` lies in exactly one token that has been taken.
 */
export class Cursor {
  readonly text: string;
  /** The production of whatever may stand in a file or body: it is recursive, so it is handed along. */
  readonly takeItem: (c: Cursor) => void;
  readonly errors: SyntaxError[] = [];
  /** The next code unit that no token holds. */
  pos = 0;
  /** The end of the last token that is neither white space nor comment. */
  lastEnd = 0;
  /** How many bodies and parentheses are open. */
  depth = 0;
  #children: SyntaxElement[] = [];
  readonly #stack: SyntaxElement[][] = [];

  constructor(text: string, takeItem: (c: Cursor) => void) {
    this.text = text;
    this.takeItem = takeItem;
  }

  /** The code unit at the place, NaN at the end. */
  get code(): number {
    return this.text.charCodeAt(this.pos);
  }

  get atEnd(): boolean {
    return this.pos >= this.text.length;
  }

  /** True where the token that follows stands on a later line than the last one. */
  get lineBroken(): boolean {
    return this.text.slice(this.lastEnd, this.pos).includes("\n");
  }

  /** Tells that a rule or other item begins here: what is missing in it is missing from here on. */
  beginItem(): void {
    this.lastEnd = this.pos;
  }

  /** Opens a node whose kind is told when it is closed. */
  open(): void {
    this.#stack.push(this.#children);
    this.#children = [];
  }

  /** Closes the node that was opened last; trivia at its end goes to the node around it. */
  close(kind: NodeKind): SyntaxNode | undefined {
    const children = this.#children;
    const parent = this.#stack.pop();
    if (parent === undefined) throw new Error("a node is closed that was never opened");
    let count = children.length;
    while (count > 0) {
      const last = children[count - 1];
      if (last === undefined || !isTrivia(last)) break;
      count--;
    }
    const trailing = count < children.length ? children.splice(count) : undefined;
    const first = children[0];
    const last = children[children.length - 1];
    let node: SyntaxNode | undefined;
    if (first !== undefined && last !== undefined) {
      node = { kind, start: first.start, end: last.end, children };
      parent.push(node);
    }
    if (trailing !== undefined) for (const token of trailing) parent.push(token);
    this.#children = parent;
    return node;
  }

  /** Closes the root: all that was taken belongs to it. */
  closeRoot(): SyntaxNode {
    return { kind: "file", start: 0, end: this.text.length, children: this.#children };
  }

  /** Takes the text up to `end` as one token; no token where that is no text. */
  take(type: TokenType, end: number, role?: TokenRole): void {
    if (end <= this.pos) return;
    const token: Token = role === undefined ? { type, start: this.pos, end } : { type, role, start: this.pos, end };
    this.#children.push(token);
    this.pos = end;
    if (type !== "whitespace" && type !== "comment") this.lastEnd = end;
  }

  /** Takes blanks of this line. */
  blanks(): void {
    let at = this.pos;
    for (;;) {
      const code = this.text.charCodeAt(at);
      if (code !== SPACE && code !== TAB) break;
      at++;
    }
    if (at > this.pos) this.take("whitespace", at);
  }

  /** Takes blanks and line ends. */
  space(): void {
    const text = this.text;
    let at = this.pos;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === SPACE || code === LF || code === TAB) at++;
      else if (code === CR && text.charCodeAt(at + 1) === LF) at += 2;
      else break;
    }
    if (at > this.pos) this.take("whitespace", at);
  }

  /** Takes blanks, line ends and comments; `#include` is no comment. */
  trivia(): void {
    for (;;) {
      this.space();
      if (this.code !== HASH || this.text.startsWith("#include", this.pos)) return;
      this.comment();
    }
  }

  /** Takes a comment, up to its line end. */
  comment(): void {
    const lineEnd = this.text.indexOf("\n", this.pos);
    const end = lineEnd === -1 ? this.text.length : lineEnd;
    const beforeReturn = end > this.pos && this.text.charCodeAt(end - 1) === CR && lineEnd !== -1 ? end - 1 : end;
    const start = this.pos;
    this.take("comment", beforeReturn);
    if (lineEnd !== -1) return;
    const message = "the last line is a comment and lacks its line end: the parser cannot read it";
    this.error("syntax/unfinished-comment", message, start, beforeReturn);
  }

  /** Takes blanks, and line ends that a backslash takes back. */
  assignmentSpace(): void {
    const text = this.text;
    let at = this.pos;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === SPACE || code === TAB) at++;
      else if (code === BACKSLASH && text.charCodeAt(at + 1) === LF) at += 2;
      else if (code === BACKSLASH && text.startsWith("\r\n", at + 1)) at += 3;
      else break;
    }
    if (at > this.pos) this.take("whitespace", at);
  }

  /** The word (letters, digits, underscores) at the place, empty where none begins. */
  word(): string {
    return this.text.slice(this.pos, wordEnd(this.text, this.pos));
  }

  /** True where exactly this word stands at the place. */
  atWord(word: string): boolean {
    return this.text.startsWith(word, this.pos) && wordEnd(this.text, this.pos) === this.pos + word.length;
  }

  /** Notes an error; its range is `start`–`end`, the place where something is missing has no width. */
  error(code: string, message: string, start: number, end: number): void {
    if (this.errors.length < maximalErrors) this.errors.push({ code, message, start, end });
  }

  /** What stands at the place, for a message: a word or a character in backticks, shortened, or the end of the file. */
  found(): string {
    if (this.atEnd) return "the end of the file";
    const lineEnd = this.text.indexOf("\n", this.pos);
    const rest = this.text.slice(this.pos, Math.min(lineEnd === -1 ? this.text.length : lineEnd, this.pos + 40));
    const piece = /^(?:\w[^\s,(){}]*|[^\s\w]\S*)/u.exec(rest)?.[0] ?? rest.trimEnd();
    return piece === "" ? "the end of the line" : `\`${piece}\``;
  }
}
