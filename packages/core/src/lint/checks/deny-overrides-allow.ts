import { removeRule } from "../../edit/index.ts";
import { writeRule, type CapabilityRuleValue, type NetworkRuleValue } from "../../rules/index.ts";
import type { Fix } from "../../text/index.ts";
import { networkDomains } from "../../vocabulary/index.ts";
import { nameTokens, withoutNames } from "../capability-names.ts";
import { fixOf, replaceItem } from "../fixes.ts";
import type { Finding, LintInput, LintRule } from "../lint-rule.ts";
import { rulesOfKind, type Scope, type ScopedNetworkRule, type ScopedRule } from "../scopes.ts";
import { coversSockets, isBareNetwork, nameOfNetwork, socketsOf } from "../sockets.ts";

/** Allows that a deny of the same profile makes void. */
export const denyOverridesAllow: LintRule = {
  id: "deny-overrides-allow",
  severity: "warning",
  title: "Allow that a deny makes void",
  explanation: {
    what: "A network or capability rule all of which another rule of the profile denies.",
    why: "An explicit deny always beats an allow, in whatever order they stand; network rules have no priorities that could change it.",
    instead: "Keep the one that is meant. To allow little, allow just that: the rest is refused without a deny.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile sniff {\n  network packet raw,\n  deny network raw,\n\n  include if exists <local/x>\n}\n",
    at: "network packet raw,",
  },
  good: {
    text: "abi <abi/3.0>,\n\nprofile sniff {\n  network packet raw,\n  deny network inet raw,\n\n  include if exists <local/x>\n}\n",
  },
  run: (input) =>
    input.scopes.flatMap((scope) => [...networkFindings(input, scope), ...capabilityFindings(input, scope)]),
};

function networkFindings(input: LintInput, scope: Scope): Finding[] {
  const rules = rulesOfKind(scope, "network");
  const denies = rules.filter(
    (rule) => rule.deny && !rule.conditional && !isBareNetwork(rule) && rule.value.permissions.length === 0,
  );
  return rules
    .filter(({ deny }) => !deny)
    .flatMap((allow) => {
      const sockets = socketsOf(allow.value);
      const beating = denies.filter(({ value }) => coversSockets(socketsOf(value), sockets));
      const [deny] = beating;
      if (deny === undefined) return [];
      const narrowed = beating.length === 1 ? narrowDeny(input, deny, rules) : [];
      return [
        {
          range: allow.node,
          message: `\`deny ${nameOfNetwork(deny.value)}\` beats this: nothing of it is allowed`,
          fixes: () => [...removals(input, beating, allow), ...narrowed],
        },
      ];
    });
}

/** A deny of a type in all families becomes one for the families of that type that no rule allows. */
function narrowDeny({ file }: LintInput, deny: ScopedNetworkRule, rules: readonly ScopedNetworkRule[]): Fix[] {
  const { domain, type, protocol, local, peer } = deny.value;
  if (domain !== null || type === null || protocol !== null || local.length > 0 || peer.length > 0) return [];
  const allowed = rules.filter((rule) => !rule.deny).map(({ value }) => socketsOf(value));
  const rest = networkDomains
    .filter(({ common, types }) => common && types.includes(type))
    .map((family): NetworkRuleValue => ({ ...deny.value, domain: family.name }))
    .filter((value) => !allowed.some((sockets) => coversSockets(sockets, socketsOf(value))));
  if (rest.length === 0) return [];
  return fixOf(
    {
      title: "Deny the other families only",
      explanation: `${rest.map(({ domain: name }) => name).join(", ")} stay denied.`,
    },
    replaceItem(file, deny.node, rest.map(writeRule)),
  );
}

function removals({ file }: LintInput, denies: readonly ScopedRule[], allow: ScopedRule): Fix[] {
  return [
    ...fixOf(
      { title: "Remove the deny", explanation: "What no rule allows stays refused." },
      ...denies.map((deny) => removeRule(file, deny)),
    ),
    ...fixOf(
      { title: "Remove the allow", explanation: "The policy stays the same; it only says what holds." },
      removeRule(file, allow),
    ),
  ];
}

function capabilityFindings(input: LintInput, scope: Scope): Finding[] {
  const rules = rulesOfKind(scope, "capability");
  const denies = rules.filter(({ deny, conditional }) => deny && !conditional);
  if (denies.length === 0) return [];
  return rules
    .filter(({ deny }) => !deny)
    .flatMap((allow) =>
      nameTokens(input.file.tree, allow.node).flatMap(({ token, name }) => {
        const beating = denies.filter(({ value }) => value.names.length === 0 || value.names.includes(name));
        const [deny] = beating;
        if (deny === undefined) return [];
        const denied = deny.value.names.length === 0 ? "deny capability" : `deny capability ${name}`;
        const message = `\`${denied}\` beats this: \`${name}\` is not allowed`;
        return [{ range: token, message, fixes: () => capabilityFixes(input, beating, allow, name) }];
      }),
    );
}

function capabilityFixes(
  { file }: LintInput,
  denies: readonly ScopedRule<CapabilityRuleValue>[],
  allow: ScopedRule<CapabilityRuleValue>,
  name: string,
): Fix[] {
  return [
    ...fixOf(
      { title: `Remove the allow of ${name}`, explanation: "The policy stays the same; it only says what holds." },
      withoutNames(file, allow, [name]),
    ),
    ...fixOf({ title: `Remove the deny of ${name}` }, ...denies.map((deny) => withoutNames(file, deny, [name]))),
  ];
}
