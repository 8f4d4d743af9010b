import type { FileView, ProfileRule, ProfileView } from "@hauberk/core/design";
import { designStore, fileView, pickedRules, profileOf, refOf, type RulePick } from "../store/index.ts";
import { shownNow } from "./use-edit.ts";

/** What a row says of itself, so that the panel's menu, keys and dragging know its rule. */
export interface RuleMark {
  readonly "data-rule": number;
  readonly draggable: true;
}

/**
 * Spread over the element of a rule's row, this gives it the context menu, copy and cut by keys, and dragging. `index`
 * is the rule's number among `profile.rules` of the shown profile.
 */
export function ruleMark(index: number): RuleMark {
  return { "data-rule": index, draggable: true };
}

const numbers = new WeakMap<ProfileView, ReadonlyMap<ProfileRule, number>>();

/** The same for a rule of the shown profile whose number is not at hand; nothing where it is not one of them. */
export function markOf(placed: ProfileRule): RuleMark | Record<string, never> {
  const profile = shownNow()?.profile;
  if (profile === undefined) return {};
  let known = numbers.get(profile);
  if (known === undefined) {
    known = new Map(profile.rules.map((rule, index) => [rule, index]));
    numbers.set(profile, known);
  }
  const index = known.get(placed);
  return index === undefined ? {} : ruleMark(index);
}

/** Rules of the shown profile as a pick; null where none is shown. */
export function pickOfShown(indexes: readonly number[]): RulePick | null {
  const shown = shownNow();
  return shown === null ? null : pickOf(shown.file, shown.profile, indexes);
}

/** Rules of a profile as a pick; null where there are none of these numbers. */
export function pickOf(file: FileView, profile: ProfileView, indexes: readonly number[]): RulePick | null {
  const rules = indexes.flatMap((index) => profile.rules[index] ?? []);
  if (rules.length === 0) return null;
  return {
    path: file.path,
    profile: refOf(file, profile),
    indexes: indexes.filter((index) => profile.rules[index] !== undefined),
    texts: rules.map((rule) => textOf(file, rule)),
  };
}

/** The rules of a pick as they stand now; null where the text was changed so that they are not there any more. */
export function rulesOf(pick: RulePick): { readonly file: FileView; readonly rules: readonly ProfileRule[] } | null {
  const file = fileView(designStore.getState().texts, pick.path);
  const profile = profileOf(file, pick.profile);
  if (file === null || profile === null) return null;
  const rules = pick.indexes.flatMap((index) => profile.rules[index] ?? []);
  const same = rules.length === pick.texts.length && rules.every((rule, at) => textOf(file, rule) === pick.texts[at]);
  return same ? { file, rules } : null;
}

/** The rule of a row that an element lies in; where it is one of several chosen ones, all of them. */
export function pickAt(element: EventTarget | null): RulePick | null {
  const row = element instanceof Element ? element.closest("[data-rule]") : null;
  if (!(row instanceof HTMLElement)) return null;
  const index = Number(row.dataset["rule"]);
  const chosen = pickedRules();
  return pickOfShown(chosen.includes(index) ? chosen : [index]);
}

/** What commands are about: the rules chosen in a table, else the one whose text or row is selected. */
export function currentPick(): RulePick | null {
  const shown = shownNow();
  if (shown === null) return null;
  const chosen = pickedRules();
  if (chosen.length > 0) return pickOfShown(chosen);
  const { selection } = designStore.getState();
  if (selection === null || selection.path !== shown.file.path) return null;
  const index = shown.profile.rules.findIndex(
    ({ rule }) => rule.node.start === selection.range.start && rule.node.end === selection.range.end,
  );
  return index === -1 ? null : pickOfShown([index]);
}

function textOf(file: FileView, { rule }: ProfileRule): string {
  return file.tree.text.slice(rule.node.start, rule.node.end);
}
