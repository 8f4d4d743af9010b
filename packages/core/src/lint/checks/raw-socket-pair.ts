import { addRule, setCapability } from "../../edit/index.ts";
import { noQualifiers, type NetworkRuleValue } from "../../rules/index.ts";
import { nameTokens } from "../capability-names.ts";
import { fixOf } from "../fixes.ts";
import type { Finding, LintInput, LintRule } from "../lint-rule.ts";
import { rulesOfKind, type Scope } from "../scopes.ts";
import { nameOfNetwork, socketsOf } from "../sockets.ts";

/** Raw sockets need a capability and a network rule; half of it opens nothing. */
export const rawSocketPair: LintRule = {
  id: "raw-socket-pair",
  severity: "info",
  title: "Half of what raw sockets need",
  explanation: {
    what: "`capability net_raw` without a network rule for raw or packet sockets, or such a rule without the capability.",
    why: "A packet capture or a ping needs both: with one of them the socket is refused.",
    instead: "Allow both, or neither. Packet capture wants `network packet raw`, ping `network inet raw`.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile sniff {\n  capability net_raw,\n\n  include if exists <local/x>\n}\n",
    at: "net_raw",
  },
  good: {
    text: "abi <abi/3.0>,\n\nprofile sniff {\n  capability net_raw,\n\n  network packet raw,\n\n  include if exists <local/x>\n}\n",
  },
  run: (input) => input.scopes.flatMap((scope) => findingIn(input, scope)),
};

const rawFamilies = ["inet", "inet6", "packet"];

function findingIn(input: LintInput, scope: Scope): Finding[] {
  const { file } = input;
  if (scope.profile === null || rulesOfKind(scope, "all").length > 0) return [];
  const { profile } = scope;
  const capabilities = rulesOfKind(scope, "capability").filter(({ deny }) => !deny);
  const holder = capabilities.find(({ value }) => value.names.includes("net_raw"));
  const anyCapability = capabilities.some(({ value }) => value.names.length === 0);
  const socket = rulesOfKind(scope, "network").find(({ deny, value }) => !deny && opensRaw(value));
  if (holder !== undefined && socket === undefined) {
    const place = nameTokens(file.tree, holder.node).find(({ name }) => name === "net_raw");
    return [
      {
        range: place?.token ?? holder.node,
        message: "`net_raw` is of no use here: no network rule allows raw or packet sockets",
        fixes: () => [
          ...fixOf(
            {
              title: "Allow `network packet raw`",
              explanation: "For packet capture: every packet of every interface.",
            },
            addRule(file, profile, rawRule("packet")),
          ),
          ...fixOf(
            { title: "Allow `network inet raw`", explanation: "For ping and its like over IPv4." },
            addRule(file, profile, rawRule("inet")),
          ),
          ...fixOf({ title: "Remove `net_raw`" }, setCapability(file, profile, "net_raw", { access: "none" })),
        ],
      },
    ];
  }
  if (socket === undefined || holder !== undefined || anyCapability || socket.value.domain === null) return [];
  return [
    {
      range: socket.node,
      message: `\`${nameOfNetwork(socket.value)}\` opens nothing without \`capability net_raw\``,
      fixes: () =>
        fixOf(
          {
            title: "Allow `capability net_raw`",
            explanation: "The program can then see and send packets of any shape.",
          },
          setCapability(file, profile, "net_raw", { access: "allow" }),
        ),
    },
  ];
}

/** True where a rule reaches raw IP or packet sockets. */
function opensRaw(value: NetworkRuleValue): boolean {
  const { domains, types } = socketsOf(value);
  const family = domains === null || domains.some((domain) => rawFamilies.includes(domain));
  if (domains?.includes("packet") === true) return true;
  return family && (types === null || types.includes("raw"));
}

function rawRule(domain: string): NetworkRuleValue {
  return {
    kind: "network",
    qualifiers: noQualifiers,
    permissions: [],
    domain,
    type: "raw",
    protocol: null,
    local: [],
    peer: [],
  };
}
