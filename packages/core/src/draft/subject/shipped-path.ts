import { limits } from "../archive/limits.ts";

/** A path of the machine, or why it can't be one. */
export type PathReading = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly why: string };

/** Control signs, and those that turn the direction of the text: nobody could read a rule with them. */
const unreadable = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFD]/u;

/**
 * The absolute path that a name in an archive or a list stands for. A name that leads out of the tree with `..` is refused,
 * though nothing is ever written: a rule for it would not be what it seems.
 */
export function shippedPath(name: string): PathReading {
  if (name.length > limits.path) return { ok: false, why: `it is longer than ${limits.path} characters` };
  if (unreadable.test(name)) return { ok: false, why: "it holds signs that can't be seen, or is not UTF-8" };
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) return { ok: false, why: "it leads out of its tree with `..`" };
  return { ok: true, path: `/${parts.join("/")}` };
}

/** The path of a program as a person names it, or why it can't be one. */
export function namedProgram(name: string): PathReading {
  if (!name.startsWith("/")) return { ok: false, why: "it is no absolute path" };
  return name.endsWith("/") ? { ok: false, why: "it is a folder" } : shippedPath(name);
}

/** `a/../b` as `b`: for links and for words of a command line, which may well climb. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The name without its folders. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder of a path, without `/` at its end; empty for what lies at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** A name in backticks, with what can't be seen shown by its code, and cut where it is very long. */
export function shownName(name: string): string {
  const cut = name.length > 120 ? `${name.slice(0, 120)}…` : name;
  const seen = cut.replace(
    new RegExp(unreadable.source, "gu"),
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
  return `\`${seen.replaceAll("`", "'")}\``;
}
