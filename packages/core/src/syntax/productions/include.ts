import { BANG, COMMA, HASH, isSpace, LESS, GREATER, QUOTE, quotedEnd, SPACE, TAB } from "../characters.ts";
import type { Cursor } from "../cursor.ts";

/**
 * The end of a file's name as `include` and `abi` read it: `<…>`, `"…"` or bare; -1 where none begins.
 */
export function filenameEnd(text: string, from: number): number {
  const code = text.charCodeAt(from);
  if (code === LESS) return magicEnd(text, from);
  if (code === QUOTE) return quotedEnd(text, from);
  let at = from;
  for (; at < text.length; at++) {
    const here = text.charCodeAt(at);
    if (here === COMMA) {
      const next = text.charCodeAt(at + 1);
      if (Number.isNaN(next) || isSpace(next) || next === QUOTE || next === BANG || next === COMMA) break;
    } else if (isSpace(here) || here === QUOTE || here === BANG || here === LESS || here === GREATER) {
      break;
    }
  }
  return at > from ? at : -1;
}

function magicEnd(text: string, from: number): number {
  if (text.charCodeAt(from + 1) === QUOTE) {
    const quoted = quotedEnd(text, from + 1);
    return quoted !== -1 && text.charCodeAt(quoted) === GREATER ? quoted + 1 : -1;
  }
  const close = text.indexOf(">", from);
  if (close <= from + 1) return -1;
  return /["\t\r\n]/u.test(text.slice(from, close)) ? -1 : close + 1;
}

/**
 * `include <abstractions/base>`, `#include "x"`, `include if exists <local/x>`.
 *
 *     #include if exists <local/usr.bin.x>
 *     ^
 */
export function takeInclude(c: Cursor): void {
  const start = c.pos;
  const deprecated = c.code === HASH;
  if (deprecated && !c.text.includes("\n", start)) {
    const message = "a `#include` on the last line lacks its line end: the parser cannot read it";
    c.error("syntax/unfinished-comment", message, start, start + "#include".length);
  }
  c.open();
  c.take("keyword", c.pos + (c.code === HASH ? "#include".length : "include".length), "keyword");
  const keywordEnd = c.pos;
  c.blanks();
  if (c.pos > keywordEnd && c.atWord("if")) {
    c.take("keyword", c.pos + 2, "keyword");
    c.blanks();
    if (c.atWord("exists")) {
      c.take("keyword", c.pos + "exists".length, "keyword");
      const after = c.code;
      if (after !== SPACE && after !== TAB)
        c.error("syntax/expected-blank", "expected a blank after `exists`", c.pos, c.pos);
    } else {
      c.error("syntax/expected", `expected \`exists\` after \`include if\`, found ${c.found()}`, c.pos, c.pos);
    }
    c.blanks();
  }
  const end = filenameEnd(c.text, c.pos);
  if (end !== -1) {
    c.take("path", end, "path");
  } else {
    const message = `expected the name of a file in \`<…>\` or quotes, found ${c.found()}`;
    c.error("syntax/expected-file", message, c.lastEnd, c.lastEnd);
    if (!c.lineBroken && !c.atEnd) {
      const lineEnd = c.text.indexOf("\n", c.pos);
      c.take("error", lineEnd === -1 ? c.text.length : lineEnd);
    }
  }
  c.close("include");
}
