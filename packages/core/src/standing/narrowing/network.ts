import type { Condition, NetworkRuleValue } from "../../rules/index.ts";
import { conditionText, narrowingConditions, shown } from "./conditions.ts";
import type { Narrowing } from "./narrowing.ts";
import { operationsNarrowing } from "./operations.ts";

/** What narrows a network rule, what releases drop first at the front. */
export function networkNarrowings(value: NetworkRuleValue): readonly Narrowing<NetworkRuleValue>[] {
  return [
    ...narrowingConditions(value.peer).map((condition) => ({
      ...peerWords(condition),
      drop: (rule: NetworkRuleValue) => ({ ...rule, peer: rule.peer.filter((each) => each !== condition) }),
    })),
    ...narrowingConditions(value.local).map((condition) => ({
      ...localWords(condition),
      drop: (rule: NetworkRuleValue) => ({ ...rule, local: rule.local.filter((each) => each !== condition) }),
    })),
    ...operationsNarrowing(value),
    ...protocolNarrowing(value),
  ];
}

function peerWords(condition: Condition): Pick<Narrowing, "part" | "takesIn"> {
  const values = shown(condition.values);
  switch (condition.key) {
    case "ip":
    case "addr":
      return { part: "the peer's address", takesIn: `every address of the peer, not only ${values}` };
    case "port":
      return { part: "the peer's port", takesIn: `every port of the peer, not only ${values}` };
    case "label":
      return { part: "the peer's label", takesIn: `peers under every profile, not only under ${values}` };
    default:
      return { part: `the peer's \`${condition.key}\``, takesIn: `peers without \`${conditionText(condition)}\`` };
  }
}

function localWords(condition: Condition): Pick<Narrowing, "part" | "takesIn"> {
  const values = shown(condition.values);
  switch (condition.key) {
    case "ip":
    case "addr":
      return { part: "the own address", takesIn: `every address of its own, not only ${values}` };
    case "port":
      return { part: "the own port", takesIn: `every port of its own, not only ${values}` };
    case "interface":
      return { part: "the interface", takesIn: `every network interface, not only ${values}` };
    case "label":
      return { part: "the label", takesIn: `sockets of every label, not only ${values}` };
    default:
      return { part: `\`${condition.key}\``, takesIn: `sockets without \`${conditionText(condition)}\`` };
  }
}

/** TCP and UDP are what such sockets are for; a raw socket that may carry ICMP may carry any protocol. */
function protocolNarrowing({ protocol }: NetworkRuleValue): readonly Narrowing<NetworkRuleValue>[] {
  if (protocol !== "icmp") return [];
  return [
    {
      part: "the protocol",
      takesIn: "raw packets of every protocol, not only ICMP",
      // Without a family, too, parsers mean IPv4's.
      drop: (rule) => ({ ...rule, domain: rule.domain ?? "inet", protocol: null, type: "raw" }),
    },
  ];
}
