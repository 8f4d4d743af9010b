import { createScanner } from "jsonc-parser";
import type { TextRange } from "../text/index.ts";

/** Nesting beyond this is no configuration but an attack on the parser's stack. */
const deepest = 32;

/** A megabyte of wishes is more than anybody reads. */
const longest = 1_000_000;

/** What the first look at a JSON text says: safe to parse, or why not. */
export type ConfigOutline =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly range: TextRange };

/**
 * Looks over a JSON text before anything is built from it: its size, its depth, keys that would reach into JavaScript's
 * objects (`__proto__`), and keys that stand twice in one object, of which each reader would believe another.
 */
export function configOutline(json: string): ConfigOutline {
  if (json.length > longest) {
    return refuse("too-long", `the file is longer than ${longest} characters`, { start: longest, end: json.length });
  }
  const scanner = createScanner(json, true);
  const keys: (Set<string> | null)[] = [];
  let pending: { name: string; range: TextRange } | null = null;
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const start = scanner.getTokenOffset();
    const range = { start, end: start + scanner.getTokenLength() };
    const first = json[start];
    if (first === "{" || first === "[") {
      if (keys.length >= deepest) return refuse("too-deep", `nested deeper than ${deepest} levels`, range);
      keys.push(first === "{" ? new Set() : null);
    } else if (first === "}" || first === "]") {
      keys.pop();
    } else if (first === ":" && pending !== null) {
      const { name, range: place } = pending;
      if (name === "__proto__") return refuse("forbidden-key", "the key `__proto__` is refused", place);
      const known = keys.at(-1);
      if (known?.has(name) === true) return refuse("repeated-key", `the key \`${name}\` stands here twice`, place);
      known?.add(name);
    }
    pending = first === '"' ? { name: scanner.getTokenValue(), range } : null;
  }
  return { ok: true };
}

function refuse(code: string, message: string, range: TextRange): ConfigOutline {
  return { ok: false, code, message, range };
}
