import { removeRule } from "../../edit/index.ts";
import { noQualifiers, writeRule, type NetworkRuleValue } from "../../rules/index.ts";
import type { Fix } from "../../text/index.ts";
import { fixOf, replaceItem } from "../fixes.ts";
import type { Finding, LintInput, LintRule } from "../lint-rule.ts";
import { rulesOfKind, type ScopedNetworkRule, type Scope } from "../scopes.ts";

const connectionTypes: readonly (string | null)[] = ["stream", "dgram", "seqpacket"];

/** Denies that shut unix sockets for all that needs them, and denies of unix sockets that refuse nothing. */
export const denyUnix: LintRule = {
  id: "deny-unix",
  severity: "warning",
  title: "Deny of unix sockets",
  explanation: {
    what: "`deny network unix`, a deny of a socket type without a family, which covers unix sockets too, or `deny unix`, which reads the same and mostly refuses nothing.",
    why: "The journal, syslog, D-Bus, name lookups through systemd-resolved or nscd, and pairs of sockets inside one program all are unix sockets. `deny network unix` refuses them quietly: things fail without a line in the log. `deny unix`, with or without addresses, is left out of the compiled policy for every Debian kernel before 7.2, and there too with an abi before 5.0: what another rule allows stays allowed.",
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

/** `deny network unix` is enforced, `deny unix` is not. */
function unixFindings({ file }: LintInput, scope: Scope): Finding[] {
  return rulesOfKind(scope, "unix")
    .filter(({ deny }) => deny)
    .map((rule) => ({
      range: rule.node,
      message:
        "the parsers leave this deny out for every Debian kernel before 7.2, and there too with an abi before 5.0: it refuses nothing",
      fixes: () =>
        fixOf(
          { title: "Remove the deny", explanation: "Unix sockets that no rule allows are refused all the same." },
          removeRule(file, rule),
        ),
    }));
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
