import { addInclude, rewriteRule } from "../../edit/index.ts";
import type { FileRuleValue } from "../../rules/index.ts";
import { tokenWithRole } from "../../syntax/index.ts";
import type { Fix } from "../../text/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintInput, LintRule } from "../lint-rule.ts";
import { plainName } from "../profile-files.ts";
import { rulesOfKind, type Scope, type ScopedRule } from "../scopes.ts";

const wholeHome = /^((?:@\{HOME\}|@\{HOMEDIRS\}\/?\*|\/home\/\*|\/root)\/?|\/home\/|@\{HOMEDIRS\}\/?)\*\*$/u;
const privateFiles = "abstractions/private-files-strict";

/** All of somebody's home. */
export const ownerHomeAll: LintRule = {
  id: "owner-home-all",
  severity: "warning",
  title: "All of the home directory",
  explanation: {
    what: "A rule for everything below a home directory, with `owner` or without, where no `abstractions/private-files-strict` takes the worst away.",
    why: "It hands over the ssh and other keys, browser data and tokens to read; and to write, the files that the shell and the desktop run at the next login, outside this profile.",
    instead:
      "Allow the folder that the program keeps its data in. Where people choose the place, leave the hidden files out, or deny the known secrets.",
  },
  bad: {
    text: "abi <abi/3.0>,\ninclude <tunables/global>\n\nprofile rustnet {\n  owner @{HOME}/** rwk,\n\n  include if exists <local/x>\n}\n",
    at: "@{HOME}/**",
  },
  good: {
    text: "abi <abi/3.0>,\ninclude <tunables/global>\n\nprofile rustnet {\n  owner @{HOME}/[^.]** rwk,\n\n  include if exists <local/x>\n}\n",
  },
  run: (input) =>
    input.scopes.flatMap((scope) => {
      if (scope.includes.some(({ path }) => path === privateFiles)) return [];
      return rulesOfKind(scope, "file").flatMap((rule) => {
        const home = wholeHome.exec(rule.value.path ?? "")?.[1];
        if (home === undefined || rule.deny || rule.value.permissions.length === 0) return [];
        return [
          {
            range: tokenWithRole(rule.node, "path") ?? rule.node,
            message: messageFor(rule),
            fixes: () => fixesFor(input, scope, rule, home),
          },
        ];
      });
    }),
};

function messageFor({ value, owner }: ScopedRule<FileRuleValue>): string {
  const writes = value.permissions.some((letter) => letter === "w" || letter === "a");
  const whose = owner ? "" : " of every user";
  return writes
    ? `\`${value.path ?? ""}\` covers ssh keys and shell start-up files${whose}: what is written there runs unconfined at the next login`
    : `\`${value.path ?? ""}\` covers ssh keys, tokens and browser data${whose}`;
}

function fixesFor({ file }: LintInput, scope: Scope, rule: ScopedRule<FileRuleValue>, home: string): Fix[] {
  const { value } = rule;
  const owned = { ...value, qualifiers: { ...value.qualifiers, owner: "owner" as const } };
  const oneHome = home === "/home/" || /^@\{HOMEDIRS\}\/?$/u.test(home) ? `${home}*/` : home;
  const base = oneHome.endsWith("/") ? oneHome : `${oneHome}/`;
  const own = `${base}.local/share/${plainName(scope, file)}/{,**}`;
  return [
    ...fixOf(
      {
        title: "Leave the hidden files out",
        explanation: `\`owner ${base}[^.]**\`: people still choose where in their home, but no name that begins with a dot at the top: no keys, no start-up files. A folder \`bin\` in the home stays writable.`,
      },
      rewriteRule(file, rule, { ...owned, path: `${base}[^.]**` }),
    ),
    ...fixOf(
      { title: `Use \`owner ${own}\``, explanation: "Only the program's own folder; it has to keep its data there." },
      rewriteRule(file, rule, { ...owned, path: own }),
    ),
    ...(scope.profile === null
      ? []
      : fixOf(
          {
            title: `Deny the known secrets with \`${privateFiles}\``,
            explanation:
              "Its denies take ssh and GnuPG keys, browser profiles and start-up files away; secrets of programs that it does not know stay open.",
          },
          addInclude(file, scope.profile, privateFiles, { ifExists: false }),
        )),
  ];
}
