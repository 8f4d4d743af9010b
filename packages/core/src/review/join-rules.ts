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
  const known = new Set(one.parts.map(({ key }) => key));
  const doubled = other.parts.filter(({ key }) => known.has(key));
  const kept = withoutParts(second, other, doubled);
  if (kept === null) return null;
  const text = first.join("");
  if (text === "" || kept === "" || text.endsWith("\n")) return text + kept;
  return `${text}${kept.includes("\r\n") ? "\r\n" : "\n"}${kept}`;
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

/** The lines without some parts; null where one shares a line with something else. */
function withoutParts(lines: readonly string[], { offset, file }: List, gone: readonly Part[]): string | null {
  const { text } = file.view.tree;
  const taken = new Set<number>();
  const firstLine = file.lines.positionAt(offset).line;
  for (const { range } of gone) {
    const [from, to] = [file.lines.positionAt(range.start), file.lines.positionAt(range.end)];
    const around =
      text.slice(file.lines.lineStart(from.line), range.start) +
      text.slice(range.end, file.lines.lineStart(to.line + 1));
    if (around.trim() !== "") return null;
    for (let line = from.line; line <= to.line; line++) taken.add(line - firstLine);
  }
  return lines.filter((_line, at) => !taken.has(at)).join("");
}
