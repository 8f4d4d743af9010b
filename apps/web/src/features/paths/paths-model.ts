import { effectiveQualifiers, type FileView, type ProfileRule } from "@hauberk/core/design";
import { type ExecMode, type FilePermission, type FileRuleValue, noQualifiers } from "@hauberk/core/rules";
import { execModeNamed, filePermissions, wordNamed } from "@hauberk/core/vocabulary";

import { furtherMarks, lineOf, ruleMarks } from "../../panel/rule-place.ts";

/** The letters that are ticked one by one, in the order of the columns. */
export const permissionLetters: readonly FilePermission[] = filePermissions.map(({ name }) => name);

/** A file rule as the table shows it: plain data, so that a row that did not change is not drawn again. */
export interface PathRow {
  /** Position among the profile's rules: finds the rule again in the file's present view. */
  readonly index: number;
  readonly line: number;
  /** Offsets of the rule in the text, for the selection. */
  readonly start: number;
  readonly end: number;
  /** Null for the bare `file,`, which means every path and every access. */
  readonly path: string | null;
  /** The ticked letters, for example `rwk`. */
  readonly permissions: string;
  readonly exec: ExecMode | null;
  /** What stands behind `->`: a profile, or the file that a link may name. */
  readonly execTarget: string | null;
  readonly owner: "owner" | "other" | null;
  readonly deny: boolean;
  readonly audit: boolean;
  /** Words that come from a block or conditional around the rule, one sentence each. */
  readonly marks: readonly string[];
}

/** A file rule as a row; undefined for a rule of another kind. */
export function pathRow(file: FileView, placed: ProfileRule, index: number): PathRow | undefined {
  const { value, node } = placed.rule;
  if (value.kind !== "file") return undefined;
  const qualifiers = effectiveQualifiers(file.tree, placed);
  const marks = ruleMarks(file.tree, placed).map(({ words }) => words);
  marks.push(...furtherMarks(file.tree, placed.rule, { ...value.qualifiers, owner: qualifiers.owner }));
  if (value.safety !== null) marks.push(`says \`${value.safety}\` of the environment on exec`);
  return {
    index,
    line: lineOf(file.tree, node.start),
    start: node.start,
    end: node.end,
    path: value.path,
    permissions: permissionLetters.filter((letter) => value.permissions.includes(letter)).join(""),
    exec: value.exec,
    execTarget: value.execTarget,
    owner: qualifiers.owner,
    deny: qualifiers.access === "deny",
    audit: qualifiers.audit,
    marks,
  };
}

/**
 * What the table's columns can be told to do to a rule. `exec` null takes the execution away; `execTarget` stands only
 * beside `l` or a mode that makes a transition.
 */
export type RowChange =
  | { readonly toggle: FilePermission | "owner" | "deny" | "audit" }
  | { readonly exec: ExecMode | null }
  | { readonly execTarget: string | null }
  | { readonly path: string };

/** True where a profile may stand behind `->`: beside the modes that change it. */
function takesTarget(mode: ExecMode | null): boolean {
  return mode !== null && execModeNamed(mode)?.takesTarget === true;
}

/** What `-> target` would name: a profile beside a mode that changes it, the file of a link beside `l`; null where none may stand. */
export function targetOf({
  exec,
  permissions,
}: Pick<PathRow, "exec" | "permissions"> | FileRuleValue): TargetKind | null {
  if (exec !== null) return takesTarget(exec) ? "profile" : null;
  return permissions.includes("l") ? "link" : null;
}

/** What stands behind `->`. */
export type TargetKind = "profile" | "link";

/** The changed rule: its target stays only while it names the same kind of thing. */
function withFittingTarget(before: FileRuleValue, after: FileRuleValue): FileRuleValue {
  const kind = targetOf(after);
  return kind !== null && kind === targetOf(before) ? after : { ...after, execTarget: null };
}

function toggledPermissions(value: FileRuleValue, letter: FilePermission): readonly FilePermission[] {
  if (value.permissions.includes(letter)) return value.permissions.filter((each) => each !== letter);
  // `w` contains `a`, and the two together are refused by every parser.
  const excluded = wordNamed(filePermissions, letter)?.excludes ?? [];
  return [...value.permissions.filter((each) => !excluded.includes(each)), letter];
}

/** What shall hold after a change of what holds for a rule where it stands, or in words why it can't be. */
export function changedValue(
  value: FileRuleValue,
  change: RowChange,
): { readonly ok: true; readonly value: FileRuleValue } | { readonly ok: false; readonly reason: string } {
  const qualifiers = value.qualifiers;
  if ("path" in change) return { ok: true, value: { ...value, path: change.path } };
  if ("execTarget" in change) {
    if (change.execTarget !== null && targetOf(value) === null) {
      const reason = "Only `l` or a mode that changes the profile (Px, Cx and their kin) takes a target.";
      return { ok: false, reason };
    }
    return { ok: true, value: { ...value, execTarget: change.execTarget } };
  }
  if ("exec" in change) {
    return withSomeAccess(withFittingTarget(value, { ...value, exec: change.exec }));
  }
  const { toggle } = change;
  if (toggle === "owner") {
    if (qualifiers.owner === "other") return { ok: false, reason: otherWords };
    const owner = qualifiers.owner === "owner" ? null : "owner";
    return { ok: true, value: { ...value, qualifiers: { ...qualifiers, owner } } };
  }
  if (toggle === "audit")
    return { ok: true, value: { ...value, qualifiers: { ...qualifiers, audit: !qualifiers.audit } } };
  if (toggle === "deny") return { ok: true, value: deniedOrNot(value) };
  return withSomeAccess(withFittingTarget(value, { ...value, permissions: toggledPermissions(value, toggle) }));
}

const otherWords =
  "This rule says `other`: it is about files that the user doesn't own, and `owner` would be about the opposite ones. Choose under “Whose files” of the rule.";

/** The rule with its deny turned over. A deny takes the plain x, an allow needs a mode: `ix` asks for nothing else. */
function deniedOrNot(value: FileRuleValue): FileRuleValue {
  const deny = value.qualifiers.access !== "deny";
  const exec = value.exec === null ? null : deny ? "x" : value.exec === "x" ? "ix" : value.exec;
  return withFittingTarget(value, {
    ...value,
    exec,
    qualifiers: { ...value.qualifiers, access: deny ? "deny" : null },
  });
}

function withSomeAccess(value: FileRuleValue): ReturnType<typeof changedValue> {
  if (value.path !== null && value.permissions.length === 0 && value.exec === null) {
    return { ok: false, reason: "A rule needs at least one permission: tick another one first, or remove the rule." };
  }
  return { ok: true, value };
}

/** A path in the three parts that are shortened apart: `/usr/`, `share/x/`, `**`. Joined they are the path. */
export function pathParts(path: string): { readonly root: string; readonly folders: string; readonly last: string } {
  const cut = path.lastIndexOf("/", path.length - 2) + 1;
  const second = path.indexOf("/", 1) + 1;
  const root = second === 0 ? cut : Math.min(second, cut);
  return { root: path.slice(0, root), folders: path.slice(root, cut), last: path.slice(cut) };
}

/** True where two rows look alike: the offsets may differ, they only serve the selection. */
export function sameRow(a: PathRow, b: PathRow): boolean {
  return (
    a.index === b.index &&
    a.line === b.line &&
    a.path === b.path &&
    a.permissions === b.permissions &&
    a.exec === b.exec &&
    a.execTarget === b.execTarget &&
    a.owner === b.owner &&
    a.deny === b.deny &&
    a.audit === b.audit &&
    a.marks.join("\n") === b.marks.join("\n")
  );
}

/** The path of a row in words. */
export function pathWords(row: Pick<PathRow, "path">): string {
  return row.path ?? "every path";
}

/** A new rule for a path, in the plain form `/path rw,`. */
export function newPathRule(
  path: string,
  access: { readonly permissions: readonly FilePermission[]; readonly exec: ExecMode | null; readonly owner: boolean },
): FileRuleValue {
  return {
    kind: "file",
    qualifiers: { ...noQualifiers, owner: access.owner ? "owner" : null },
    keyword: false,
    path,
    permissions: access.permissions,
    exec: access.exec,
    execTarget: null,
    permissionsFirst: false,
    safety: null,
  };
}
