import type { Condition } from "../rule-values.ts";
import { valueWord } from "./words.ts";

/** `key=value`, `key=(a, b)`, `key in (a, b)`. */
export function writeCondition(condition: Condition): string {
  if (condition.values.length === 0) return condition.key;
  const values = condition.values.map(valueWord);
  const [only] = values;
  const right = values.length === 1 && only !== undefined ? only : `(${values.join(", ")})`;
  if (condition.operator === "=") return `${condition.key}=${right}`;
  return `${condition.key} ${condition.operator} ${right}`;
}

/** `peer=( … )`: the conditions on the other side; empty text where there is none. */
export function writePeer(peer: readonly Condition[]): string {
  return peer.length === 0 ? "" : `peer=(${peer.map(writeCondition).join(" ")})`;
}

/** `(send, receive)`; empty text where no operation is named. */
export function writeOperations(operations: readonly string[]): string {
  return operations.length === 0 ? "" : `(${operations.join(", ")})`;
}
