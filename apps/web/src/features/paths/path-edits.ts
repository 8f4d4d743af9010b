import { type FileView, heldValue } from "@hauberk/core/design";
import {
  addInclude,
  changeRule,
  changeRules,
  type EditOutcome,
  includesTunables,
  type RuleChange,
} from "@hauberk/core/edit";
import type { FileRuleValue } from "@hauberk/core/rules";

import type { Shown } from "../../panel/use-edit.ts";
import { changedValue, type RowChange } from "./paths-model.ts";

const gone = "The rule is not there any more.";

/** The file rule of a number with what holds where it stands, or undefined where it is none any more. */
function fileRule({ file, profile }: Shown, number: number) {
  const placed = profile.rules[number];
  if (placed === undefined) return undefined;
  const held = heldValue(file.tree, placed);
  return held.kind === "file" ? { placed, held } : undefined;
}

/** A change of one rule by its row. */
export function changeOne(shown: Shown, number: number, change: RowChange): EditOutcome {
  const rule = fileRule(shown, number);
  if (rule === undefined) return { ok: false, reason: gone };
  const value = changedValue(rule.held, change);
  return value.ok ? changeRule(shown.file, rule.placed, value.value) : value;
}

/** Another path for a rule, with `owner` where it is wise, and with the tunables that the path needs. */
export function changePath(shown: Shown, number: number, path: string, owner: boolean, needs?: string): EditOutcome {
  const rule = fileRule(shown, number);
  if (rule === undefined) return { ok: false, reason: gone };
  const { held, placed } = rule;
  // Whose files an `other` is about is the person's own choice.
  const qualifiers = { ...held.qualifiers, owner: held.qualifiers.owner ?? (owner ? "owner" : null) };
  return withTunables(shown.file, changeRule(shown.file, placed, { ...held, path, qualifiers }), needs);
}

/** The same outcome with an include of tunables before the profile, where the file has none of them yet. */
export function withTunables(file: FileView, outcome: EditOutcome, needs: string | undefined): EditOutcome {
  if (!outcome.ok || needs === undefined || includesTunables(file, needs)) return outcome;
  const include = addInclude(file, null, needs);
  if (!include.ok) return include;
  const edits = [...include.edits, ...outcome.edits]
    .filter(({ path }) => path === file.path)
    .flatMap((each) => each.edits);
  return { ...outcome, label: `${outcome.label}, include ${needs}`, edits: [{ path: file.path, edits }] };
}

/** What can be asked of many rules at once. `on` is said, never turned over: rules that have it already stay as they are. */
export type ManyWish =
  | { readonly letter: FileRuleValue["permissions"][number]; readonly on: boolean }
  | { readonly qualifier: "owner" | "deny" | "audit"; readonly on: boolean }
  | { readonly exec: FileRuleValue["exec"] };

/** The change of one rule that a wish about many comes to; null where the rule has it already, or can't have it. */
export function wishedChange(value: FileRuleValue, wish: ManyWish): RowChange | null {
  if ("letter" in wish) {
    const has = value.permissions.includes(wish.letter);
    return value.path === null || has === wish.on ? null : { toggle: wish.letter };
  }
  if ("qualifier" in wish) {
    const { owner, access, audit } = value.qualifiers;
    const has = { owner: owner === "owner", deny: access === "deny", audit }[wish.qualifier];
    return has === wish.on ? null : { toggle: wish.qualifier };
  }
  if (value.path === null) return null;
  // A deny knows but the plain x.
  const exec = wish.exec !== null && value.qualifiers.access === "deny" ? "x" : wish.exec;
  return value.exec === exec ? null : { exec };
}

/** A wish about many rules as one step. The first that can't have it refuses all, by its line. */
export function changeMany(shown: Shown, numbers: readonly number[], wish: ManyWish): EditOutcome {
  const changes: RuleChange[] = [];
  for (const number of numbers) {
    const rule = fileRule(shown, number);
    const change = rule === undefined ? null : wishedChange(rule.held, wish);
    if (rule === undefined || change === null) continue;
    const value = changedValue(rule.held, change);
    if (!value.ok) return { ok: false, reason: `\`${rule.held.path ?? "file"}\`: ${value.reason}` };
    changes.push({ placed: rule.placed, to: value.value });
  }
  return changeRules(
    shown.file,
    changes,
    `${wishWords(wish)} on ${changes.length === 1 ? "1 rule" : `${changes.length} rules`}`,
  );
}

function wishWords(wish: ManyWish): string {
  if ("letter" in wish) return `${wish.on ? "add" : "take away"} ${wish.letter}`;
  if ("qualifier" in wish) return `${wish.on ? "set" : "take away"} ${wish.qualifier}`;
  return wish.exec === null ? "take execution away" : `set ${wish.exec}`;
}

/** Whether all, some or none of the rules have something. */
export type Share = "all" | "some" | "none";

/** How many of the rules have what a wish asks for. */
export function shareOf(values: readonly FileRuleValue[], wish: ManyWish): Share {
  const has = values.filter((value) => wishedChange(value, wish) === null).length;
  return has === values.length ? "all" : has === 0 ? "none" : "some";
}
