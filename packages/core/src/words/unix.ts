import type { Condition, PeerRuleValue } from "../rules/index.ts";
import { code, codes } from "./lists.ts";
import { programsUnder, sayNamed, valuesOf } from "./names.ts";
import { kindNotes, type Manner, phrase, type Phrase } from "./phrase.ts";
import { onlyOperations, operationWords } from "./socket-operations.ts";

/** A unix rule in words. */
export function sayUnix({ permissions, local, peer }: PeerRuleValue, { access }: Manner): Phrase {
  const denied = access === "deny";
  const operations = operationWords(permissions, denied);
  const type = valuesOf(local, "type")[0];
  const sockets = `unix sockets${type === undefined ? "" : ` of the type ${code(type)}`}`;
  const narrowed = narrowing(local, peer);
  const where = narrowed.length === 0 ? "" : `, ${narrowed.join(", ")}`;
  return phrase(
    `${onlyOperations(`${sockets}${denied ? where : ""}`, operations, denied)}${denied ? "" : where}`,
    "medium",
    denied
      ? [kindNotes.unixDeny]
      : [narrowed.length === 0 ? null : kindNotes.unixPeers, operations === null ? null : kindNotes.unixOperations],
  );
}

/** Which sockets and peers are meant. */
function narrowing(local: readonly Condition[], peer: readonly Condition[]): readonly string[] {
  const others = peer.filter(({ key }) => key !== "label" && key !== "addr");
  const who = peerWords(valuesOf(peer, "label")[0], valuesOf(peer, "addr")[0]);
  return [
    ...valuesOf(local, "addr").map((address) =>
      address === "none" ? "without an address of its own" : `at ${addressWords(address, "its own address")}`,
    ),
    ...(who === null ? [] : [`with ${who}`]),
    ...others.map(({ key, values }) => `with peers whose ${code(key)} is ${codes(values, "or")}`),
  ];
}

function peerWords(label: string | undefined, address: string | undefined): string | null {
  const programs = label === undefined ? null : programsUnder(label);
  if (address === undefined) return programs;
  if (address === "none") return `${programs ?? "peers"} that have no address`;
  const at = addressWords(address, "the address");
  return programs === null ? `peers at ${at}` : `${programs}, at ${at}`;
}

/** An abstract address begins with `@`, which is no part of the glob. */
function addressWords(address: string, noun: string): string {
  if (address === "auto") return "an address that the kernel chose";
  const plain = /^@\{\w+\}/u.test(address) ? address : address.replace(/^@/u, "");
  const mark = plain === address ? "" : "@";
  return sayNamed("address", "addresses", plain)
    .replace(/^the address(?:es)?/u, noun)
    .replace("`", `\`${mark}`);
}
