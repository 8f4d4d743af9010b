import { isWild, nameCondition, plainText, type PlainSign, readSigns, writtenOut } from "./glob.ts";
import { conditionCount, type Place } from "./places.ts";

/** What a glob without alternations covers. */
export interface PathShape {
  /**
   * `exact`: the path itself. `below`: all under the place, at any depth. `direct`: what lies directly in it. `named`: what
   * lies under it at any depth and has a certain name. `either`: `direct` and `named` at once. `stem`: what begins with the
   * place's path, at any depth. `form`: too tangled for a plain phrase; the place's path is the pattern itself.
   */
  readonly kind: "exact" | "below" | "direct" | "named" | "either" | "stem" | "form";
  readonly place: Place;
  /** What the name must be like (`ends in .conf`); null where any will do. */
  readonly condition: string | null;
  /** The pattern ends in `/`: it covers folders only. */
  readonly folder: boolean;
}

/** More ways than that through the alternations of a path are not written out. */
const mostWays = 64;

/** More folders with globs in a path than that are not said one in the other. */
const deepestFolders = 2;

/** Variables that stand for a folder that everybody knows by its path. */
const wellKnownFolders: ReadonlyMap<string, string> = new Map([
  ["PROC", "/proc/"],
  ["sys", "/sys/"],
  ["run", "/run/"],
  ["HOMEDIRS", "/home/"],
  ["etc_ro", "/etc/"],
  ["etc_rw", "/etc/"],
  ["securityfs", "/sys/kernel/security/"],
]);

/** Variables that are said in words where a path begins with them. */
const saidFolders: ReadonlyMap<string, string> = new Map([
  ["user_share_dirs", "any user's folder of program data"],
  ["system_share_dirs", "the system's folders of shared data"],
]);

/** What a path or glob covers: one shape for each way through its alternations, or its form where they are too many. */
export function shapesOf(pattern: string, owned: boolean): readonly PathShape[] {
  const key = `${owned ? "owned" : "any"} ${pattern}`;
  const seen = seenShapes.get(key);
  if (seen !== undefined) return seen;
  const shapes = freshShapes(pattern, owned);
  if (seenShapes.size >= mostSeen) seenShapes.clear();
  seenShapes.set(key, shapes);
  return shapes;
}

/** The shapes of patterns that were asked for: an edit leaves nearly all of a profile's paths as they were. */
const seenShapes = new Map<string, readonly PathShape[]>();
const mostSeen = 20_000;

function freshShapes(pattern: string, owned: boolean): readonly PathShape[] {
  const ways = writtenOut(readSigns(pattern), mostWays);
  if (ways === null) return [formOf(pattern)];
  const shapes = ways.map((way) => shapeOfWay(way, owned));
  return shapes.every((shape) => shape !== null) ? shapes : [formOf(pattern)];
}

/** The shape of a glob that is shown as it stands. */
function formOf(pattern: string): PathShape {
  return { kind: "form", place: { path: pattern, base: null }, condition: null, folder: false };
}

/** A glob as it stands, but with the folder for a variable that everybody knows by its path. */
export function shownPattern(pattern: string): string {
  return pattern.replace(/^@\{(\w+)\}\/?/u, (whole, name: string) => wellKnownFolders.get(name) ?? whole);
}

function shapeOfWay(signs: readonly PlainSign[], owned: boolean): PathShape | null {
  const { place, rest } = placeOfVariable(signs, owned);
  // The values of these variables end in `/`, so that alone they are the folder.
  if (rest.length === 0) return { kind: "exact", place, condition: null, folder: true };
  const components = splitAtSlashes(rest);
  const folder = components.length > 1 && components.at(-1)?.length === 0;
  return shapeOf(place, folder ? components.slice(0, -1) : components, folder, 0);
}

/** The place that a variable at the beginning stands for, and what follows it without the slash. */
function placeOfVariable(signs: readonly PlainSign[], owned: boolean): { place: Place; rest: readonly PlainSign[] } {
  const [first, ...others] = signs;
  if (first?.kind !== "variable") return { place: { path: "", base: null }, rest: signs };
  const folder = wellKnownFolders.get(first.name);
  const base =
    first.name === "HOME" ? (owned ? "the user's home folder" : "any user's home folder") : saidFolders.get(first.name);
  if (folder !== undefined) return { place: { path: folder, base: null }, rest: withoutSlash(others) };
  if (base !== undefined) {
    return { place: { path: "", base: { kind: "words", words: base } }, rest: withoutSlash(others) };
  }
  return { place: { path: "", base: null }, rest: signs };
}

function withoutSlash(signs: readonly PlainSign[]): readonly PlainSign[] {
  const [first, ...others] = signs;
  if (first?.kind !== "text") return signs;
  const text = first.text.replace(/^\/+/u, "");
  return text === "" ? others : [{ kind: "text", text }, ...others];
}

/** The pieces between slashes; an empty one at the end says that the path ends in a slash. */
function splitAtSlashes(signs: readonly PlainSign[]): readonly (readonly PlainSign[])[] {
  const components: PlainSign[][] = [[]];
  for (const sign of signs) {
    if (sign.kind !== "text") {
      components.at(-1)?.push(sign);
      continue;
    }
    // Several slashes count as one.
    sign.text.split(/\/+/u).forEach((text, index) => {
      if (index > 0) components.push([]);
      if (text !== "") components.at(-1)?.push({ kind: "text", text });
    });
  }
  return components;
}

function shapeOf(
  place: Place,
  components: readonly (readonly PlainSign[])[],
  folder: boolean,
  depth: number,
): PathShape | null {
  const wild = components.findIndex((component) => component.some(isWild));
  if (wild === -1) {
    const path = components.map(textOfSigns).join("/");
    return { kind: "exact", place: extended(place, folder ? `${path}/` : path), condition: null, folder };
  }
  const before = components.slice(0, wild).map((component) => `${textOfSigns(component)}/`);
  const here = extended(place, before.join(""));
  const signs = components[wild] ?? [];
  if (wild === components.length - 1) return leafOf(here, signs, folder);
  const deep = signs.some(({ kind }) => kind === "deep");
  if (depth >= deepestFolders || (deep && signs.length > 1)) return null;
  return throughFolders(here, signs, deep, components.slice(wild + 1), folder, depth);
}

/** What lies behind a folder that is itself a glob: a name or more in any folder like that. */
function throughFolders(
  here: Place,
  signs: readonly PlainSign[],
  deep: boolean,
  rest: readonly (readonly PlainSign[])[],
  folder: boolean,
  depth: number,
): PathShape | null {
  const [only = []] = rest;
  if (deep && rest.length === 1 && only.some(isWild) && only.every(({ kind }) => kind !== "deep")) {
    return { kind: "named", place: here, condition: nameCondition(only), folder };
  }
  const condition = deep ? null : nameCondition(signs);
  const base = { kind: "folders", of: [here], deep, conditions: condition === null ? [] : [condition] } as const;
  const place: Place = { path: "", base };
  // Two conditions behind one another leave open which folder they speak of.
  return conditionCount(place) > 1 ? null : shapeOf(place, rest, folder, depth + 1);
}

function leafOf(here: Place, signs: readonly PlainSign[], folder: boolean): PathShape | null {
  const deep = signs.filter(({ kind }) => kind === "deep").length;
  if (deep === 0) return { kind: "direct", place: here, condition: nameCondition(signs), folder };
  if (signs.length === 1) return { kind: "below", place: here, condition: null, folder };
  // `lib**` goes on into folders; `**.rb` is a name at any depth.
  const [first] = signs;
  const last = signs.at(-1);
  if (first?.kind === "deep") return { kind: "named", place: here, condition: nameCondition(signs), folder };
  if (last?.kind === "deep" && !signs.slice(0, -1).some(isWild) && here.base?.kind !== "folders") {
    return { kind: "stem", place: extended(here, textOfSigns(signs.slice(0, -1))), condition: null, folder };
  }
  return null;
}

function extended({ path, base }: Place, more: string): Place {
  return { path: `${path}${more}`, base };
}

function textOfSigns(signs: readonly PlainSign[]): string {
  return signs.map(plainText).join("");
}
