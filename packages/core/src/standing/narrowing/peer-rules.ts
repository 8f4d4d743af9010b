import type { Condition, PeerRuleValue } from "../../rules/index.ts";
import { conditionText, narrowingConditions, shown } from "./conditions.ts";
import type { Narrowing } from "./narrowing.ts";
import { operationsNarrowing } from "./operations.ts";

/** What narrows a rule about unix sockets, signals, tracing, D-Bus, message queues or io_uring. */
export function peerRuleNarrowings(value: PeerRuleValue): readonly Narrowing<PeerRuleValue>[] {
  if (value.kind === "userns") return [];
  return [
    ...narrowingConditions(value.peer).map((condition) => ({
      ...peerWords(value.kind, condition),
      drop: (rule: PeerRuleValue) => ({ ...rule, peer: rule.peer.filter((each) => each !== condition) }),
    })),
    ...narrowingConditions(value.local)
      // A queue's type follows from its name.
      .filter(({ key }) => value.kind !== "mqueue" || key !== "type")
      .map((condition) => ({
        ...localWords(value.kind, condition),
        drop: (rule: PeerRuleValue) => ({ ...rule, local: rule.local.filter((each) => each !== condition) }),
      })),
    ...operandNarrowing(value),
    ...operationsNarrowing(value),
  ];
}

function peerWords(kind: PeerRuleValue["kind"], condition: Condition): Pick<Narrowing, "part" | "takesIn"> {
  const values = shown(condition.values);
  if (condition.key === "addr") {
    return { part: "the peer's address", takesIn: `peers at every address, not only at ${values}` };
  }
  if (condition.key === "label" || kind === "signal" || kind === "ptrace") {
    return { part: "the peer's profile", takesIn: `programs under every profile as peers, not only under ${values}` };
  }
  return { part: `the peer's \`${condition.key}\``, takesIn: `peers without \`${conditionText(condition)}\`` };
}

function localWords(kind: PeerRuleValue["kind"], condition: Condition): Pick<Narrowing, "part" | "takesIn"> {
  const values = shown(condition.values);
  if (condition.key === "addr") {
    return { part: "the own address", takesIn: `sockets at every address of its own, not only at ${values}` };
  }
  if (kind === "signal") return { part: "the list of signals", takesIn: `every signal, not only ${values}` };
  if (kind === "unix" && condition.key === "type") {
    return { part: "the type", takesIn: `sockets of every type, not only ${values}` };
  }
  if (condition.key === "label") return { part: "the label", takesIn: `what bears another label than ${values}` };
  return { part: `\`${condition.key}\``, takesIn: `everything without \`${conditionText(condition)}\`` };
}

function operandNarrowing({ operand }: PeerRuleValue): readonly Narrowing<PeerRuleValue>[] {
  if (operand === null || /^\/\*{2,}$/u.test(operand)) return [];
  return [
    {
      part: "the name",
      takesIn: `every queue, not only ${shown([operand])}`,
      drop: (rule) => ({ ...rule, operand: null }),
    },
  ];
}
