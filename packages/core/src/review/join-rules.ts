import { viewFile } from "../design/index.ts";
import type { Piece } from "./merge-lines.ts";
import { partsOf, type FileParts, type Part } from "./parts.ts";

/**
 * What both sides put to one place, joined, theirs first: where each is a list of whole rules (or includes), and one side left
 * what stood there as it was. A rule that both added stands once. Null where that can't be done: it is a conflict.
 */
export function joinedLists({ base, mine, theirs }: Piece): string | null {
  if (base.length === 0) return joined(theirs, mine);
  // One side changed what stood there, the other one only added to it: behind it, or before it.
  const [mineBehind, theirsBehind] = [behind(mine, base), behind(theirs, base)];
  if (theirsBehind !== null) return joined(mine, theirsBehind);
  if (mineBehind !== null) return joined(theirs, mineBehind);
  const [mineAbove, theirsAbove] = [above(mine, base), above(theirs, base)];
  if (theirsAbove !== null) return joined(theirsAbove, mine);
  return mineAbove === null ? null : joined(mineAbove, theirs);
}

/** What stands behind the base's lines; null where a text does not begin with them. */
function behind(lines: readonly string[], base: readonly string[]): readonly string[] | null {
  return base.every((line, at) => lines[at] === line) ? lines.slice(base.length) : null;
}

function above(lines: readonly string[], base: readonly string[]): readonly string[] | null {
  const start = lines.length - base.length;
  return start >= 0 && base.every((line, at) => lines[start + at] === line) ? lines.slice(0, start) : null;
}

function joined(first: readonly string[], second: readonly string[]): string | null {
  const [one, other] = [listOf(first), listOf(second)];
  if (one === null || other === null || clash(one.parts, other.parts)) return null;
  const places = new Map(one.parts.map((part) => [part.key, linesAt(one, part).from]));
  const doubled = other.parts.filter(({ key }) => places.has(key));
  if (!doubled.every((part) => isAlone(other, part))) return null;
  const taken = new Set<number>();
  const added = new Map<number, readonly string[]>();
  for (const part of doubled) {
    const { from, to } = linesAt(other, part);
    const comment = commentAbove(second, from);
    for (let line = from - comment.length; line <= to; line++) taken.add(line);
    const place = places.get(part.key) ?? 0;
    const known = new Set([...commentAbove(first, place), ...(added.get(place) ?? [])].map((line) => line.trim()));
    const news = comment.filter((line) => !known.has(line.trim()));
    added.set(place, [...(added.get(place) ?? []), ...news]);
  }
  const text = first.map((line, at) => [...(added.get(at) ?? []), line].join("")).join("");
  const kept = second.filter((_line, at) => !taken.has(at)).join("");
  if (text === "" || kept === "" || text.endsWith("\n")) return text + kept;
  return `${text}${kept.includes("\r\n") ? "\r\n" : "\n"}${kept}`;
}

/** The lines of comment right above a line: they are about what stands in it. */
function commentAbove(lines: readonly string[], line: number): readonly string[] {
  let from = line;
  while (from > 0 && isComment(lines[from - 1] ?? "")) from--;
  return lines.slice(from, line);
}

function isComment(line: string): boolean {
  return /^\s*#(?!include\b)/u.test(line);
}

/** Lines read as a list of rules, settings or includes. */
interface List {
  readonly parts: readonly Part[];
  /** Where the lines begin in the text that was read. */
  readonly offset: number;
  readonly file: FileParts;
}

const head = "profile list {\n";

/** Reads lines as what stands in a profile, or outside of any; null where they are neither, or hold a profile. */
function listOf(lines: readonly string[]): List | null {
  const text = lines.join("");
  const inside = partsOf(viewFile("list", `${head}${text}\n}`));
  const [profile, ...more] = inside.profiles;
  const { tree } = inside.view;
  if (tree.errors.length === 0 && more.length === 0 && profile?.profile.node.end === tree.text.length) {
    return { parts: profile.parts, offset: head.length, file: inside };
  }
  const outside = partsOf(viewFile("list", text));
  const isList = outside.view.tree.errors.length === 0 && outside.profiles.length === 0;
  return isList ? { parts: outside.parts, offset: 0, file: outside } : null;
}

/** True where what two lists say can't both be: a variable set twice, a program that is to be started in two ways. */
function clash(one: readonly Part[], other: readonly Part[]): boolean {
  const said = new Map(one.flatMap((part) => nameOf(part).map((name) => [name, part.key])));
  return other.some((part) => nameOf(part).some((name) => said.has(name) && said.get(name) !== part.key));
}

/** What may be said once only; empty where there may be any number. */
function nameOf({ view }: Part): string[] {
  switch (view.subject) {
    case "rule": {
      const { value } = view.placed.rule;
      if (value.kind === "rlimit") return [`rlimit ${value.resource}`];
      return value.kind === "file" && value.exec !== null && value.exec !== "x" ? [`start ${value.path ?? ""}`] : [];
    }
    case "abi":
      return ["abi"];
    case "variable":
      return view.variable.operator === "+=" ? [] : [`variable ${view.variable.name}`];
    case "boolean":
      return [`boolean ${view.boolean.name}`];
    case "alias":
      return [`alias ${view.alias.from}`];
    case "include":
      return [];
  }
}

/** The first and the last line of a part, counted from where the list begins. */
function linesAt({ offset, file: { lines } }: List, { range }: Part): { readonly from: number; readonly to: number } {
  const first = lines.positionAt(offset).line;
  return { from: lines.positionAt(range.start).line - first, to: lines.positionAt(range.end).line - first };
}

/** True where a part shares its lines with nothing else. */
function isAlone({ file: { lines, view } }: List, { range }: Part): boolean {
  const { text } = view.tree;
  const [start, end] = [lines.positionAt(range.start).line, lines.positionAt(range.end).line];
  const around = text.slice(lines.lineStart(start), range.start) + text.slice(range.end, lines.lineStart(end + 1));
  return around.trim() === "";
}
