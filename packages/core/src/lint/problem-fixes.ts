import type { FileView, PolicyProblem, ProfileRule, ProfileView } from "../design/index.ts";
import { rewriteRule, removeRule, setFlag } from "../edit/index.ts";
import type { PlacedRule, RuleValue } from "../rules/index.ts";
import type { Fix, TextRange } from "../text/index.ts";
import { networkDomains, profileFlags, profileModes, signals, socketTypes } from "../vocabulary/index.ts";
import { editDistance } from "./edit-distance.ts";
import { fixOf, replacement } from "./fixes.ts";

/** Fixes for what the parser refuses in a well-formed policy, where only one mending makes sense. */
export function problemFixes(file: FileView, problem: PolicyProblem): Fix[] {
  switch (problem.code) {
    case "rule/append-and-write":
      return changed(file, problem, "Write `w` alone", (value) =>
        value.kind === "file" ? { ...value, permissions: value.permissions.filter((letter) => letter !== "a") } : value,
      );
    case "rule/owner-not-allowed":
      return changed(file, problem, "Remove the owner", (value) => withQualifiers(value, { owner: null }));
    case "rule/priority-not-allowed":
      return changed(file, problem, "Remove the priority", (value) => withQualifiers(value, { priority: null }));
    case "rule/safety-without-exec":
      return changed(file, problem, "Remove `safe` or `unsafe`", (value) =>
        value.kind === "file" || value.kind === "change_profile" ? { ...value, safety: null } : value,
      );
    case "rule/deny-exec-mode":
      return removal(file, problem, "What no rule allows is refused without a deny.");
    case "rule/clinging-comma":
      return fixOf({ title: "Put a blank here" }, replacement(file, problem.range, " "));
    case "rule/unknown-network":
      return meantWord(file, problem, [...networkDomains, ...socketTypes]);
    case "rule/unknown-signal":
      return meantWord(file, problem, signals);
    case "profile/bad-flag":
      return [...meantWord(file, problem, [...profileFlags, ...profileModes]), ...withoutFlag(file, problem)];
    case "profile/missing-keyword":
    case "policy/child-without-keyword":
      return inserted(file, problem, "profile ");
    case "policy/variable-twice":
      return appended(file, problem);
    default:
      return [];
  }
}

function withQualifiers(value: RuleValue, change: Partial<RuleValue["qualifiers"]>): RuleValue {
  return { ...value, qualifiers: { ...value.qualifiers, ...change } };
}

function changed(
  file: FileView,
  { range }: PolicyProblem,
  title: string,
  change: (value: RuleValue) => RuleValue,
): Fix[] {
  const rule = ruleAt(file, range);
  return rule === undefined ? [] : fixOf({ title }, rewriteRule(file, rule, change(rule.value)));
}

function removal(file: FileView, { range }: PolicyProblem, explanation: string): Fix[] {
  const rule = ruleAt(file, range);
  if (rule === undefined || rule.value.kind !== "file" || rule.value.path !== null) return [];
  return fixOf({ title: "Remove the rule", explanation }, removeRule(file, rule));
}

/** The one word of a list that differs by a letter from what is written, or has the same letters in another order. */
function meantWord(file: FileView, { range }: PolicyProblem, words: readonly { readonly name: string }[]): Fix[] {
  const written = file.tree.text.slice(range.start, range.end);
  if (!/^[\w-]{2,30}$/u.test(written)) return [];
  const plain = written.toLowerCase().replace(/^(?:af|pf|sock|sig)_?/u, "");
  const letters = sortedLetters(plain);
  const close = words.filter(({ name }) => editDistance(name, plain) <= 1 || sortedLetters(name) === letters);
  const [best, ...others] = close;
  if (best === undefined || others.length > 0) return [];
  return fixOf({ title: `Write \`${best.name}\`` }, replacement(file, range, best.name));
}

function sortedLetters(word: string): string {
  return word.split("").toSorted().join("");
}

function withoutFlag(file: FileView, { range }: PolicyProblem): Fix[] {
  const profile = profileAt(file.profiles, range);
  const flag = file.tree.text.slice(range.start, range.end);
  if (profile === undefined || !profile.flags.includes(flag)) return [];
  return fixOf({ title: `Remove the flag \`${flag}\`` }, setFlag(file, profile, flag, false));
}

function inserted(file: FileView, { range }: PolicyProblem, word: string): Fix[] {
  const at = { start: range.start, end: range.start };
  return fixOf({ title: `Put \`${word.trim()}\` before it` }, replacement(file, at, word));
}

/** A second `=` becomes `+=`. */
function appended(file: FileView, { range }: PolicyProblem): Fix[] {
  const variable = file.variables.find(({ node }) => node.start === range.start && node.end === range.end);
  const written = file.tree.text.slice(range.start, range.end);
  const at = written.indexOf("=");
  if (variable === undefined || variable.operator !== "=" || at === -1) return [];
  const start = range.start + at;
  const words = { title: "Add to it by `+=`", explanation: "The values further up stay beside these." };
  return fixOf(words, replacement(file, { start, end: start }, "+"));
}

/** The rule that a range lies in. */
export function ruleAt(file: FileView, range: TextRange): PlacedRule | undefined {
  const profile = profileAt(file.profiles, range);
  const rules: readonly ProfileRule[] = profile === undefined ? file.looseRules : profile.rules;
  return rules.find(({ rule: { node } }) => node.start <= range.start && range.end <= node.end)?.rule;
}

function profileAt(profiles: readonly ProfileView[], range: TextRange): ProfileView | undefined {
  const found = profiles.find(({ node }) => node.start <= range.start && range.end <= node.end);
  return found === undefined ? undefined : (profileAt(found.children, range) ?? found);
}
