import { tokenWithRole } from "../../syntax/index.ts";
import { execModeNamed } from "../../vocabulary/index.ts";
import { setsNoNewPrivs } from "../exec-targets.ts";
import { execModeOutcomes } from "../exec-mode-fix.ts";
import { fixOf } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";
import { rulesOfKind } from "../scopes.ts";

/** Moves into other profiles that the kernel refuses. */
export const pxUnderNoNewPrivs: LintRule = {
  id: "px-under-no-new-privs",
  severity: "warning",
  title: "Change of profile under no_new_privs",
  explanation: {
    what: "A file rule that starts a program under another profile, or none, in a profile of which hauberk.json says that its program sets no_new_privs.",
    why: "After no_new_privs the kernel lets no start of a program change the rights it runs with: the start fails, even where the profile exists.",
    instead: "Let the program inherit this profile: `ix`.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile rustnet {\n  /usr/bin/wl-copy Px -> wl-copy,\n\n  include if exists <local/x>\n}\n",
    config: '{"format": 1, "name": "rustnet", "noNewPrivs": ["rustnet"]}',
    knownProfiles: ["wl-copy"],
    at: "Px",
  },
  good: {
    text: "abi <abi/3.0>,\n\nprofile rustnet {\n  /usr/bin/wl-copy ix,\n\n  include if exists <local/x>\n}\n",
    config: '{"format": 1, "name": "rustnet", "noNewPrivs": ["rustnet"]}',
  },
  run: (input) =>
    input.scopes.flatMap((scope) => {
      if (!setsNoNewPrivs(input, scope)) return [];
      return rulesOfKind(scope, "file").flatMap((rule) => {
        const { exec, path } = rule.value;
        const mode = exec === null ? undefined : execModeNamed(exec);
        if (rule.deny || mode === undefined || mode.worksUnderNoNewPrivs) return [];
        return [
          {
            range: tokenWithRole(rule.node, "permissions") ?? rule.node,
            message: `\`${scope.name}\` sets no_new_privs, so \`${mode.name}\` can't work: starting \`${path ?? ""}\` will fail`,
            fixes: () =>
              fixOf(
                {
                  title: "Use `ix`: inherit this profile",
                  explanation:
                    "The program runs with this profile's rights and no others; it may need more rules here.",
                },
                ...execModeOutcomes(input.file, scope, rule, "ix", null),
              ),
          },
        ];
      });
    }),
};
