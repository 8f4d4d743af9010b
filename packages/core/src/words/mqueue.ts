import type { PeerRuleValue } from "../rules/index.ts";
import { code, listed } from "./lists.ts";
import { permissionSet, programsUnder, sayNamed, valuesOf } from "./names.ts";
import { kindNotes, type Manner, phrase, type Phrase } from "./phrase.ts";

const operations: readonly (readonly [name: string, words: string])[] = [
  ["create", "make"],
  ["open", "open"],
  ["read", "take messages from"],
  ["write", "put messages into"],
  ["delete", "delete"],
  ["getattr", "read the attributes of"],
  ["setattr", "change the attributes of"],
];

/** An mqueue rule in words. */
export function sayMqueue({ permissions, local, operand }: PeerRuleValue, { access }: Manner): Phrase {
  const asked = permissionSet(permissions, "read", "write");
  const said = operations.filter(([name]) => asked.has(name)).map(([, words]) => words);
  const type = valuesOf(local, "type")[0];
  const label = valuesOf(local, "label")[0];
  const kind = type === "sysv" ? "System V message queue" : type === "posix" ? "POSIX message queue" : "message queue";
  const queue =
    operand === null
      ? `any ${kind}`
      : /^\d+$/u.test(operand)
        ? `the ${kind} number ${code(operand)}`
        : sayNamed(kind, `${kind}s`, operand);
  const whose = label === undefined ? "" : `, if it belongs to ${programsUnder(label)}`;
  return phrase(
    `${said.length === 0 ? "use" : listed(said, access === "deny" ? "or" : "and")} ${queue}${whose}`,
    "low",
    [kindNotes.mqueue],
  );
}
