import { coarseRuleFixes, conditionNode } from "../coarse-network.ts";
import type { LintRule } from "../lint-rule.ts";
import { writtenRules } from "../scopes.ts";

/** `addr=` belongs to unix sockets; internet addresses are `ip=`. */
export const inetPeerAddr: LintRule = {
  id: "inet-peer-addr",
  severity: "error",
  title: "`addr=` in a network rule",
  covers: ["rule/unknown-condition", "rule/bad-address"],
  explanation: {
    what: "A network rule with `addr=`, most often `peer=(addr=127.0.0.53)`.",
    why: "That never was part of the language for internet sockets: every parser refuses it. The word for it, `ip=`, is accepted by newer ones and then ignored by every Debian kernel up to 7.2.",
    instead: "Write the coarse rule, keep the address as a wish of the design, and enforce it beside AppArmor.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile rustnet {\n  network inet dgram peer=(addr=127.0.0.53),\n\n  include if exists <local/x>\n}\n",
    at: "addr=127.0.0.53",
  },
  good: { text: "abi <abi/3.0>,\n\nprofile rustnet {\n  network inet dgram,\n\n  include if exists <local/x>\n}\n" },
  run: (input) =>
    input.scopes.flatMap((scope) =>
      writtenRules(scope, "network").flatMap((rule) => {
        const node = conditionNode(input.file.tree, rule.node, ["addr"]);
        if (node === undefined) return [];
        return [
          {
            range: node,
            message: "a network rule has no `addr=`: it belongs to unix sockets",
            fixes: () => coarseRuleFixes(input, scope, rule, ["addr", "ip", "port"]),
          },
        ];
      }),
    ),
};
