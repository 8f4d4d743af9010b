import type { ExecMode, FileRuleValue } from "../../rules/index.ts";
import { tokenWithRole } from "../../syntax/index.ts";
import type { Fix } from "../../text/index.ts";
import { execModeNamed } from "../../vocabulary/index.ts";
import { execTargets, setsNoNewPrivs } from "../exec-targets.ts";
import { execModeOutcomes } from "../exec-mode-fix.ts";
import { fixOf } from "../fixes.ts";
import type { LintInput, LintRule } from "../lint-rule.ts";
import { rulesOfKind, type Scope, type ScopedRule } from "../scopes.ts";

/** Moves into a profile that is not there. */
export const pxWithoutProfile: LintRule = {
  id: "px-without-profile",
  severity: "warning",
  title: "`Px` or `Cx` without a profile to move into",
  explanation: {
    what: "A file rule with `Px`, `px`, `Cx` or `cx` for whose program or target there is no profile in the design nor, where they are known, on the target.",
    why: "The policy loads, but starting the program fails with `profile transition not found`.",
    instead: "Let the program inherit this profile (`ix`), name a fall-back (`Pix`, `Cix`), or write the profile.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile rustnet {\n  /usr/bin/wl-copy Px,\n\n  include if exists <local/x>\n}\n",
    knownProfiles: ["/usr/bin/man"],
    at: "Px",
  },
  good: { text: "abi <abi/3.0>,\n\nprofile rustnet {\n  /usr/bin/wl-copy ix,\n\n  include if exists <local/x>\n}\n" },
  run: (input) => {
    const targets = execTargets(input);
    return input.scopes.flatMap((scope) => {
      if (setsNoNewPrivs(input, scope)) return [];
      return rulesOfKind(scope, "file").flatMap((rule) => {
        if (rule.deny || !needsProfile(rule.value) || targets.mayHaveProfile(scope, rule.value)) return [];
        return [
          {
            range: tokenWithRole(rule.node, "permissions") ?? rule.node,
            message: messageFor(input, rule.value),
            fixes: () => fixesFor(input, scope, rule),
          },
        ];
      });
    });
  },
};

function needsProfile({ exec }: FileRuleValue): boolean {
  const mode = exec === null ? undefined : execModeNamed(exec);
  return mode !== undefined && mode.takesTarget && mode.fallback === null;
}

function messageFor({ context }: LintInput, { path, exec, execTarget }: FileRuleValue): string {
  const beside = execTarget?.startsWith("&") === true;
  const child = exec !== null && execModeNamed(exec)?.goal === "child" && !beside;
  const whose = execTarget === null ? `for \`${path ?? ""}\`` : `named \`${execTarget.replace(/^&/u, "")}\``;
  if (child) return `this profile has no child profile ${whose}: starting the program will fail`;
  const where =
    context.knownProfiles === undefined
      ? "the design has no profile"
      : "neither the design nor the target has a profile";
  const unless = context.knownProfiles === undefined ? ", unless the machine brings one" : "";
  return `${where} ${whose}: starting the program will fail${unless}`;
}

const fallbacks: Partial<Record<ExecMode, ExecMode>> = { Px: "Pix", px: "pix", Cx: "Cix", cx: "cix" };

function fixesFor({ file }: LintInput, scope: Scope, rule: ScopedRule<FileRuleValue>): Fix[] {
  const { value } = rule;
  const fallback = value.exec === null ? undefined : fallbacks[value.exec];
  return [
    ...fixOf(
      {
        title: "Use `ix`: inherit this profile",
        explanation:
          "The program runs with this profile's rights and no others; it may need more rules here. Works under no_new_privs too.",
      },
      ...execModeOutcomes(file, scope, rule, "ix", null),
    ),
    ...(fallback === undefined
      ? []
      : fixOf(
          {
            title: `Use \`${fallback}\`: its own profile, else inherit`,
            explanation: "Takes effect once there is such a profile.",
          },
          ...execModeOutcomes(file, scope, rule, fallback, value.execTarget),
        )),
  ];
}
