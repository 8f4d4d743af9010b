import { listed, code } from "./lists.ts";

/** A piece of a glob (AARE), alternations still in it. */
export type Sign =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "star" }
  | { readonly kind: "deep" }
  | { readonly kind: "one" }
  | { readonly kind: "class"; readonly inside: string }
  | { readonly kind: "choice"; readonly items: readonly (readonly Sign[])[] };

/** A piece of a glob of which the alternations have been written out. */
export type PlainSign = Exclude<Sign, { readonly kind: "choice" }>;

/**
 * The signs of a glob. What does not close is plain text, so that every text has signs.
 *
 *     /{,usr/}bin/@{X}*
 *     ^                  text "/", a choice of "" and "usr/", text "bin/", the variable X, a star
 */
export function readSigns(glob: string): readonly Sign[] {
  return readUntil(glob, 0, 0).signs;
}

const deepestNesting = 50;

function readUntil(glob: string, from: number, depth: number): { signs: Sign[]; end: number } {
  const signs: Sign[] = [];
  let at = from;
  while (at < glob.length) {
    const character = glob.charAt(at);
    if (depth > 0 && (character === "," || character === "}")) break;
    const read = readSign(glob, at, depth);
    const last = signs.at(-1);
    if (read.sign.kind === "text" && last?.kind === "text") {
      signs[signs.length - 1] = { kind: "text", text: last.text + read.sign.text };
    } else {
      signs.push(read.sign);
    }
    at = read.end;
  }
  return { signs, end: at };
}

function readSign(glob: string, at: number, depth: number): { sign: Sign; end: number } {
  const character = glob.charAt(at);
  const plain = { sign: { kind: "text", text: character }, end: at + 1 } as const;
  if (character === "\\") return { sign: { kind: "text", text: glob.charAt(at + 1) || "\\" }, end: at + 2 };
  if (character === "?") return { sign: { kind: "one" }, end: at + 1 };
  if (character === "*") {
    let end = at + 1;
    while (glob.charAt(end) === "*") end++;
    return { sign: { kind: end - at > 1 ? "deep" : "star" }, end };
  }
  if (character === "[") {
    const close = glob.indexOf("]", at + 2);
    return close === -1 ? plain : { sign: { kind: "class", inside: glob.slice(at + 1, close) }, end: close + 1 };
  }
  if (character === "@") {
    const name = /^@\{(\w+)\}/u.exec(glob.slice(at, at + 80))?.[1];
    return name === undefined ? plain : { sign: { kind: "variable", name }, end: at + name.length + 3 };
  }
  if (character !== "{" || depth >= deepestNesting) return plain;
  return readChoice(glob, at, depth) ?? plain;
}

function readChoice(glob: string, at: number, depth: number): { sign: Sign; end: number } | null {
  const items: Sign[][] = [];
  let end = at;
  do {
    const item = readUntil(glob, end + 1, depth + 1);
    items.push(item.signs);
    end = item.end;
  } while (glob.charAt(end) === ",");
  if (glob.charAt(end) !== "}") return null;
  return { sign: { kind: "choice", items }, end: end + 1 };
}

/** Every way through the alternations of some signs; null where there are more than `most`. A lone `[ab]` is one of them. */
export function writtenOut(signs: readonly Sign[], most: number): readonly (readonly PlainSign[])[] | null {
  return waysThrough(withLoneClass(signs), most);
}

/** The only class of a glob, where it holds two or three characters, as an alternation: `qt[45]` is `qt4` or `qt5`. */
function withLoneClass(signs: readonly Sign[]): readonly Sign[] {
  const [lone, ...others] = signs.filter(({ kind }) => kind === "class");
  if (lone?.kind !== "class" || others.length > 0 || !/^[^^\-\]]{2,3}$/u.test(lone.inside)) return signs;
  const items = Array.from(lone.inside).map((text) => [{ kind: "text", text } as const]);
  return signs.map((sign) => (sign === lone ? { kind: "choice", items } : sign));
}

function waysThrough(signs: readonly Sign[], most: number): readonly (readonly PlainSign[])[] | null {
  let ways: readonly (readonly PlainSign[])[] = [[]];
  for (const sign of signs) {
    if (sign.kind !== "choice") {
      ways = ways.map((way) => [...way, sign]);
      continue;
    }
    const items: (readonly PlainSign[])[] = [];
    for (const item of sign.items) {
      const inner = waysThrough(item, most);
      if (inner === null) return null;
      items.push(...inner);
    }
    if (items.length * ways.length > most) return null;
    ways = ways.flatMap((way) => items.map((item) => [...way, ...item]));
  }
  return ways.map(joined);
}

/** Texts that stand side by side made one. */
function joined(signs: readonly PlainSign[]): readonly PlainSign[] {
  const result: PlainSign[] = [];
  for (const sign of signs) {
    const last = result.at(-1);
    if (sign.kind === "text" && last?.kind === "text") {
      result[result.length - 1] = { kind: "text", text: last.text + sign.text };
    } else if (sign.kind !== "text" || sign.text !== "") {
      result.push(sign);
    }
  }
  return result;
}

/** True for a sign that fits more than one text. */
export function isWild(sign: PlainSign): boolean {
  return sign.kind !== "text" && sign.kind !== "variable";
}

/**
 * What a name must be like to fit some signs, to go on from "whose name …" and "that …"; null where every name fits.
 * A star and `**` say the same here.
 */
export function nameCondition(signs: readonly PlainSign[]): string | null {
  const parts = splitAtStars(signs);
  if (parts.length === 1) return `is ${sequence(parts[0] ?? [])}`;
  const first = parts[0] ?? [];
  const last = parts.at(-1) ?? [];
  const middle = parts.slice(1, -1).filter((part) => part.length > 0);
  const said = [
    ...(first.length > 0 ? [`begins with ${sequence(first)}`] : []),
    ...middle.map((part) => `contains ${sequence(part)}`),
    ...(last.length > 0 ? [`ends in ${sequence(last)}`] : []),
  ];
  return said.length === 0 ? null : listed(said);
}

function splitAtStars(signs: readonly PlainSign[]): readonly (readonly PlainSign[])[] {
  const parts: PlainSign[][] = [[]];
  for (const sign of signs) {
    if (sign.kind === "star" || sign.kind === "deep") parts.push([]);
    else parts.at(-1)?.push(sign);
  }
  return parts;
}

/** `tty`, then a digit. Texts and variables side by side are one piece of code. */
function sequence(signs: readonly PlainSign[]): string {
  const folded = inAnyCase(signs);
  if (folded !== null) return `${code(folded)} in lower or upper case`;
  return runsOf(signs).map(runWords).join(", then ");
}

/** Signs that are said together: a text, or so many digits or characters. */
type Run =
  | { readonly kind: "text"; text: string }
  | { readonly kind: "digits" | "any"; count: number }
  | { readonly kind: "class"; readonly inside: string };

function runsOf(signs: readonly PlainSign[]): readonly Run[] {
  const runs: Run[] = [];
  for (const sign of signs) {
    const last = runs.at(-1);
    const kind = runKind(sign);
    if (sign.kind === "class" && kind === "class") runs.push({ kind: "class", inside: sign.inside });
    else if (kind === "text" && last?.kind === "text") last.text += plainText(sign);
    else if (kind === "text") runs.push({ kind, text: plainText(sign) });
    else if (kind !== "class" && (last?.kind === "digits" || last?.kind === "any") && last.kind === kind) last.count++;
    else if (kind !== "class") runs.push({ kind, count: 1 });
  }
  return runs;
}

function runKind(sign: PlainSign): Run["kind"] {
  if (sign.kind === "class") return sign.inside === "0-9" ? "digits" : "class";
  return sign.kind === "one" ? "any" : "text";
}

/** The text that a sign without wildcards stands for; empty for the others. */
export function plainText(sign: PlainSign): string {
  return sign.kind === "text" ? sign.text : sign.kind === "variable" ? variableText(sign.name) : "";
}

function runWords(run: Run): string {
  if (run.kind === "text") return code(run.text);
  if (run.kind === "class") return classWords(run.inside);
  if (run.kind === "digits") return run.count === 1 ? "a digit" : `${run.count} digits`;
  return run.count === 1 ? "any one character" : `any ${run.count} characters`;
}

/** The text whose every letter may be small or capital (`.[pP][nN][gG]`); null for others. */
function inAnyCase(signs: readonly PlainSign[]): string | null {
  let text = "";
  let classes = 0;
  for (const sign of signs) {
    if (sign.kind === "class") {
      const [one = "", other = "", ...more] = sign.inside;
      if (more.length > 0 || one === other || one.toLowerCase() !== other.toLowerCase()) return null;
      text += one.toLowerCase();
      classes++;
    } else if (sign.kind === "text" && !/\p{L}/u.test(sign.text)) text += sign.text;
    else return null;
  }
  return classes > 1 ? text : null;
}

const knownClasses: ReadonlyMap<string, string> = new Map([
  ["a-z", "a lower-case letter"],
  ["A-Z", "an upper-case letter"],
  ["a-zA-Z", "a letter"],
  ["A-Za-z", "a letter"],
  ["0-9a-f", "a digit or one of `a` to `f`"],
  ["a-f0-9", "a digit or one of `a` to `f`"],
  ["0-9A-F", "a digit or one of `A` to `F`"],
  ["A-F0-9", "a digit or one of `A` to `F`"],
  ["0-9a-fA-F", "a hexadecimal digit"],
  ["0-9A-Fa-f", "a hexadecimal digit"],
  ["a-fA-F0-9", "a hexadecimal digit"],
  ["a-zA-Z0-9", "a letter or digit"],
  ["A-Za-z0-9", "a letter or digit"],
  ["0-9a-zA-Z", "a letter or digit"],
]);

function classWords(inside: string): string {
  const known = knownClasses.get(inside);
  if (known !== undefined) return known;
  const digits = /^(\d)-(\d)$/u.exec(inside);
  if (digits !== null) return `a digit from ${digits[1] ?? ""} to ${digits[2] ?? ""}`;
  if (!inside.startsWith("^")) return `one of ${code(inside)}`;
  return inside.length === 2
    ? `any character but ${code(inside.slice(1))}`
    : `any character but those of ${code(inside.slice(1))}`;
}

/** What stands for a variable inside a piece of code: a word for the ones that are ids, else the variable itself. */
export function variableText(name: string): string {
  return variableNames.get(name) ?? `@{${name}}`;
}

const variableNames: ReadonlyMap<string, string> = new Map([
  ["pid", "<process id>"],
  ["pids", "<process id>"],
  ["tid", "<thread id>"],
  ["tids", "<thread id>"],
  ["uid", "<user id>"],
  ["uids", "<user id>"],
  ["multiarch", "<architecture>"],
  ["XDG_DOWNLOAD_DIR", "Downloads"],
  ["XDG_DOCUMENTS_DIR", "Documents"],
  ["XDG_DESKTOP_DIR", "Desktop"],
  ["XDG_PICTURES_DIR", "Pictures"],
  ["XDG_MUSIC_DIR", "Music"],
  ["XDG_VIDEOS_DIR", "Videos"],
  ["XDG_TEMPLATES_DIR", "Templates"],
  ["XDG_PUBLICSHARE_DIR", "Public"],
]);
