import { coarseRuleFixes, conditionNode } from "../coarse-network.ts";
import type { LintRule } from "../lint-rule.ts";
import { rulesOfKind } from "../scopes.ts";
import { nameOfNetwork } from "../sockets.ts";

/** Addresses and ports that no Debian kernel looks at. */
export const inetPeerWidened: LintRule = {
  id: "inet-peer-widened",
  severity: "warning",
  title: "Address or port in a network rule",
  explanation: {
    what: "A network rule with `ip=` or `port=`, for the own side or the peer.",
    why: "On kernels without the feature `af_inet`, which is every Debian kernel up to 7.2, the condition is dropped without a word: any address and port is allowed, or, in a deny, denied. Parser 3.0 refuses it.",
    instead:
      "Write the coarse rule, keep the address as a wish of the design, and enforce it beside AppArmor: systemd `IPAddressDeny=any` with `IPAddressAllow=`, or nftables.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile rustnet {\n  network inet stream peer=(ip=127.0.0.53 port=53),\n\n  include if exists <local/x>\n}\n",
    at: "ip=127.0.0.53",
  },
  good: { text: "abi <abi/3.0>,\n\nprofile rustnet {\n  network inet stream,\n\n  include if exists <local/x>\n}\n" },
  run: (input) =>
    input.scopes.flatMap((scope) =>
      rulesOfKind(scope, "network").flatMap((rule) => {
        if (conditionNode(input.file.tree, rule.node, ["addr"]) !== undefined) return [];
        const node = conditionNode(input.file.tree, rule.node, ["ip", "port"]);
        if (node === undefined) return [];
        const coarse = nameOfNetwork(rule.value);
        return [
          {
            range: node,
            message: rule.deny
              ? `on every Debian kernel up to 7.2 this denies all of \`${coarse}\`, whatever the address`
              : `on every Debian kernel up to 7.2 this allows all of \`${coarse}\`, any address and port`,
            fixes: () => coarseRuleFixes(input, scope, rule, ["ip", "port"]),
          },
        ];
      }),
    ),
};
