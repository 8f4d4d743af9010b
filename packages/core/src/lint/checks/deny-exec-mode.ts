import type { FileView } from "../../design/index.ts";
import { rewriteRule } from "../../edit/index.ts";
import type { FileRuleValue } from "../../rules/index.ts";
import { tokenWithRole } from "../../syntax/index.ts";
import type { Fix } from "../../text/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";
import { rulesOfKind, type Scope, type ScopedRule } from "../scopes.ts";

/** `deny … ix`, and `x` without `deny`. */
export const denyExecMode: LintRule = {
  id: "deny-exec-mode",
  severity: "error",
  title: "Wrong exec mode for a deny or an allow",
  covers: ["rule/deny-exec-mode", "rule/exec-without-mode", "policy/block-exec"],
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
        return [
          {
            range: tokenWithRole(rule.node, "permissions") ?? rule.node,
            message: rule.deny
              ? `a deny can't say \`${exec}\`, only \`x\``
              : "an allow can't say the bare `x`: the mode is missing",
            fixes: () => fixesFor(file, scope, rule),
          },
        ];
      }),
    ),
};

/** A deny says `x`; an allow inherits, or does what another rule of the profile says for the same path. */
function fixesFor(file: FileView, scope: Scope, rule: ScopedRule<FileRuleValue>): Fix[] {
  const { value } = rule;
  if (rule.deny)
    return fixOf({ title: "Write `x`" }, rewriteRule(file, rule, { ...value, exec: "x", execTarget: null }));
  const other = rulesOfKind(scope, "file").find(
    (each) => !each.deny && each.value.path === value.path && each.value.exec !== null && each.value.exec !== "x",
  )?.value;
  const exec = other?.exec ?? "ix";
  const explanation =
    other === undefined ? "The program inherits this profile." : "As another rule for this path does.";
  const to = { ...value, exec, execTarget: other?.execTarget ?? null };
  return fixOf({ title: `Write \`${exec}\``, explanation }, rewriteRule(file, rule, to));
}
