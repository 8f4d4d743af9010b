import { effectiveQualifiers, type FileView, type ProfileRule, viewFile } from "@hauberk/core/design";
import { copyRules, type EditOutcome, moveRules, removeRules } from "@hauberk/core/edit";
import { unreadParts, writeRule } from "@hauberk/core/rules";
import {
  designStore,
  fileView,
  fileViews,
  profileOf,
  type ProfileRef,
  refOf,
  type RulePick,
  shortName,
} from "../store/index.ts";
import { rulesOf } from "./rule-pick.ts";

/** Where rules can go: a profile, or (`profile` null) a file that holds rules without one. */
export interface RuleGoal {
  readonly path: string;
  readonly profile: ProfileRef | null;
}

/** A goal with its words, for lists. */
export interface NamedGoal extends RuleGoal {
  readonly id: string;
  /** The profile's name with those around it, or the file's. */
  readonly name: string;
  readonly file: string;
  readonly form: "profile" | "hat" | "file";
}

/** Every place of the design that rules can go to. */
export function ruleGoals(): readonly NamedGoal[] {
  return fileViews(designStore.getState().texts).flatMap((file): NamedGoal[] => {
    const goals: NamedGoal[] = [];
    const walk = (profiles: FileView["profiles"], around: string) => {
      for (const profile of profiles) {
        const name = `${around}${profile.name === "" ? "(no name)" : profile.name}`;
        goals.push({
          id: `${file.path} ${profile.node.start}`,
          path: file.path,
          profile: refOf(file, profile),
          name,
          file: shortName(file.path),
          form: profile.form,
        });
        walk(profile.children, `${name}//`);
      }
    };
    walk(file.profiles, "");
    if (goals.length > 0 || shortName(file.path).startsWith("tunables/")) return goals;
    const name = shortName(file.path);
    return [{ id: file.path, path: file.path, profile: null, name, file: name, form: "file" }];
  });
}

const gone = "These rules are not there any more: the text was changed meanwhile.";

/** Moves or copies rules, as one undoable step; a notice says what was refused. True where it was done. */
export function transferRules(verb: "move" | "copy", pick: RulePick, goal: RuleGoal): boolean {
  const state = designStore.getState();
  const from = rulesOf(pick);
  if (from === null) {
    state.notify("warn", gone);
    return false;
  }
  const outcome = into(goal, (to) => (verb === "move" ? moveRules : copyRules)(from.file, from.rules, to));
  return state.apply(outcome);
}

type Place = Parameters<typeof moveRules>[2];

function into(goal: RuleGoal, make: (to: Place) => EditOutcome): EditOutcome {
  const file = fileView(designStore.getState().texts, goal.path);
  if (file === null) return { ok: false, reason: "the file is not in the design any more" };
  // A file that has profiles means its first one; of a profile that was named, never another.
  const profile = profileOf(file, goal.profile);
  if (goal.profile !== null && profile?.name !== goal.profile.names.at(-1)) {
    return { ok: false, reason: "the profile is not there any more" };
  }
  return make({ file, profile });
}

/** The rules as text that can be pasted anywhere: one line each, with what a block around them says. */
export function rulesAsText(pick: RulePick): string | null {
  const from = rulesOf(pick);
  return from === null ? null : from.rules.map((placed) => `${ruleText(from.file, placed)}\n`).join("");
}

function ruleText(file: FileView, placed: ProfileRule): string {
  const { rule, within } = placed;
  // A part that can't be read stands in the text alone.
  const asWritten = unreadParts(file.tree, rule).length > 0;
  if (asWritten || within.every(({ kind }) => kind !== "qualified-block")) {
    return file.tree.text.slice(rule.node.start, rule.node.end);
  }
  // What the block says of all its rules must not get lost on the way.
  const { access, audit, quiet, owner } = effectiveQualifiers(file.tree, placed);
  const own = rule.value.qualifiers;
  const qualifiers = { ...own, audit, quiet, owner, access: access === "deny" ? access : own.access };
  return writeRule({ ...rule.value, qualifiers });
}

/** Takes rules away, as one undoable step. */
export function cutRules(pick: RulePick): boolean {
  const from = rulesOf(pick);
  if (from === null) return false;
  return designStore.getState().apply(
    removeRules(
      from.file,
      from.rules.map(({ rule }) => rule),
    ),
  );
}

/** What pasted text comes to: rules in a file of their own, or why there are none. */
export type PastedRules =
  | { readonly ok: true; readonly file: FileView; readonly rules: readonly ProfileRule[] }
  | { readonly ok: false; readonly reason: string };

/** Most text that is taken for rules, in UTF-16 units. */
const mostText = 1_000_000;

/** Reads text as the inside of a profile, or as a whole one whose rules are meant. Hostile text is only refused. */
export function readRules(text: string): PastedRules {
  if (text.trim() === "") return { ok: false, reason: "the clipboard holds no text" };
  if (text.length > mostText) return { ok: false, reason: "the clipboard holds more text than rules ever are" };
  const inside = viewFile("pasted", `profile pasted {\n${text.endsWith("\n") ? text : `${text}\n`}}\n`);
  const [profile] = inside.profiles;
  const plain = inside.profiles.length === 1 && profile !== undefined && profile.children.length === 0;
  if (plain && inside.tree.errors.length === 0 && profile.rules.length > 0) {
    return { ok: true, file: inside, rules: profile.rules };
  }
  const whole = viewFile("pasted", text);
  const [only] = whole.profiles;
  if (whole.tree.errors.length === 0 && whole.profiles.length === 1 && only !== undefined && only.rules.length > 0) {
    return { ok: true, file: whole, rules: only.rules };
  }
  const [error] = inside.tree.errors;
  return {
    ok: false,
    reason: error === undefined ? "the clipboard holds no rules" : `the clipboard holds no rules: ${error.message}`,
  };
}

/** Adds rules from text to a place, as one undoable step; what is there already is left out. */
export function pasteRules(text: string, goal: RuleGoal): boolean {
  const state = designStore.getState();
  const pasted = readRules(text);
  if (!pasted.ok) return state.apply(pasted);
  const outcome = into(goal, (to) => copyRules(pasted.file, pasted.rules, to));
  if (!outcome.ok) return state.apply(outcome);
  const count = pasted.rules.length;
  const done = state.apply({ ...outcome, label: count === 1 ? "paste a rule" : `paste ${count} rules` });
  if (done) state.notify("good", count === 1 ? "Pasted one rule." : `Pasted ${count} rules.`, true);
  return done;
}
