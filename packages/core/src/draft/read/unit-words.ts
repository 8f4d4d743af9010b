/** A command of `ExecStart=` and its kin. */
export interface UnitCommand {
  /** As written, specifiers put in. */
  readonly program: string;
  readonly args: readonly string[];
  /** `+`: with full privileges, outside of what the unit confines. */
  readonly full: boolean;
  /** `!` and `!!`: begins as root, whatever `User=` says. */
  readonly beginsAsRoot: boolean;
  /** `-`: a failure counts as success. */
  readonly mayFail: boolean;
  /** `:`: variables on it stay as they are written. */
  readonly verbatim: boolean;
}

/** Escapes of one letter in systemd.syntax(7). */
const letters: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  s: " ",
};

/** What an escape of systemd.syntax(7) stands for; itself where it is none. */
function unescaped(whole: string, code: string): string {
  if (/^[xuU]./u.test(code)) return signOf(Number.parseInt(code.slice(1), 16)) ?? whole;
  if (/^[0-7]{3}$/u.test(code)) return signOf(Number.parseInt(code, 8)) ?? whole;
  return letters[code] ?? (/[\s"'\\;]/u.test(code) ? code : whole);
}

function signOf(code: number): string | null {
  return code === 0 || code > 0x10_ff_ff ? null : String.fromCodePoint(code);
}

/** The words of a value, as systemd splits it: blanks, quotes and escapes. */
export function unitWords(value: string): string[] {
  const words = value.matchAll(
    /(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:[^\s"'\\]|\\.)(?:[^\s\\]|\\.)*))(?=\s|$)/gu,
  );
  return [...words].map(([, double, single, bare]) =>
    (double ?? single ?? bare ?? "").replace(
      /\\(x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|[0-7]{3}|.)/gu,
      unescaped,
    ),
  );
}

/** The commands of a value: one, or several with ` ; ` between them. */
export function unitCommands(value: string, fill: (text: string) => string): UnitCommand[] {
  const commands: string[][] = [[]];
  for (const word of unitWords(value)) {
    if (word === ";") commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands.flatMap((words): UnitCommand[] => {
    const first = words[0] ?? "";
    const prefix = /^[-@:+!|]*/u.exec(first)?.[0] ?? "";
    const program = fill(first.slice(prefix.length));
    if (program === "") return [];
    // After `@` the second word is the name that the program is told as its own.
    const args = words.slice(prefix.includes("@") ? 2 : 1).map(fill);
    return [
      {
        program,
        args,
        full: prefix.includes("+"),
        beginsAsRoot: prefix.includes("!"),
        mayFail: prefix.includes("-"),
        verbatim: prefix.includes(":"),
      },
    ];
  });
}

/** What specifiers depend on. */
export interface UnitPlace {
  readonly name: string;
  readonly user: string | null;
}

/** Folders that specifiers stand for, where systemd runs for the machine and not for a user. */
const folders: Readonly<Record<string, string>> = {
  t: "/run",
  S: "/var/lib",
  C: "/var/cache",
  L: "/var/log",
  E: "/etc",
  T: "/tmp",
  V: "/var/tmp",
  s: "/bin/sh",
};

/**
 * Puts in what the specifiers of systemd.unit(5) stand for. What only the machine knows (its name, an instance not named)
 * becomes `unknown`, by default a star.
 */
export function fillSpecifiers(text: string, { name, user }: UnitPlace, unknown = "*"): string {
  const bare = name.replace(/\.[a-z]+$/u, "");
  const [prefix = "", instance = null] = bare.includes("@") ? splitAt(bare) : [bare, null];
  const known: Readonly<Record<string, string>> = {
    ...folders,
    n: name,
    N: bare,
    p: prefix,
    P: unescapeName(prefix),
    j: prefix.slice(prefix.lastIndexOf("-") + 1),
    u: user ?? "root",
    g: user ?? "root",
    h: user === null || user === "root" ? "/root" : unknown,
    d: `/run/credentials/${name}`,
    // A template does not know its instance yet; what is no template has none.
    ...(instance === ""
      ? {}
      : instance === null
        ? { i: "", I: "", f: `/${unescapeName(prefix)}` }
        : { i: instance, I: unescapeName(instance), f: `/${unescapeName(instance).replace(/^\/+/u, "")}` }),
  };
  return text.replace(/%(.)/gu, (_, sign: string) => (sign === "%" ? "%" : (known[sign] ?? unknown)));
}

function splitAt(bare: string): [string, string] {
  const at = bare.indexOf("@");
  return [bare.slice(0, at), bare.slice(at + 1)];
}

/** systemd writes `/` of a path as `-` in names, and other signs as `\x20`. */
function unescapeName(name: string): string {
  return name
    .replaceAll("-", "/")
    .replace(/\\x([0-9a-f]{2})/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
