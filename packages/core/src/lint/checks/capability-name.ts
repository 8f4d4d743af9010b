import { rewriteRule } from "../../edit/index.ts";
import type { CapabilityRuleValue } from "../../rules/index.ts";
import type { Fix } from "../../text/index.ts";
import { capabilities, capabilityNamed } from "../../vocabulary/index.ts";
import { nameTokens, withoutNames } from "../capability-names.ts";
import { editDistance } from "../edit-distance.ts";
import { fixOf } from "../fixes.ts";
import type { LintInput, LintRule } from "../lint-rule.ts";
import { writtenRules, type ScopedRule } from "../scopes.ts";

/** Capabilities under names that the language does not have. */
export const capabilityName: LintRule = {
  id: "capability-name",
  severity: "error",
  title: "Unknown capability",
  covers: ["rule/unknown-capability"],
  explanation: {
    what: "A capability rule with a name that is not one of the 41, such as `CAP_NET_RAW` or `NET_RAW`.",
    why: "The language writes capabilities in lower case without `CAP_`; every parser refuses other names.",
    instead: "Write the name as in `net_raw`.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile x {\n  capability CAP_NET_RAW,\n\n  include if exists <local/x>\n}\n",
    at: "CAP_NET_RAW",
  },
  good: { text: "abi <abi/3.0>,\n\nprofile x {\n  capability net_raw,\n\n  include if exists <local/x>\n}\n" },
  run: (input) =>
    input.scopes.flatMap((scope) =>
      writtenRules(scope, "capability").flatMap((rule) =>
        nameTokens(input.file.tree, rule.node).flatMap(({ token, name }) => {
          if (capabilityNamed(name) !== undefined) return [];
          const meant = meantCapability(name);
          return [
            {
              range: token,
              message:
                meant === undefined
                  ? `there is no capability \`${name}\``
                  : `there is no capability \`${name}\`; \`${meant}\` is meant?`,
              fixes: () => fixesFor(input, rule, name, meant),
            },
          ];
        }),
      ),
    ),
};

/** The capability that a name means: written in another way, or mistyped by two letters at most. */
function meantCapability(name: string): string | undefined {
  const plain = name
    .toLowerCase()
    .replace(/^cap[_-]/u, "")
    .replaceAll("-", "_");
  if (capabilityNamed(plain) !== undefined) return plain;
  if (plain.length > 30) return undefined;
  return capabilities
    .map((capability) => ({ name: capability.name, distance: editDistance(capability.name, plain) }))
    .filter(({ distance }) => distance <= 2)
    .toSorted((a, b) => a.distance - b.distance)[0]?.name;
}

function fixesFor(
  { file }: LintInput,
  rule: ScopedRule<CapabilityRuleValue>,
  name: string,
  meant: string | undefined,
): Fix[] {
  const { value } = rule;
  const without = value.names.filter((other) => other !== name);
  return [
    ...(meant === undefined
      ? []
      : fixOf(
          { title: `Write \`${meant}\`` },
          rewriteRule(file, rule, {
            ...value,
            names: without.includes(meant) ? without : value.names.map((other) => (other === name ? meant : other)),
          }),
        )),
    ...fixOf({ title: `Remove \`${name}\`` }, withoutNames(file, rule, [name])),
  ];
}
