import { rewriteRule } from "../../edit/index.ts";
import type { FileRuleValue } from "../../rules/index.ts";
import { tokenWithRole } from "../../syntax/index.ts";
import type { Fix } from "../../text/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintInput, LintRule } from "../lint-rule.ts";
import { plainName } from "../profile-files.ts";
import { rulesOfKind, type Scope, type ScopedRule } from "../scopes.ts";

const sharedFolder = /^(\/(?:tmp|var\/tmp|dev\/shm|\{(?:,var\/|var\/,)\}tmp)\/)\*{1,2}\/?$/u;

/** Writing all over a folder that everybody writes to. */
export const sharedTmp: LintRule = {
  id: "shared-tmp",
  severity: "warning",
  title: "All of a shared temporary folder",
  explanation: {
    what: "A rule that lets a program write everywhere below `/tmp`, `/var/tmp` or `/dev/shm`, whoever owns the files.",
    why: "It is a mailbox that all programs share: the confined program can read and change what others put there, and pass on what it took.",
    instead:
      "Allow a folder of its own, and only files of the same user; or let systemd give it a private `/tmp` (`PrivateTmp=`, `RuntimeDirectory=`).",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile agent {\n  /tmp/** rw,\n\n  include if exists <local/x>\n}\n",
    at: "/tmp/**",
  },
  good: {
    text: "abi <abi/3.0>,\n\nprofile agent {\n  owner /tmp/agent/{,**} rw,\n\n  include if exists <local/x>\n}\n",
  },
  run: (input) =>
    input.scopes.flatMap((scope) =>
      rulesOfKind(scope, "file").flatMap((rule) => {
        const folder = sharedFolder.exec(rule.value.path ?? "")?.[1];
        const writes = rule.value.permissions.some((letter) => letter === "w" || letter === "a");
        if (folder === undefined || rule.deny || rule.owner || !writes) return [];
        return [
          {
            range: tokenWithRole(rule.node, "path") ?? rule.node,
            message: `\`${rule.value.path ?? ""}\` is a mailbox shared with every other program`,
            fixes: () => fixesFor(input, scope, rule, folder),
          },
        ];
      }),
    ),
};

function fixesFor({ file }: LintInput, scope: Scope, rule: ScopedRule<FileRuleValue>, folder: string): Fix[] {
  const owned = { ...rule.value, qualifiers: { ...rule.value.qualifiers, owner: "owner" as const } };
  const own = `${folder}${plainName(scope, file)}/{,**}`;
  return [
    ...fixOf(
      {
        title: `Use \`owner ${own}\``,
        explanation: "The program has to put its files into that folder; it may create it.",
      },
      rewriteRule(file, rule, { ...owned, path: own }),
    ),
    ...fixOf(
      { title: "Only files of the same user", explanation: "Other programs of that user still share the folder." },
      rewriteRule(file, rule, owned),
    ),
  ];
}
