import { isDropped } from "../../design/index.ts";
import { addRule, removeRule } from "../../edit/index.ts";
import type { RuleValue } from "../../rules/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";

/** What AppArmor 3 keeps of a conditional that holds (measured with 3.0.8; docs/apparmor-facts.md). */
const kept: ReadonlySet<RuleValue["kind"]> = new Set(["file", "link", "capability", "change_profile", "all"]);

/** Rules that AppArmor 3 forgets because they stand in an `if`. */
export const rulesInConditional: LintRule = {
  id: "rules-in-conditional",
  severity: "warning",
  title: "Rule that AppArmor 3 forgets in a conditional",
  explanation: {
    what: "A rule about sockets, signals, tracing, mounts, limits and the like inside of `if … { … }`.",
    why: "AppArmor 3, which Debian 12 ships, keeps only rules on files, links, capabilities and change_profile of a conditional, and says nothing of the rest; a deny is gone just the same. Later parsers keep all of them.",
    instead: "Write the rule outside of the conditional, or ship to releases with a later AppArmor only.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\n$WITH_NET = true\n\nprofile x {\n  if $WITH_NET {\n    /a r,\n    network inet stream,\n  }\n\n  include if exists <local/x>\n}\n",
    at: "network inet stream,",
  },
  good: {
    text: "abi <abi/3.0>,\n\n$WITH_NET = true\n\nprofile x {\n  if $WITH_NET {\n    /a r,\n  }\n\n  network inet stream,\n\n  include if exists <local/x>\n}\n",
  },
  run: ({ file, scopes }) =>
    scopes.flatMap(({ profile, placed }) =>
      placed.flatMap((each) => {
        const { rule, within } = each;
        const conditional = within.some(({ kind }) => kind === "conditional-branch");
        if (!conditional || kept.has(rule.value.kind) || isDropped(each)) return [];
        const denies = rule.value.qualifiers.access === "deny";
        return [
          {
            range: rule.node,
            message: `the parser of AppArmor 3 forgets this ${denies ? "deny" : "rule"}: of a conditional it keeps only files, capabilities and profile changes`,
            fixes: () =>
              profile === null
                ? fixOf({ title: "Remove it" }, removeRule(file, rule))
                : fixOf(
                    { title: "Take the rule out of the conditional", explanation: "It holds always then." },
                    removeRule(file, rule),
                    addRule(file, profile, rule.value),
                  ),
          },
        ];
      }),
    ),
};
