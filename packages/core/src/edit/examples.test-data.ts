import { expect, test } from "vitest";
import { viewFile, type FileView, type ProfileView } from "../design/index.ts";
import { readRuleText, type RuleValue } from "../rules/index.ts";
import { applyEdits } from "../text/index.ts";
import type { EditOutcome } from "./index.ts";

/** What a person does to the first profile of an example. */
export type Wish = (file: FileView, profile: ProfileView) => EditOutcome;

/** The text after the wish, or the reason of the refusal behind `no: `. */
export function after(text: string, wish: Wish): string {
  const file = viewFile("apparmor.d/x", text);
  const [profile] = file.profiles;
  if (profile === undefined) throw new Error("the example has no profile");
  const outcome = wish(file, profile);
  return outcome.ok ? applyEdits(text, outcome.edits[0]?.edits ?? []) : `no: ${outcome.reason}`;
}

/** The rule that a line of AppArmor's language says. */
export function rule(text: string): RuleValue {
  const value = readRuleText(text);
  if (value === undefined) throw new Error(`the example is no rule: ${text}`);
  return value;
}

/** What is edited, the text before, the wish, the text after. */
export type Example = readonly [name: string, before: string, wish: Wish, after: string];

/** One test for each example. */
export function run(examples: readonly Example[]): void {
  test.each(examples)("%s", (_name, before, wish, expected) => expect(after(before, wish)).toBe(expected));
}

/** Lines with an end each. */
export const lines = (...all: string[]): string => `${all.join("\n")}\n`;

/** An item of an example that must be there. */
export function at<T>(list: readonly T[], index: number): T {
  const found = list.at(index);
  if (found === undefined) throw new Error(`the example has no ${index}`);
  return found;
}

/** The texts of a design after a wish. */
export function over(texts: readonly string[], wish: (files: readonly FileView[]) => EditOutcome): string[] {
  const files = texts.map((text, index) => viewFile(`apparmor.d/f${index}`, text));
  const outcome = wish(files);
  if (!outcome.ok) return [`no: ${outcome.reason}`];
  const results = files.map(({ path, tree }) =>
    applyEdits(
      tree.text,
      outcome.edits.filter((each) => each.path === path).flatMap(({ edits }) => edits),
    ),
  );
  return [outcome.label, ...results];
}

/** The refusal of a wish about the first profile. */
export const refused = (source: string, wish: (file: FileView, x: ProfileView) => EditOutcome): string | undefined =>
  over([source], ([file]) =>
    file === undefined ? { ok: false, reason: "no file" } : wish(file, at(file.profiles, 0)),
  )[0];
