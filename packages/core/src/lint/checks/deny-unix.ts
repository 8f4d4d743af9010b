import { removeRule } from "../../edit/index.ts";
import { noQualifiers, writeRule, type NetworkRuleValue } from "../../rules/index.ts";
import type { Fix } from "../../text/index.ts";
import { fixOf, replaceItem } from "../fixes.ts";
import type { Finding, LintInput, LintRule } from "../lint-rule.ts";
import { rulesOfKind, type ScopedNetworkRule, type Scope } from "../scopes.ts";

const connectionTypes: readonly (string | null)[] = ["stream", "dgram", "seqpacket"];

/** Denies that shut the sockets within the machine. */
export const denyUnix: LintRule = {
  id: "deny-unix",
  severity: "warning",
  title: "Deny of unix sockets",
  explanation: {
    what: "`deny network unix`, `deny unix`, or a deny of a socket type without a family, which covers unix sockets too.",
    why: "The journal, syslog, D-Bus, name lookups through systemd-resolved or nscd, and pairs of sockets inside one program all are unix sockets. The deny is quiet: things fail without a line in the log.",
    instead:
      "Leave the deny out: unix sockets that no rule allows are refused already. To deny TCP or UDP, name the families.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile agent {\n  deny network unix,\n\n  include if exists <local/x>\n}\n",
    at: "deny network unix,",
  },
  good: {
    text: "abi <abi/3.0>,\n\nprofile agent {\n  deny network inet6 dgram,\n\n  include if exists <local/x>\n}\n",
  },
  run: (input) => input.scopes.flatMap((scope) => [...networkFindings(input, scope), ...unixFindings(input, scope)]),
};

function networkFindings(input: LintInput, scope: Scope): Finding[] {
  return rulesOfKind(scope, "network").flatMap((rule) => {
    const { domain, type, local, peer } = rule.value;
    if (!rule.deny || local.length > 0 || peer.length > 0) return [];
    if (domain === "unix") {
      return [
        {
          range: rule.node,
          message: "this shuts unix sockets: the journal, D-Bus and name lookups need them",
          fixes: () => removal(input, rule),
        },
      ];
    }
    if (domain !== null || type === null || !connectionTypes.includes(type)) return [];
    return [
      {
        range: rule.node,
        message: `without a family this covers every \`${type}\` socket, unix ones too: the journal, D-Bus and name lookups need them`,
        fixes: () => [...familyFix(input, rule), ...removal(input, rule)],
      },
    ];
  });
}

function unixFindings(input: LintInput, scope: Scope): Finding[] {
  return rulesOfKind(scope, "unix").flatMap((rule) => {
    const { local, peer, permissions } = rule.value;
    if (!rule.deny || local.length > 0 || peer.length > 0 || permissions.length > 0) return [];
    const fixes = () => fixOf(removalWords, removeRule(input.file, rule));
    return [
      { range: rule.node, message: "this shuts unix sockets: the journal, D-Bus and name lookups need them", fixes },
    ];
  });
}

const removalWords = { title: "Remove the deny", explanation: "Unix sockets that no rule allows stay refused." };

function removal({ file }: LintInput, rule: ScopedNetworkRule): Fix[] {
  return fixOf(removalWords, removeRule(file, rule));
}

function familyFix({ file }: LintInput, { node, value }: ScopedNetworkRule): Fix[] {
  const qualifiers = { ...noQualifiers, ...value.qualifiers };
  const families = ["inet", "inet6"].map((domain): NetworkRuleValue => ({ ...value, qualifiers, domain }));
  return fixOf(
    {
      title: "Deny it for IPv4 and IPv6 only",
      explanation: "Other families stay refused as long as no rule allows them.",
    },
    replaceItem(file, node, families.map(writeRule)),
  );
}
