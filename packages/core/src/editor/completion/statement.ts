import type { FileView } from "../../design/index.ts";
import { isNode, textOf, type SyntaxNode, type SyntaxTree } from "../../syntax/index.ts";

/** A list in parentheses that the cursor stands in. */
export interface OpenList {
  /** The key before it without `=`: `set` of `set=(`; empty for permissions, which have none. */
  readonly key: string;
  readonly items: readonly string[];
  /** The list around it: that of `peer=( label=…`. */
  readonly outer: OpenList | null;
}

/** What is written before the cursor, from the beginning of the rule, include or head that is being written. */
export interface Statement {
  /** Above the profiles, inside the braces of one, or in a file of loose rules, where either may stand. */
  readonly place: "preamble" | "body" | "piece";
  /** The whole words before the one at the cursor; a closed list is one of them. */
  readonly words: readonly string[];
  /** What is written of the word at the cursor, behind `key=` where it has that. */
  readonly prefix: string;
  /** The key of `key=…` at the cursor. */
  readonly key: string | null;
  readonly list: OpenList | null;
  /** Where the prefix begins, and where the word goes on to behind the cursor. */
  readonly start: number;
  readonly end: number;
}

/** A rule is seldom written over more lines than that. */
const mostLines = 30;

/** What stands before an offset; null in a comment. Reads a few lines, never the file. */
export function statementAt(view: FileView, offset: number): Statement | null {
  const { text } = view.tree;
  const begin = beginningOf(text, offset);
  const read = new Reading(text, begin, offset);
  if (read.inComment) return null;
  const { words, list, wordStart } = read;
  const word = text.slice(wordStart, offset);
  const keyed = /^([a-z_.]+)=/u.exec(word);
  const key = keyed?.[1] ?? null;
  const start = wordStart + (keyed === null ? 0 : keyed[0].length);
  const rest = /^[A-Za-z0-9_.+-]*/u.exec(text.slice(offset, offset + 200))?.[0] ?? "";
  const prefix = text.slice(start, offset);
  return { place: placeOf(view, offset), words, prefix, key, list, start, end: offset + rest.length };
}

/** Where the line begins on which what stands at the offset was begun. */
function beginningOf(text: string, offset: number): number {
  // A negative place would count as the first.
  let begin = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  for (let lines = 0; lines < mostLines && begin > 0; lines += 1) {
    const before = text.lastIndexOf("\n", begin - 2) + 1;
    const line = text
      .slice(before, begin)
      .replace(/(?:^|\s)#(?!include\b).*/u, "")
      .trim();
    // An assignment and an include end with their line, all else with a comma or a brace.
    if (line === "" || /[,{}>]$/u.test(line) || /^(?:@\{|\$|#?include\b)/u.test(line)) break;
    begin = before;
  }
  return begin;
}

/** Reads words up to the cursor. */
class Reading {
  words: string[] = [];
  list: OpenList | null = null;
  wordStart: number;
  inComment = false;

  constructor(text: string, from: number, to: number) {
    let at = from;
    this.wordStart = from;
    let quoted = false;
    /** The words before each open list, to which the closed list is added. */
    const around: { readonly words: string[]; readonly start: number }[] = [];
    const endWord = (until: number): void => {
      if (until > this.wordStart) this.words.push(text.slice(this.wordStart, until));
    };
    for (; at < to; at += 1) {
      const sign = text[at];
      if (quoted) {
        if (sign === "\\") at += 1;
        else if (sign === '"') quoted = false;
        continue;
      }
      if (sign === '"') quoted = true;
      else if (sign === "#" && at === this.wordStart && !text.startsWith("#include", at)) {
        const lineEnd = text.indexOf("\n", at);
        if (lineEnd === -1 || lineEnd >= to) {
          this.inComment = true;
          return;
        }
        at = lineEnd;
        this.wordStart = at + 1;
      } else if (sign === " " || sign === "\t" || sign === "\n" || sign === "\r") {
        endWord(at);
        this.wordStart = at + 1;
        if (around.length === 0 && isBrace(this.words.at(-1))) this.words = [];
      } else if (sign === "(") {
        const word = text.slice(this.wordStart, at);
        const before = word === "" && /^[a-z_]+=?$/u.test(this.words.at(-1) ?? "") ? (this.words.at(-1) ?? "") : word;
        const key = before.endsWith("=") ? before.slice(0, -1) : before === "in" ? (this.words.at(-2) ?? "") : "";
        around.push({ words: this.words, start: this.wordStart });
        this.words = [];
        this.list = { key, items: this.words, outer: this.list };
        this.wordStart = at + 1;
      } else if (sign === ")" && around.length > 0) {
        endWord(at);
        const open = around.pop();
        this.words = [...(open?.words ?? []), text.slice(open?.start ?? at, at + 1)];
        this.list = this.list?.outer ?? null;
        this.wordStart = at + 1;
      } else if (sign === "," && (around.length > 0 || isBlank(text[at + 1]) || at + 1 === to)) {
        endWord(at);
        this.wordStart = at + 1;
        if (around.length === 0) this.words = [];
      }
    }
    if (this.list !== null) this.list = { ...this.list, items: this.words };
    this.words = around[0]?.words ?? this.words;
  }
}

function isBrace(word: string | undefined): boolean {
  return word === "{" || word === "}" || (word !== undefined && /^[^/@"]*\{$/u.test(word));
}

function isBlank(sign: string | undefined): boolean {
  return sign === undefined || sign === " " || sign === "\t" || sign === "\n" || sign === "\r";
}

function placeOf(view: FileView, offset: number): Statement["place"] {
  if (isInBody(view.tree, offset)) return "body";
  const isPiece = view.path.startsWith("apparmor.d/abstractions/") || view.looseRules.length > 0;
  return isPiece && view.profiles.length === 0 ? "piece" : "preamble";
}

/** True between the braces of a profile or hat, also where the closing one is not written yet. */
function isInBody(tree: SyntaxTree, offset: number): boolean {
  let level: readonly SyntaxNode[] = tree.root.children.filter(isNode);
  for (;;) {
    const last = level.findLast((node) => node.start < offset);
    if (last === undefined) return false;
    if (last.kind === "body") {
      const close = last.children.findLast((child) => !isNode(child) && textOf(tree, child) === "}");
      if (close === undefined || offset <= close.start) return true;
    }
    if (last.kind === "error" && offset <= last.end) return false;
    level = last.children.filter(isNode);
  }
}

/** The words of a statement behind its qualifiers: `capability` of `audit deny capability`. */
export function withoutQualifiers(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !/^(?:audit|quiet|allow|deny|prompt|owner|other|priority=.*)$/u.test(word));
  return first === -1 ? [] : words.slice(first);
}
