import type { Destination, Transition } from "@hauberk/core/analysis";
import {
  effectiveQualifiers,
  type FileView,
  heldValue,
  type ProfileRule,
  type ProfileView,
} from "@hauberk/core/design";
import {
  type ChangeProfileRuleValue,
  type ExecMode,
  type FileRuleValue,
  noQualifiers,
  type Qualifiers,
  type RuleValue,
} from "@hauberk/core/rules";
import { execModeNamed } from "@hauberk/core/vocabulary";

import { furtherMarks, lineOf, ruleMarks } from "../../panel/rule-place.ts";
import { capitalised } from "../../ui/capitalised.ts";

/** A rule that starts programs or changes the profile, as the table shows it: plain data, to see that nothing changed. */
export interface ProgramRow {
  /** Position among the profile's rules: finds the rule again in the file's present view. */
  readonly index: number;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly way: "exec" | "change_profile";
  /** What is started; null for any program, and for a change that needs no start. */
  readonly program: string | null;
  /** `x` in a deny, null for change_profile. */
  readonly mode: ExecMode | null;
  /** What stands behind `->`. */
  readonly target: string | null;
  /** Letters beside the mode, for example `mr`. */
  readonly permissions: string;
  readonly owner: Qualifiers["owner"];
  readonly deny: boolean;
  readonly audit: boolean;
  /** False for the bare `file,` and for `all,`, which say more than a start. */
  readonly editable: boolean;
  /** The rule stands in an `if`, in a block, or is forgotten by the parser: in words, each continues "this rule". */
  readonly marks: readonly string[];
}

/** The rules of a profile that start a program, refuse to, or change the profile, in the order of the text. */
export function programRows(file: FileView, profile: ProfileView): ProgramRow[] {
  const rows: ProgramRow[] = [];
  for (const [index, placed] of profile.rules.entries()) {
    const { node } = placed.rule;
    const value = heldValue(file.tree, placed);
    if (!isAboutPrograms(value)) continue;
    const { access, audit, owner } = effectiveQualifiers(file.tree, placed);
    const marks = ruleMarks(file.tree, placed).map(({ words }) => words);
    marks.push(...furtherMarks(file.tree, placed.rule, value.qualifiers));
    if (value.kind !== "all" && value.safety !== null) marks.push(`says \`${value.safety}\` of the environment`);
    rows.push({
      index,
      line: lineOf(file.tree, node.start),
      start: node.start,
      end: node.end,
      ...shape(value),
      owner,
      deny: access === "deny",
      audit,
      marks,
    });
  }
  return rows;
}

type ProgramValue = FileRuleValue | ChangeProfileRuleValue | Extract<RuleValue, { kind: "all" }>;

/** True for rules that this panel shows. */
export function isAboutPrograms(value: RuleValue): value is ProgramValue {
  if (value.kind === "file") return value.exec !== null || value.path === null;
  return value.kind === "change_profile" || value.kind === "all";
}

function shape(
  value: ProgramValue,
): Pick<ProgramRow, "way" | "program" | "mode" | "target" | "permissions" | "editable"> {
  if (value.kind === "change_profile") {
    const { exec, target } = value;
    return { way: "change_profile", program: exec, mode: null, target, permissions: "", editable: true };
  }
  if (value.kind === "all" || value.path === null) {
    const denied = value.qualifiers.access === "deny";
    return {
      way: "exec",
      program: null,
      mode: denied ? "x" : "ix",
      target: null,
      permissions: "",
      editable: false,
    };
  }
  const { path, exec, execTarget, permissions } = value;
  return {
    way: "exec",
    program: path,
    mode: exec,
    target: execTarget,
    permissions: permissions.join(""),
    editable: true,
  };
}

/** Which rows the table shows. */
export interface ProgramFilter {
  readonly query: string;
  readonly only: "all" | "inherit" | "leaves" | "denies";
}

/** The rows that fit the filter. */
export function filterPrograms(rows: readonly ProgramRow[], { query, only }: ProgramFilter): readonly ProgramRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && only === "all") return rows;
  return rows.filter((row) => {
    if (only === "denies" ? !row.deny : only !== "all" && row.deny) return false;
    const inherits = row.mode === "ix";
    if (only === "inherit" && !inherits) return false;
    if (only === "leaves" && inherits) return false;
    const text = `${row.program ?? "any program"} ${row.mode ?? "change_profile"} ${row.target ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** True where two rows look alike: the offsets may differ, they only serve the selection. */
export function sameProgramRow(a: ProgramRow, b: ProgramRow): boolean {
  return (
    a.index === b.index &&
    a.line === b.line &&
    a.way === b.way &&
    a.program === b.program &&
    a.mode === b.mode &&
    a.target === b.target &&
    a.permissions === b.permissions &&
    a.owner === b.owner &&
    a.deny === b.deny &&
    a.audit === b.audit &&
    a.marks.join("\n") === b.marks.join("\n")
  );
}

/** What the table's cells and the rule's sheet can be told to do. */
export type ProgramChange =
  | { readonly mode: ExecMode }
  | { readonly target: string | null }
  | { readonly program: string | null }
  | { readonly qualifiers: Qualifiers };

/** True where `-> target` may stand beside the mode: those that change the profile. */
export function takesTarget(mode: ExecMode | null): boolean {
  return mode !== null && execModeNamed(mode)?.takesTarget === true;
}

/** The rule's value after a change; a reason where that can't be. */
export function changedProgram(
  value: RuleValue,
  change: ProgramChange,
): { readonly ok: true; readonly value: RuleValue } | { readonly ok: false; readonly reason: string } {
  if (value.kind === "file" && value.path !== null) return changedStart(value, change);
  if ("qualifiers" in change) return { ok: true, value: { ...value, qualifiers: change.qualifiers } };
  if (value.kind !== "change_profile")
    return { ok: false, reason: "This rule says more than a start: change it in the Paths panel or in the text." };
  if ("mode" in change) return { ok: false, reason: "A change of profile has no exec mode." };
  if ("target" in change) return { ok: true, value: { ...value, target: change.target } };
  return { ok: true, value: { ...value, exec: change.program } };
}

function changedStart(value: FileRuleValue, change: ProgramChange): ReturnType<typeof changedProgram> {
  if ("program" in change) {
    return change.program === null
      ? { ok: false, reason: "A rule that starts a program needs its path." }
      : { ok: true, value: { ...value, path: change.program } };
  }
  if ("target" in change) {
    if (change.target !== null && !takesTarget(value.exec))
      return { ok: false, reason: "Only a mode that changes the profile (Px, Cx and their kin) takes a target." };
    return { ok: true, value: { ...value, execTarget: change.target } };
  }
  if ("mode" in change) {
    const { mode } = change;
    const access = mode === "x" ? "deny" : value.qualifiers.access === "deny" ? null : value.qualifiers.access;
    return {
      ok: true,
      value: {
        ...value,
        exec: mode,
        execTarget: takesTarget(mode) ? value.execTarget : null,
        qualifiers: { ...value.qualifiers, access },
      },
    };
  }
  // A deny takes the plain x, an allow needs a mode: `ix` asks for nothing else.
  const { qualifiers } = change;
  const exec = qualifiers.access === "deny" ? "x" : value.exec === "x" ? "ix" : value.exec;
  return {
    ok: true,
    value: { ...value, qualifiers, exec, execTarget: takesTarget(exec) ? value.execTarget : null },
  };
}

/** What a person chose for a new rule. */
export interface NewStart {
  readonly program: string;
  readonly mode: ExecMode;
  readonly target: string;
  readonly owner: boolean;
}

/** A new rule that starts a program, or with `x` one that refuses it. */
export function newStart({ program, mode, target, owner }: NewStart): FileRuleValue {
  return {
    kind: "file",
    qualifiers: { ...noQualifiers, owner: owner ? "owner" : null, access: mode === "x" ? "deny" : null },
    keyword: false,
    path: program.trim(),
    permissions: [],
    exec: mode,
    execTarget: takesTarget(mode) && target.trim() !== "" ? target.trim() : null,
    permissionsFirst: false,
    safety: null,
  };
}

/** A new `change_profile`: at the start of `program`, or where that is empty whenever the program likes. */
export function newChange({ program, target }: Pick<NewStart, "program" | "target">): ChangeProfileRuleValue {
  const trimmed = { program: program.trim(), target: target.trim() };
  return {
    kind: "change_profile",
    qualifiers: noQualifiers,
    safety: null,
    exec: trimmed.program === "" ? null : trimmed.program,
    target: trimmed.target === "" ? null : trimmed.target,
  };
}

/** The rule of a row as it is now. */
export function ruleOfRow(profile: ProfileView, row: Pick<ProgramRow, "index">): ProfileRule | undefined {
  return profile.rules[row.index];
}

/** A place where a program can end up, in a few words that go on from "runs" or "comes". */
export function placeWords(to: Destination): string {
  switch (to.kind) {
    case "profile":
      return to.profile.parent === null
        ? `under \`${to.profile.fullName}\``
        : `under the ${to.profile.form === "hat" ? "hat" : "child"} \`${to.profile.name}\``;
    case "missing":
      return to.child ? `under a child \`${to.name}\` that is not there` : `under \`${to.name}\`, known nowhere`;
    case "open":
      if (to.name !== null) return `under \`${to.name}\``;
      return to.child ? "under the child profile that fits it" : "under the profile that fits it";
    case "inherit":
      return "under this same profile";
    case "unconfined":
      return "without any profile";
  }
}

/** Where a transition leads, in a few words: "under the child `cgi`, else under this same profile". */
export function wayWords({ arms, way }: Pick<Transition, "arms" | "way">): string {
  const places = arms.filter(({ otherwise }) => !otherwise).map(({ to }) => placeWords(to));
  const others = arms.filter(({ otherwise }) => otherwise).map(({ to }) => placeWords(to));
  const goal = places.length > 2 ? `${places.slice(0, 2).join(" or ")} or another` : places.join(" or ");
  const all = [goal, ...others.map((each) => `else ${each}`)].join(", ");
  return way === "exec" ? capitalised(all) : `Comes ${all}`;
}

/** What becomes of the environment, in a few words; null where the mode says nothing of it. */
export function environmentWords(mode: ExecMode | null): string | null {
  const word = mode === null ? undefined : execModeNamed(mode);
  if (word === undefined || word.goal === "inherit" || word.goal === "none") return null;
  return word.scrubs ? "environment scrubbed" : "environment kept";
}
