import type { NetworkRuleValue, PeerRuleValue } from "../../rules/index.ts";
import { permissionWords } from "./permission-words.ts";
import type { Narrowing } from "./narrowing.ts";
import { shown } from "./conditions.ts";

/** All that the operations of a kind can be; who writes them all narrows nothing. */
const everyOperation: Readonly<Record<string, readonly string[]>> = {
  network: socketOperations(),
  unix: socketOperations(),
  signal: ["send", "receive"],
  ptrace: ["trace", "read", "tracedby", "readby"],
  dbus: ["send", "receive", "bind", "eavesdrop"],
  mqueue: ["create", "open", "delete", "read", "write", "getattr", "setattr"],
  io_uring: ["sqpoll", "override_creds"],
};

function socketOperations(): readonly string[] {
  const life = ["create", "bind", "listen", "accept", "connect", "shutdown"];
  return [...life, "getattr", "setattr", "getopt", "setopt", "send", "receive"];
}

/** The operations of a rule as a narrowing; none where it names none, or all. `userns create` is all of `userns`. */
export function operationsNarrowing<V extends NetworkRuleValue | PeerRuleValue>(value: V): readonly Narrowing<V>[] {
  const every = everyOperation[value.kind];
  if (value.permissions.length === 0 || every === undefined) return [];
  const meant = permissionWords(value.kind, value.permissions);
  if (every.every((operation) => meant.has(operation) || isImplied(value, operation))) return [];
  return [
    {
      part: "the list of operations",
      takesIn: `every operation, not only ${shown(value.permissions)}`,
      drop: (rule) => ({ ...rule, permissions: [] }),
    },
  ];
}

/**
 * A D-Bus rule about messages can't own names or eavesdrop, so `(send, receive)` is all of it; one about a name to own can't
 * do anything else, so `bind` is.
 */
function isImplied(value: NetworkRuleValue | PeerRuleValue, operation: string): boolean {
  if (value.kind !== "dbus") return false;
  if (value.local.some(({ key }) => key === "name")) return operation !== "bind";
  if (operation !== "bind" && operation !== "eavesdrop") return false;
  const aboutMessages = new Set(["path", "interface", "member"]);
  return value.peer.length > 0 || value.local.some(({ key }) => aboutMessages.has(key));
}
