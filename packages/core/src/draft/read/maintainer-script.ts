import type { MadePath, MadeUser } from "./settings-files.ts";

/** What the scripts of a package would do on installing, as far as it can be read without running them. */
export interface MaintainerReading {
  readonly users: readonly MadeUser[];
  readonly made: readonly MadePath[];
  /** File capabilities that `setcap` gives. */
  readonly capabilities: readonly { readonly path: string; readonly names: readonly string[]; readonly line: number }[];
  /** Files that are set up from a template elsewhere. */
  readonly settings: readonly { readonly path: string; readonly line: number }[];
}

const plainPath = /^\/[A-Za-z0-9._+@/-]+$/u;

/** Reads a maintainer script: `adduser`, `mkdir`, `install -d`, `chown`, `setcap`, `ucf`, `dpkg-statoverride`. */
export function readMaintainerScript(text: string): MaintainerReading {
  const users: MadeUser[] = [];
  const made: MadePath[] = [];
  const capabilities: { path: string; names: readonly string[]; line: number }[] = [];
  const settings: { path: string; line: number }[] = [];
  for (const { words, line } of commandLines(text)) {
    const [command = "", ...args] = words;
    const paths = args.filter((word) => plainPath.test(word));
    const last = paths.at(-1);
    if (command === "adduser" || command === "useradd") users.push(...madeUser(args, line));
    else if (command === "mkdir") made.push(...paths.map((path) => folder(path, null, line)));
    else if (command === "install" && args.some((word) => /^-\w*d/u.test(word) || word === "--directory")) {
      made.push(...paths.map((path) => folder(path, optionValue(args, "-o", "--owner"), line)));
    } else if (command === "chown") made.push(...paths.map((path) => folder(path, ownerOf(args), line)));
    else if (command === "setcap" && last !== undefined) {
      const names = [...(args[0] ?? "").matchAll(/(?<![a-z_])cap_([a-z_]+)/giu)].map(([, name = ""]) =>
        name.toLowerCase(),
      );
      if (names.length > 0) capabilities.push({ path: last, names, line });
    } else if (command === "ucf" && last !== undefined) settings.push({ path: last, line });
  }
  return { users, made, capabilities, settings };
}

function folder(path: string, owner: string | null, line: number): MadePath {
  return { path: path.replace(/\/+$/u, ""), kind: "folder", owner, line };
}

/** The first word that is no option, or an option's value. */
function ownerOf(args: readonly string[]): string | null {
  const owner = args.find((word) => !word.startsWith("-")) ?? "";
  const name = owner.split(/[:.]/u)[0] ?? "";
  return /^[a-z_][a-z0-9_-]*$/iu.test(name) && name !== "root" ? name : null;
}

const valued = new Set([
  "--home",
  "--gecos",
  "--shell",
  "--ingroup",
  "--uid",
  "--gid",
  "--group",
  "-d",
  "-s",
  "-g",
  "-c",
]);

function madeUser(args: readonly string[], line: number): MadeUser[] {
  const plain = args.filter((word, index) => {
    const before = args[index - 1] ?? "";
    const takesNext = valued.has(before) && !(before === "--group" && index === args.length - 1);
    return !word.startsWith("-") && !takesNext && /^[a-z_][a-z0-9_-]{0,31}$/iu.test(word);
  });
  const name = plain[0];
  return name === undefined ? [] : [{ name, home: optionValue(args, "--home", "-d", "--home-dir"), line }];
}

function optionValue(args: readonly string[], ...names: readonly string[]): string | null {
  const joined = args.find((word) => names.some((name) => word.startsWith(`${name}=`)));
  if (joined !== undefined) return joined.slice(joined.indexOf("=") + 1);
  const at = args.findIndex((word) => names.includes(word));
  return at < 0 ? null : (args[at + 1] ?? null);
}

/** The commands of a script by their words: continued lines joined, what stands before the command taken away. */
function commandLines(text: string): { readonly words: readonly string[]; readonly line: number }[] {
  const found: { words: string[]; line: number }[] = [];
  let open = "";
  let start = 1;
  for (const [index, line] of text.split("\n", 20_000).entries()) {
    if (open === "") start = index + 1;
    const continues = line.endsWith("\\");
    open += continues ? `${line.slice(0, -1)} ` : line;
    if (continues && open.length < 8000) continue;
    for (const part of open.split(/&&|\|\||;|\bthen\b|\bdo\b/u)) {
      if (/^\s*#/u.test(part)) continue;
      const words = [...part.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/gu)].map(
        (word) => word[1] ?? word[2] ?? word[3] ?? "",
      );
      if (words.length > 1) found.push({ words, line: start });
    }
    open = "";
  }
  return found;
}
