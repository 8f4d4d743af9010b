import type { Condition, PeerRuleValue } from "../rules/index.ts";
import { code, codes, listed } from "./lists.ts";
import { programsUnder, sayNamed, valuesOf } from "./names.ts";
import { type Manner, phrase, type Phrase } from "./phrase.ts";
import { operationWords } from "./socket-operations.ts";

/** A unix rule in words. */
export function sayUnix({ permissions, local, peer }: PeerRuleValue, { access }: Manner): Phrase {
  const operations = operationWords(permissions);
  const type = valuesOf(local, "type")[0];
  const sockets = `sockets within the machine${type === undefined ? "" : `, of the type ${code(type)} only`}`;
  const narrowed = narrowing(local, peer);
  const only = operations === null ? "" : access === "allow" ? `, but only to ${operations}` : ` to ${operations}`;
  const where = narrowed.length === 0 ? "" : `, ${listed(narrowed)}`;
  return phrase(`use ${sockets}${only}${where}`, "medium", [
    narrowed.length === 0
      ? null
      : access === "allow"
        ? "Of Debian's kernels only 7.2 with AppArmor 5 holds it to that; on the others every socket within the machine is open for this."
        : "Of Debian's kernels only 7.2 with AppArmor 5 refuses it; on the others this deny has no effect.",
  ]);
}

/** Which sockets and peers are meant. */
function narrowing(local: readonly Condition[], peer: readonly Condition[]): readonly string[] {
  const label = valuesOf(peer, "label")[0];
  const others = peer.filter(({ key }) => key !== "label" && key !== "addr");
  return [
    ...valuesOf(local, "addr").map((address) => `at ${addressWords(address, "its own address")}`),
    ...(label === undefined ? [] : [`with ${programsUnder(label)}`]),
    ...valuesOf(peer, "addr").map((address) => `with peers at ${addressWords(address, "the address")}`),
    ...others.map(({ key, values }) => `with peers whose ${code(key)} is ${codes(values, "or")}`),
  ];
}

/** An abstract address begins with `@`, which is no part of the glob. */
function addressWords(address: string, noun: string): string {
  if (address === "none") return "no address";
  if (address === "auto") return "an address that the kernel chose";
  const plain = /^@\{\w+\}/u.test(address) ? address : address.replace(/^@/u, "");
  const mark = plain === address ? "" : "@";
  return sayNamed("address", "addresses", plain)
    .replace(/^the address(?:es)?/u, noun)
    .replace("`", `\`${mark}`);
}
