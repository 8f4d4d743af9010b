import { removeRule } from "../../edit/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";
import { rulesOfKind, type Scope } from "../scopes.ts";
import { openingAbstractions } from "../sockets.ts";

/** A deny of netlink in a program that speaks TCP or UDP. */
export const denyNetlink: LintRule = {
  id: "deny-netlink",
  severity: "warning",
  title: "Deny of netlink beside internet sockets",
  explanation: {
    what: "`deny network netlink` in a profile that allows internet sockets.",
    why: "`getaddrinfo` and `getifaddrs` ask the kernel by netlink which addresses the machine has. Without it lookups get slow, lose a family or fail, and the deny leaves no line in the log.",
    instead: "Leave the deny out; netlink changes nothing without capabilities such as net_admin.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile agent {\n  network inet stream,\n  deny network netlink raw,\n\n  include if exists <local/x>\n}\n",
    at: "deny network netlink raw,",
  },
  good: {
    text: "abi <abi/3.0>,\n\nprofile agent {\n  network inet stream,\n  network netlink raw,\n\n  include if exists <local/x>\n}\n",
  },
  run: ({ file, scopes }) =>
    scopes.flatMap((scope) => {
      if (!opensInternet(scope)) return [];
      return rulesOfKind(scope, "network")
        .filter(({ deny, value }) => deny && value.domain === "netlink")
        .map((rule) => ({
          range: rule.node,
          message:
            "name lookups and interface lists ask by netlink which addresses the machine has; this refuses it quietly",
          fixes: () =>
            fixOf(
              { title: "Remove the deny", explanation: "Netlink stays refused, and logged, unless a rule allows it." },
              removeRule(file, rule),
            ),
        }));
    }),
};

function opensInternet(scope: Scope): boolean {
  if (scope.includes.some(({ path }) => openingAbstractions.includes(path))) return true;
  return rulesOfKind(scope, "network").some(
    ({ deny, value }) => !deny && (value.domain === null || value.domain === "inet" || value.domain === "inet6"),
  );
}
