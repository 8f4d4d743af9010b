import { type FileView, type ProfileView, viewFile } from "@hauberk/core/design";
import { addRule, type EditOutcome } from "@hauberk/core/edit";
import type { RuleValue } from "@hauberk/core/rules";
import { applyEdits, type TextEdit } from "@hauberk/core/text";

import { differenceEdit } from "../../store/index.ts";

/** The profile of the same place in another view of its file. */
function sameProfile(from: FileView, profile: ProfileView, to: FileView): ProfileView | undefined {
  const path = (level: readonly ProfileView[]): number[] | null => {
    for (const [index, each] of level.entries()) {
      if (each === profile) return [index];
      const below = path(each.children);
      if (below !== null) return [index, ...below];
    }
    return null;
  };
  let level = to.profiles;
  let found: ProfileView | undefined;
  for (const index of path(from.profiles) ?? []) {
    found = level[index];
    level = found?.children ?? [];
  }
  return found;
}

/**
 * Adds rules one after the other, each to the text that the one before left, as a single undoable step. The first rule that
 * is refused stops it, and nothing is added.
 */
export function addManyRules(
  file: FileView,
  profile: ProfileView,
  rules: readonly { readonly number: number; readonly value: RuleValue }[],
): EditOutcome {
  let now = file;
  for (const { number, value } of rules) {
    const target = sameProfile(file, profile, now);
    if (target === undefined) return { ok: false, reason: "The profile can't be found any more." };
    const outcome = addRule(now, target, value);
    if (!outcome.ok) return { ok: false, reason: `Line ${number}: ${outcome.reason}` };
    const edits: readonly TextEdit[] = outcome.edits.flatMap((edit) => (edit.path === file.path ? edit.edits : []));
    now = viewFile(file.path, applyEdits(now.tree.text, edits));
  }
  const edits = insertedLines(file.tree.text, now.tree.text);
  const label = rules.length === 1 ? "add a rule" : `add ${rules.length} rules`;
  return { ok: true, label, edits: edits.length === 0 ? [] : [{ path: file.path, edits }] };
}

/** Where each line of a text begins and ends, its line end included. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/**
 * The edits that turn `from` into `to` where `to` has all lines of `from` and some between them: one insertion a place, so
 * that an undo touches nothing else. Where lines were changed too, the one edit over all that differs.
 */
export function insertedLines(from: string, to: string): TextEdit[] {
  const edits: TextEdit[] = [];
  const old = linesOf(from);
  let next = 0;
  let offset = 0;
  let added = "";
  for (const line of linesOf(to)) {
    const expected = old[next];
    if (line !== expected) {
      added += line;
      continue;
    }
    if (added !== "") edits.push({ range: { start: offset, end: offset }, newText: added });
    added = "";
    offset += line.length;
    next += 1;
  }
  if (added !== "") edits.push({ range: { start: offset, end: offset }, newText: added });
  if (next === old.length || (next === old.length - 1 && old.at(-1) === "")) return edits;
  const whole = differenceEdit(from, to);
  return whole === null ? [] : [whole];
}
