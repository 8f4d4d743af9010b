import { changeRule } from "../../edit/index.ts";
import { tokenWithRole } from "../../syntax/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";
import { rulesOfKind } from "../scopes.ts";

/** `deny … ix`, and `x` without `deny`. */
export const denyExecMode: LintRule = {
  id: "deny-exec-mode",
  severity: "error",
  title: "Wrong exec mode for a deny or an allow",
  explanation: {
    what: "A deny with an exec mode such as `ix`, or an allow with the bare `x`.",
    why: "A deny only says `x`, for there is nothing to move into; an allow must say under which profile the program runs. Every parser refuses the rest.",
    instead: "Write `deny … x`, and `ix` or another mode in an allow.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile x {\n  deny /usr/bin/sh ix,\n\n  include if exists <local/x>\n}\n",
    at: "ix",
  },
  good: { text: "abi <abi/3.0>,\n\nprofile x {\n  deny /usr/bin/sh x,\n\n  include if exists <local/x>\n}\n" },
  run: ({ file, scopes }) =>
    scopes.flatMap((scope) =>
      rulesOfKind(scope, "file").flatMap((rule) => {
        const { exec } = rule.value;
        if (exec === null || rule.deny === (exec === "x")) return [];
        const right = rule.deny ? "x" : "ix";
        return [
          {
            range: tokenWithRole(rule.node, "permissions") ?? rule.node,
            message: rule.deny
              ? `a deny can't say \`${exec}\`, only \`x\``
              : "an allow can't say the bare `x`: the mode is missing",
            fixes: fixOf(
              {
                title: `Write \`${right}\``,
                ...(rule.deny ? {} : { explanation: "The program inherits this profile." }),
              },
              changeRule(file, rule, { ...rule.value, exec: right, execTarget: null }),
            ),
          },
        ];
      }),
    ),
};
