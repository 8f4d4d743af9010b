import { removeRule } from "../../edit/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";
import { rulesOfKind, type Scope } from "../scopes.ts";
import { isBareNetwork, nameOfNetwork, openingAbstractions } from "../sockets.ts";

/** `deny network,` as if it were a default that allows may lift. */
export const denyAllNetwork: LintRule = {
  id: "deny-all-network",
  severity: "warning",
  title: "`deny network,` beside an allow",
  explanation: {
    what: "A deny of all sockets in a profile that also allows some.",
    why: "An explicit deny beats every allow, whatever the order: no socket can be opened at all. It also shuts unix sockets, which the journal, D-Bus and name lookups use, and nothing is logged.",
    instead: "Leave the deny out: what no rule allows is refused already.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile agent {\n  network inet stream,\n  deny network,\n\n  include if exists <local/x>\n}\n",
    at: "deny network,",
  },
  good: { text: "abi <abi/3.0>,\n\nprofile agent {\n  network inet stream,\n\n  include if exists <local/x>\n}\n" },
  run: ({ file, scopes }) =>
    scopes.flatMap((scope) => {
      const killed = firstAllow(scope);
      if (killed === undefined) return [];
      return rulesOfKind(scope, "network")
        .filter((rule) => rule.deny && isBareNetwork(rule))
        .map((rule) => ({
          range: rule.node,
          message: `this refuses every socket, also what ${killed} allows`,
          fixes: () =>
            fixOf(
              {
                title: "Remove `deny network`",
                explanation: "Sockets that no rule allows stay refused; refusals are logged from then on.",
              },
              removeRule(file, rule),
            ),
        }));
    }),
};

/** What allows a socket in a scope, in words. */
function firstAllow(scope: Scope): string | undefined {
  const network = rulesOfKind(scope, "network").find(({ deny }) => !deny);
  if (network !== undefined) return `\`${nameOfNetwork(network.value)}\``;
  if (rulesOfKind(scope, "unix").some(({ deny }) => !deny)) return "`unix`";
  if (rulesOfKind(scope, "all").some(({ deny }) => !deny)) return "`all`";
  const include = scope.includes.find(({ path }) => openingAbstractions.includes(path));
  return include === undefined ? undefined : `\`include <${include.path}>\``;
}
