import { rewriteRule } from "../../edit/index.ts";
import { conditionNode, withoutConditions } from "../coarse-network.ts";
import { fixOf } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";
import { rulesOfKind } from "../scopes.ts";
import { nameOfNetwork } from "../sockets.ts";

/** Interfaces and labels that no Debian kernel looks at. */
export const interfaceOrLabel: LintRule = {
  id: "interface-or-label",
  severity: "warning",
  title: "Interface or label in a network rule",
  explanation: {
    what: "A network rule with `interface=` or `label=`.",
    why: "Only parser 5.0 accepts it, and for every Debian kernel up to 7.2 it drops the condition without a word: the rule then holds for all interfaces and labels.",
    instead:
      "Write the rule without it, and keep traffic to an interface beside AppArmor: systemd `RestrictNetworkInterfaces=`, or nftables.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile x {\n  network inet stream interface=eth0,\n\n  include if exists <local/x>\n}\n",
    at: "interface=eth0",
  },
  good: { text: "abi <abi/3.0>,\n\nprofile x {\n  network inet stream,\n\n  include if exists <local/x>\n}\n" },
  run: ({ file, scopes }) =>
    scopes.flatMap((scope) =>
      rulesOfKind(scope, "network").flatMap((rule) => {
        const node = conditionNode(file.tree, rule.node, ["interface", "label"]);
        if (node === undefined) return [];
        const to = withoutConditions(rule.value, ["interface", "label"]);
        return [
          {
            range: node,
            message: `\`${file.tree.text.slice(node.start, node.end)}\` is refused before parser 5.0 and ignored by every Debian kernel up to 7.2`,
            fixes: () =>
              fixOf(
                {
                  title: `Write \`${nameOfNetwork(to)}\` without it`,
                  explanation: "The policy stays the same on those kernels; it only says what holds.",
                },
                rewriteRule(file, rule, to),
              ),
          },
        ];
      }),
    ),
};
