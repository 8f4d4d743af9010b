import { pathsIn } from "./script.ts";

/** A folder or file that the system makes for a program, and for whom. */
export interface MadePath {
  readonly path: string;
  readonly kind: "file" | "folder";
  /** Null where it is root's or nothing is said. */
  readonly owner: string | null;
  readonly line: number;
}

/** A user that a package brings. */
export interface MadeUser {
  readonly name: string;
  readonly home: string | null;
  readonly line: number;
}

const folderKinds = new Set(["d", "D", "e", "v", "q", "Q"]);
const fileKinds = new Set(["f", "F", "p", "w"]);

/** What tmpfiles.d(5) makes. Lines of other kinds (links, removal) make nothing that a program needs. */
export function readTmpfiles(text: string, fill: (text: string) => string): MadePath[] {
  return fieldLines(text).flatMap(({ fields, line }): MadePath[] => {
    const [kind = "", path = "", , owner = "-"] = fields;
    const letter = kind[0] ?? "";
    const isFolder = folderKinds.has(letter);
    if (!path.startsWith("/") && !path.startsWith("%")) return [];
    if (!isFolder && !fileKinds.has(letter)) return [];
    return [{ path: fill(path), kind: isFolder ? "folder" : "file", owner: someone(owner), line }];
  });
}

/** The users of sysusers.d(5). */
export function readSysusers(text: string): MadeUser[] {
  return fieldLines(text).flatMap(({ fields, line }): MadeUser[] => {
    const [kind = "", name = ""] = fields;
    if (kind.replace("!", "") !== "u" || !/^[a-z_][a-z0-9_-]{0,31}$/iu.test(name)) return [];
    const home = fields[4];
    return [{ name, home: home !== undefined && home.startsWith("/") ? home : null, line }];
  });
}

function someone(owner: string): string | null {
  return owner === "-" || owner === "root" || owner === "0" || owner === "" ? null : owner;
}

/** Lines of words, quotes around a word taken away. */
function fieldLines(text: string): { readonly fields: readonly string[]; readonly line: number }[] {
  return text.split("\n").flatMap((line, index) => {
    if (/^\s*(?:#|$)/u.test(line)) return [];
    const fields = [...line.matchAll(/"([^"]*)"|(\S+)/gu)].map((match) => match[1] ?? match[2] ?? "");
    return [{ fields, line: index + 1 }];
  });
}

/** A path that a text of settings names outside comments, with its line. */
export interface NamedPath {
  readonly path: string;
  readonly line: number;
  /** The word before it on the line: `pidfile`, `directory`. */
  readonly key: string | null;
}

const mostNamed = 500;

/** Absolute paths of a file of settings in no known language; comments of the usual kinds are passed over. */
export function readNamedPaths(text: string): NamedPath[] {
  const found: NamedPath[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*(?:#|;|\/\/|--)/u.test(line) || line.length > 2000) continue;
    const plain = line.replace(/\s(?:#|\/\/).*$/u, "");
    const key = /^\s*([A-Za-z][\w.-]*)/u.exec(plain)?.[1] ?? null;
    for (const path of pathsIn(plain)) found.push({ path, line: index + 1, key });
    if (found.length >= mostNamed) break;
  }
  return found;
}

/** The log files that logrotate(8) turns over: the paths before each `{`. */
export function readLogrotate(text: string): NamedPath[] {
  return text.split("\n").flatMap((line, index): NamedPath[] => {
    if (/^\s*#/u.test(line)) return [];
    const head = line.split("{")[0] ?? "";
    if (!/^\s*"?\//u.test(head)) return [];
    const paths = head.trim().split(/\s+/u);
    return paths
      .map((path) => path.replaceAll('"', ""))
      .filter((path) => /^\/[A-Za-z0-9._+@*?/-]+$/u.test(path))
      .map((path) => ({ path, line: index + 1, key: null }));
  });
}
