import { addVariable, rewriteRule, removeRule, type EditOutcome } from "../edit/index.ts";
import { writeRule, type FileRuleValue } from "../rules/index.ts";
import type { Fix } from "../text/index.ts";
import { fixOf, type FixWords } from "./fixes.ts";
import type { LintInput } from "./lint-rule.ts";
import { homeOutcomes, plainName, variableNamed, variableOutcomes } from "./profile-files.ts";
import type { Scope, ScopedRule } from "./scopes.ts";

/** True for a single word, which the parser takes for a path that never matches. */
export function isBareWord(path: string): boolean {
  return /^[A-Za-z]\w*$/u.test(path);
}

/** Whole paths in the place of one that does not begin with `/`, or the rule's removal. */
export function pathFixes(input: LintInput, scope: Scope, rule: ScopedRule<FileRuleValue>, path: string): Fix[] {
  const rest = path.replace(/^(?:\.{1,2}\/+|\.{1,2}$)+/u, "");
  const name = plainName(scope, input.file);
  const writes = rule.value.permissions.includes("w") || rule.value.permissions.includes("a");
  const moved =
    rest === ""
      ? []
      : writes
        ? writtenFixes(input, scope, rule, rest, name)
        : readFixes(input, scope, rule, rest, name);
  return [
    ...moved,
    ...fixOf(
      {
        title: "Remove the rule",
        explanation: "The program can't use a path relative to where it is started then; tell it an absolute one.",
      },
      removeRule(input.file, rule),
    ),
  ];
}

function writtenFixes(
  input: LintInput,
  scope: Scope,
  rule: ScopedRule<FileRuleValue>,
  rest: string,
  name: string,
): Fix[] {
  return [
    ...variableFix(input, scope, rule, rest, name),
    ...homeFix(input, scope, rule, `.local/state/${name}/${rest}`, "where a program's logs and state belong"),
  ];
}

function readFixes(input: LintInput, scope: Scope, rule: ScopedRule<FileRuleValue>, rest: string, name: string): Fix[] {
  const shared = { ...rule.value, path: `/usr/share/${name}/${rest}` };
  const words = {
    title: `Read it from \`/usr/share/${name}/\``,
    explanation: "The package has to put the file there.",
  };
  return [
    ...homeFix(input, scope, rule, `.config/${name}/${rest}`, "where a user's configuration belongs"),
    ...homeFix(input, scope, rule, `.local/share/${name}/${rest}`, "where a user's data belongs"),
    ...moveFix(input, scope, rule, shared, words, []),
  ];
}

function homeFix(
  input: LintInput,
  scope: Scope,
  rule: ScopedRule<FileRuleValue>,
  below: string,
  reason: string,
): Fix[] {
  const path = `@{HOME}/${below}`;
  const to = { ...rule.value, qualifiers: { ...rule.value.qualifiers, owner: "owner" as const }, path };
  const words = {
    title: `Use \`owner ${path}\``,
    explanation: `It lies in the user's home, ${reason}; the program has to be told or look there.`,
  };
  return moveFix(input, scope, rule, to, words, homeOutcomes(input.file, input.files));
}

/** The rule as it is to be, or its removal where the profile says that already. */
function moveFix(
  { file }: LintInput,
  scope: Scope,
  rule: ScopedRule<FileRuleValue>,
  to: FileRuleValue,
  words: FixWords,
  besides: readonly EditOutcome[],
): Fix[] {
  const text = writeRule(to);
  const same = scope.rules.some(
    ({ value }) => value.kind === "file" && value.path === to.path && writeRule(value) === text,
  );
  if (!same) return fixOf(words, rewriteRule(file, rule, to), ...besides);
  return fixOf({ ...words, title: `Remove it: \`${to.path ?? ""}\` has the same rule` }, removeRule(file, rule));
}

/** The first folder becomes a variable: one that the design has for such a folder, or a new one with a default. */
function variableFix(
  input: LintInput,
  scope: Scope,
  rule: ScopedRule<FileRuleValue>,
  rest: string,
  name: string,
): Fix[] {
  const slash = rest.indexOf("/");
  const folder = slash > 0 ? rest.slice(0, slash) : "";
  const below = slash > 0 ? rest.slice(slash + 1) : rest;
  if (/[^A-Za-z0-9_.-]/u.test(folder)) return [];
  const purpose = /log/iu.test(rest) ? "LOG" : "DATA";
  const found = variableNamed(input.files, (candidate) => candidate.endsWith(`${purpose}_DIR`));
  const variable = found?.name ?? `${name.replaceAll(/[^A-Za-z0-9]+/gu, "_").toUpperCase()}_${purpose}_DIR`;
  if (!/^[A-Za-z][A-Za-z0-9_]*$/u.test(variable)) return [];
  const value = purpose === "LOG" ? `/var/log/${name}/` : `/var/lib/${name}/`;
  const defined =
    found === undefined ? [addVariable(input.file, variable, [value])] : variableOutcomes(input.file, found);
  const explanation =
    found === undefined
      ? `The preamble sets it to \`${value}\`; an administrator changes it in one place. The program has to write there.`
      : "The variable is there already; the program has to write where it says.";
  const to = { ...rule.value, path: `@{${variable}}/${below}` };
  return moveFix(input, scope, rule, to, { title: `Use the variable \`@{${variable}}\``, explanation }, defined);
}
