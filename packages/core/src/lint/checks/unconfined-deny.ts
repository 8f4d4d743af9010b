import type { ProfileView } from "../../design/index.ts";
import { addRule, setMode } from "../../edit/index.ts";
import { noQualifiers } from "../../rules/index.ts";
import { childOfKind, textOf, tokensWithRole, type SyntaxTree, type Token } from "../../syntax/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";

const openFlags = ["unconfined", "default_allow"];

/** Denies in a profile that confines nothing. */
export const unconfinedDeny: LintRule = {
  id: "unconfined-deny",
  severity: "warning",
  title: "Deny in an unconfined profile",
  explanation: {
    what: "Deny rules in a profile with the flag `unconfined` or `default_allow`.",
    why: "In such a profile the kernel does not enforce denies: everything stays allowed.",
    instead: "Take the flag away; to allow everything but what is denied, write `allow all,` (parser 4.0 and later).",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile x flags=(unconfined) {\n  deny /etc/shadow r,\n\n  include if exists <local/x>\n}\n",
    at: "unconfined",
  },
  good: { text: "abi <abi/3.0>,\n\nprofile x {\n  deny /etc/shadow r,\n\n  include if exists <local/x>\n}\n" },
  run: ({ file, scopes }) =>
    scopes.flatMap(({ profile, rules }) => {
      const denies = rules.filter(({ deny, dropped }) => deny && !dropped).length;
      const token = profile === null || denies === 0 ? undefined : openFlag(file.tree, profile);
      if (profile === null || token === undefined) return [];
      const flag = textOf(file.tree, token);
      const enforced = setMode(file, profile, "enforce");
      return [
        {
          range: token,
          message: `with \`${flag}\` ${denies === 1 ? "the deny" : `none of the ${denies} denies`} of this profile is ${denies === 1 ? "not " : ""}enforced`,
          fixes: () => [
            ...fixOf(
              {
                title: "Allow everything but what is denied",
                explanation: "`allow all,` instead of the flag. Debian 12's parser 3.0.8 refuses it.",
              },
              enforced,
              addRule(file, profile, { kind: "all", qualifiers: { ...noQualifiers, access: "allow" } }),
            ),
            ...fixOf({ title: "Enforce the profile", explanation: "What no rule allows is refused then." }, enforced),
          ],
        },
      ];
    }),
};

function openFlag(tree: SyntaxTree, profile: ProfileView): Token | undefined {
  const flags = childOfKind(profile.node, "flags");
  return flags === undefined
    ? undefined
    : tokensWithRole(flags, "flag").find((token) => openFlags.includes(textOf(tree, token)));
}
