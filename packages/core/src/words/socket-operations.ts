import { listed, code } from "./lists.ts";
import { permissionSet } from "./names.ts";

/** Operations on sockets in the order in which they are said. */
const operations: readonly (readonly [name: string, words: string])[] = [
  ["create", "make sockets"],
  ["bind", "take an address"],
  ["listen", "wait for connections"],
  ["accept", "accept connections"],
  ["connect", "connect out"],
  ["send", "send"],
  ["receive", "receive"],
  ["shutdown", "shut connections down"],
];

/** What a list of socket permissions comes to, to go on from "only to …"; null where nothing is left out. */
export function operationWords(permissions: readonly string[]): string | null {
  const asked = permissionSet(permissions, "receive", "send");
  if (asked.size === 0) return null;
  const said = operations.filter(([name]) => asked.has(name)).map(([, words]) => words);
  const attributes = asked.has("getattr") || asked.has("getopt");
  const changes = asked.has("setattr") || asked.has("setopt");
  if (attributes || changes) said.push(`${attributes ? (changes ? "read and set" : "read") : "set"} socket options`);
  const known = new Set([...operations.map(([name]) => name), "getattr", "getopt", "setattr", "setopt"]);
  for (const word of asked) if (!known.has(word)) said.push(code(word));
  return listed(said);
}
