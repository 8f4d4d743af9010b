import { effectiveQualifiers, type EffectiveQualifiers, type ProfileRule } from "../design/index.ts";
import type { FileRuleValue } from "../rules/index.ts";
import type { SyntaxTree } from "../syntax/index.ts";
import { type Danger, worstDanger } from "../vocabulary/index.ts";
import { fileDanger } from "./file-danger.ts";
import { fileVerbs, ownerWords, sayFileRules } from "./file.ts";
import { counted } from "./lists.ts";
import { shapesOf } from "./path-shape.ts";
import { sayPaths, shapeKey } from "./paths.ts";
import { leadOf, placeNotes, qualifierNotes } from "./say-rule.ts";
import type { Saying } from "./saying.ts";
import type { VariableValues } from "./variable-values.ts";

/** A file rule that has a path, with what holds for it where it stands. */
export interface FileAccess {
  readonly placed: ProfileRule;
  readonly value: FileRuleValue & { readonly path: string };
  readonly qualifiers: EffectiveQualifiers;
  readonly notes: readonly string[];
  /** What its variables stand for. */
  readonly values: VariableValues;
  readonly danger: Danger | null;
}

/** The file rule as an access; null for a rule of another kind, and for the bare `file,`. */
export function fileAccess(tree: SyntaxTree, placed: ProfileRule, values: VariableValues): FileAccess | null {
  const { value } = placed.rule;
  if (value.kind !== "file" || value.path === null) return null;
  const qualifiers = effectiveQualifiers(tree, placed);
  const notes = [...qualifierNotes(qualifiers), ...placeNotes(tree, placed)];
  const danger = qualifiers.access === "deny" ? null : fileDanger(value, values);
  return { placed, value: { ...value, path: value.path }, qualifiers, notes, values, danger };
}

/** What the rule allows but to start programs. Its danger stays that of the whole rule. */
export function withoutStart(access: FileAccess): FileAccess {
  return { ...access, value: { ...access.value, exec: null, execTarget: null, safety: null } };
}

/** What the rule allows programs to be started. What was written can be run: the danger of that stays. */
export function onlyStart(access: FileAccess): FileAccess {
  const value = { ...access.value, permissions: [] };
  const runsWritten = access.value.exec === "ix" && access.value.permissions.includes("w");
  const danger = worstDanger([fileDanger(value, access.values), ...(runsWritten ? (["high"] as const) : [])]);
  return { ...access, value, danger };
}

/** So many rules stand in one sentence, with so many paths, and so long may their list grow, in UTF-16 units. */
const mostRules = 8;
const mostPaths = 16;
const longestList = 260;

/** How many exceptions one sentence names. */
const mostExceptions = 3;

/**
 * File rules in as few sentences as can be read: those that say the same of different paths together, and what a deny cuts
 * out of a whole folder beside the rule that opens it.
 */
export function sayAccesses(accesses: readonly FileAccess[], denies: readonly FileAccess[]): readonly Saying[] {
  const exceptions = exceptionsOf(accesses, denies);
  const groups = new Map<string, FileAccess[]>();
  for (const access of accesses) {
    const own = exceptions.has(access) ? access.placed.rule.node.start : null;
    const key = JSON.stringify([keyOf(access), own]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [access]);
    else group.push(access);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return sayGroup(group, first === undefined ? [] : (exceptions.get(first) ?? []));
  });
}

/** What rules must share to be said together. */
function keyOf({ value, qualifiers, notes, danger }: FileAccess): unknown {
  const { permissions, exec, execTarget, safety } = value;
  const shape = shapeKey(value.path);
  const { access } = value.qualifiers;
  return [
    permissions.toSorted(),
    exec,
    execTarget,
    safety,
    shape,
    access,
    qualifiers.access,
    qualifiers.owner,
    notes,
    danger,
  ];
}

function sayGroup(group: readonly FileAccess[], exceptions: readonly FileAccess[]): readonly Saying[] {
  const sayings: Saying[] = [];
  let chunk: FileAccess[] = [];
  let paths = 0;
  for (const access of group) {
    const ways = shapesOf(access.value.path, false).length;
    if (chunk.length > 0 && (paths + ways > mostPaths || isTooLong([...chunk, access]))) {
      sayings.push(sayingOf(chunk, exceptions));
      chunk = [];
      paths = 0;
    }
    chunk.push(access);
    paths += ways;
  }
  return chunk.length === 0 ? sayings : [...sayings, sayingOf(chunk, exceptions)];
}

function isTooLong(chunk: readonly FileAccess[]): boolean {
  return chunk.length > mostRules || sayPaths(chunk.map(({ value }) => value.path)).words.length > longestList;
}

function sayingOf(chunk: readonly FileAccess[], exceptions: readonly FileAccess[]): Saying {
  return {
    sentence: sentenceOf(chunk, exceptions),
    danger: chunk[0]?.danger ?? null,
    from: [...chunk, ...exceptions].map(({ placed }) => ({ start: placed.rule.node.start, end: placed.rule.node.end })),
  };
}

function sentenceOf(chunk: readonly FileAccess[], exceptions: readonly FileAccess[]): string {
  const [first] = chunk;
  if (first === undefined) return "";
  const { act, notes } = sayFileRules(
    chunk.map(({ value }) => value),
    { ...first.qualifiers, values: first.values },
  );
  const lead = leadOf(first.qualifiers, first.value.qualifiers.access === "prompt");
  const except =
    exceptions.length === 0 ? "" : `, except ${exceptionWords(first, exceptions)}`.replace("except :", "except:");
  return [`${lead} ${act}${except}.`, ...notes, ...first.notes].join(" ");
}

/** What is cut out: the paths alone where nothing of the access is left there, else what is refused there. */
function exceptionWords(access: FileAccess, exceptions: readonly FileAccess[]): string {
  const isWhole = (deny: FileAccess): boolean =>
    access.value.exec === null && access.value.permissions.every((letter) => cutsLetter(deny, letter));
  // A verb would be heard with what stands behind it.
  const ordered = exceptions.toSorted((one, other) => Number(isWhole(other)) - Number(isWhole(one)));
  const shown = ordered.slice(0, mostExceptions).map((deny) => {
    const cut = access.value.permissions.filter((letter) => cutsLetter(deny, letter));
    const where = sayPaths([deny.value.path], { joiner: "or", owned: deny.qualifiers.owner === "owner" });
    const refused = { ...access.value, permissions: cut, exec: cutsExec(deny) ? access.value.exec : null };
    const owner = ownerWords(deny.qualifiers.owner, "deny");
    return `${isWhole(deny) ? "" : `to ${fileVerbs(refused, where, "or")} `}${where.words}${owner}`;
  });
  const more = exceptions.length - shown.length;
  const all = more === 0 ? shown : [...shown, `${counted(more)} more`];
  return all.length === 1 ? (all[0] ?? "") : `: ${all.join("; ")}`;
}

function cutsLetter({ value }: FileAccess, letter: string): boolean {
  // A deny of writing refuses appending as well.
  return value.permissions.some((denied) => denied === letter || (denied === "w" && letter === "a"));
}

function cutsExec({ value }: FileAccess): boolean {
  return value.exec !== null;
}

/** For each access to a whole folder, the denies that lie in it and refuse something that it allows. */
function exceptionsOf(
  accesses: readonly FileAccess[],
  denies: readonly FileAccess[],
): ReadonlyMap<FileAccess, readonly FileAccess[]> {
  const byFolder = new Map<string, FileAccess[]>();
  for (const access of accesses) {
    const folder = wholeFolder(access.value.path);
    if (folder === null) continue;
    const known = byFolder.get(folder);
    if (known === undefined) byFolder.set(folder, [access]);
    else known.push(access);
  }
  const found = new Map<FileAccess, FileAccess[]>();
  for (const deny of denies) {
    for (const folder of foldersAbove(deny.value.path)) {
      for (const access of byFolder.get(folder) ?? []) {
        if (!cuts(deny, access)) continue;
        const known = found.get(access);
        if (known === undefined) found.set(access, [deny]);
        else known.push(deny);
      }
    }
  }
  return found;
}

function cuts(deny: FileAccess, access: FileAccess): boolean {
  if ((access.qualifiers.priority ?? 0) > (deny.qualifiers.priority ?? 0)) return false;
  return (
    access.value.permissions.some((letter) => cutsLetter(deny, letter)) ||
    (access.value.exec !== null && cutsExec(deny))
  );
}

/** `/srv/` of `/srv/**` and of `/srv/{,**}`; null for a path that is not a whole folder. */
function wholeFolder(path: string): string | null {
  const folder = /^(.*\/)(?:\*\*|\{,\*\*\})$/u.exec(path)?.[1];
  return folder === undefined || /[*?[]/u.test(folder) ? null : folder;
}

/** Every folder above a path, as the path writes it. */
function foldersAbove(path: string): readonly string[] {
  return [...path.matchAll(/\//gu)].map(({ index }) => path.slice(0, index + 1));
}
