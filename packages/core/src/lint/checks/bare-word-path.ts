import { tokenWithRole } from "../../syntax/index.ts";
import { isBareWord, pathFixes } from "../path-fixes.ts";
import type { LintRule } from "../lint-rule.ts";
import { rulesOfKind } from "../scopes.ts";

/** A lone word in the place of a path: accepted, and never anything's path. */
export const bareWordPath: LintRule = {
  id: "bare-word-path",
  severity: "warning",
  title: "Word in the place of a path",
  explanation: {
    what: "A file rule such as `logs rw,` whose path is a single word.",
    why: "Every parser accepts it, and it never matches: the kernel compares whole paths, and those begin with `/`. The program is refused what the rule seems to give.",
    instead: "Write the whole path, from `/` or a variable on.",
  },
  bad: {
    text: "abi <abi/3.0>,\ninclude <tunables/global>\n\nprofile x /usr/bin/x {\n  logs rw,\n\n  include if exists <local/x>\n}\n",
    at: "logs",
  },
  good: {
    text: "abi <abi/3.0>,\ninclude <tunables/global>\n\nprofile x /usr/bin/x {\n  owner @{HOME}/.local/state/x/logs rw,\n\n  include if exists <local/x>\n}\n",
  },
  run: (input) =>
    input.scopes.flatMap((scope) =>
      rulesOfKind(scope, "file").flatMap((rule) => {
        const token = tokenWithRole(rule.node, "path");
        const { path } = rule.value;
        if (path === null || token === undefined || !isBareWord(path)) return [];
        return [
          {
            range: token,
            message: `\`${path}\` is no path: the rule is accepted and never matches`,
            fixes: () => pathFixes(input, scope, rule, path),
          },
        ];
      }),
    ),
};
