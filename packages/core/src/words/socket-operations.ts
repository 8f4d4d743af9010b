import { code, listed } from "./lists.ts";
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
  ["getattr", "ask for addresses"],
  ["setattr", "set attributes"],
  ["getopt", "read socket options"],
  ["setopt", "set socket options"],
];

/** What a list of socket permissions comes to, to go on from "only to …"; null where nothing is left out. */
export function operationWords(permissions: readonly string[], denied: boolean): string | null {
  const asked = permissionSet(permissions, "receive", "send");
  if (asked.size === 0) return null;
  const said = operations.filter(([name]) => asked.has(name)).map(([, words]) => words);
  const known = new Set(operations.map(([name]) => name));
  for (const word of asked) if (!known.has(word)) said.push(code(word));
  return listed(said, denied ? "or" : "and");
}

/** Some sockets in use, with what alone is done with them; `done` as `operationWords` gives them. */
export function onlyOperations(sockets: string, done: string | null, denied: boolean): string {
  if (done === null) return `use ${sockets}`;
  return denied ? `do this with ${sockets}: ${done}` : `use ${sockets}, but only to ${done}`;
}
