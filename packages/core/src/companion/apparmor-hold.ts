import type { Hold } from "./companion.ts";
import { facetsOf, holdOf, type Facet } from "./holds.ts";
import { readPeerMatch, type PeerMatch } from "./peer-match.ts";
import type { PeerWish } from "../design/index.ts";

/** What of a target decides what its AppArmor can hold of a peer. */
export interface PeerTarget {
  /** The parser's version, `3.0.8`; null where it is not known. */
  readonly parser: string | null;
  /** The kernel has `af_inet` among its features: none of Debian's does, up to 7.2. Null where its features are not known. */
  readonly mediatesAddresses: boolean | null;
}

/**
 * What AppArmor can hold of a wish on a target, by the nearest rule that the target's parser reads. `nothing` means: no more
 * than the kind of socket. Measured: docs/apparmor-facts.md; what a rule that stands in a profile comes to is the standing's business.
 */
export function apparmorHold(wish: PeerWish, target: PeerTarget): Hold {
  const reading = readPeerMatch(wish);
  if (!reading.ok) return { degree: "absent", words: "The peer can't be read." };
  const { match } = reading;
  const kind = kindWords(match);
  if (target.parser === null) return { degree: "absent", words: "Its parser is not known." };
  if (target.mediatesAddresses === null) {
    return { degree: "absent", words: "Its kernel's features are not known here, so nobody can tell what it holds." };
  }
  const hasOperations = Number(target.parser.split(".")[0]) >= 4;
  const held = new Set<Facet>(hasOperations ? ["direction"] : []);
  if (hasOperations && target.mediatesAddresses) {
    held.add("peerPort").add("ownPort");
    if (match.address.kind === "ip" && !match.address.text.includes("/")) held.add("address");
  }
  const remark = !hasOperations
    ? "Its parser refuses a rule with an address or a port."
    : target.mediatesAddresses
      ? "Addresses and ports count only under an abi that names `af_inet`, as `abi/4.0-ip` and `abi/5.0` do."
      : "A rule with an address or a port is accepted and widened without a word.";
  const needed = facetsOf(match).some((facet) => facet !== "direction");
  return holdOf(match, {
    held,
    remarks: [`It holds the kind of socket: ${kind}.`, ...(needed ? [remark] : [])],
  });
}

/** `IPv4 TCP`, `IPv4 and IPv6 UDP`. */
function kindWords({ families, protocol }: PeerMatch): string {
  const versions = [...families.keys()].map((family) => `IPv${family}`).join(" and ");
  return protocol.name === "tcp" || protocol.name === "udp"
    ? `${versions} ${protocol.label}`
    : `${versions} sockets of the type ${protocol.types.map((type) => `\`${type}\``).join(" or ")}`;
}
