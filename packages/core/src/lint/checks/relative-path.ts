import type { FileRuleValue } from "../../rules/index.ts";
import { tokenWithRole } from "../../syntax/index.ts";
import type { LintInput, LintRule } from "../lint-rule.ts";
import { isBareWord, pathFixes } from "../path-fixes.ts";
import { rulesOfKind, type Scope, type ScopedRule } from "../scopes.ts";

/** Paths that count from a current directory, which no AppArmor rule knows. */
export const relativePath: LintRule = {
  id: "relative-path",
  severity: "error",
  title: "Path that does not begin with `/`",
  covers: ["syntax/relative-path", "rule/relative-path"],
  explanation: {
    what: "A file rule whose path begins with `./`, `../` or a plain name with more behind it.",
    why: "AppArmor judges whole paths and knows no current directory: every parser refuses such a rule as a syntax error.",
    instead:
      "Decide where the file lies and write that: a folder of the user's home, one of the system's, or a variable that the administrator can set.",
  },
  bad: {
    text: "abi <abi/3.0>,\ninclude <tunables/global>\n\nprofile rustnet /usr/bin/rustnet {\n  ./logs/ rw,\n}\n",
    at: "./logs/",
  },
  good: {
    text: "abi <abi/3.0>,\ninclude <tunables/global>\n\nprofile rustnet /usr/bin/rustnet {\n  owner @{HOME}/.local/state/rustnet/ rw,\n}\n",
  },
  run: (input) =>
    input.scopes.flatMap((scope) => rulesOfKind(scope, "file").flatMap((rule) => findingIn(input, scope, rule))),
};

function findingIn(input: LintInput, scope: Scope, rule: ScopedRule<FileRuleValue>): ReturnType<LintRule["run"]> {
  const { path } = rule.value;
  if (path === null || path === "" || /^[/@"{^]/u.test(path) || isBareWord(path)) return [];
  const token = tokenWithRole(rule.node, "path");
  if (token === undefined) return [];
  return [
    {
      range: token,
      message: `\`${path}\` does not begin with \`/\`: no rule follows the directory that the program is started in`,
      fixes: () => pathFixes(input, scope, rule, path),
    },
  ];
}
