import { readPeerMatch } from "@hauberk/core/companion";
import { isInterfaceName, peerWishProblem, type PeerWish, readPorts } from "@hauberk/core/design";
import { peerProtocolNamed, type PeerProtocolName } from "@hauberk/core/vocabulary";

/** A coarse rule that would let a wish happen, and what else it opens. */
export interface CoarseOffer {
  readonly domain: "inet" | "inet6";
  readonly type: string;
  /** For the button: "Allow all IPv4 TCP with `network inet stream,`". */
  readonly title: string;
  readonly opens: string;
}

/** The coarse rules that a wish needs: one family for an address, both for a name; none where it can't be read. */
export function coarseOffers(wish: PeerWish): CoarseOffer[] {
  const reading = readPeerMatch(wish);
  if (!reading.ok) return [];
  const { families, protocol } = reading.match;
  const known = protocol.name === "tcp" || protocol.name === "udp";
  return [...families.keys()].flatMap((family) =>
    protocol.types.map((type): CoarseOffer => {
      const domain = family === 4 ? "inet" : "inet6";
      const what = known ? `IPv${family} ${protocol.label}` : `IPv${family} \`${type}\` sockets`;
      const ports = known ? ` and every ${protocol.label} port` : "";
      return {
        domain,
        type,
        title: `Allow all ${what} with \`network ${domain} ${type},\``,
        opens: `It opens every IPv${family} address${ports}, to connect and to listen.`,
      };
    }),
  );
}

const ways = { connect: "connects to", listen: "listens for", both: "speaks with" } as const;

/** `connects to`, `listens for`, `speaks with`. */
export function wayOf({ direction }: Pick<PeerWish, "direction">): string {
  return ways[direction];
}

/** `UDP 53`, `TCP, any port`, `ICMP`. */
export function socketOf({ protocol, port }: Pick<PeerWish, "protocol" | "port">): string {
  const { label, hasPorts } = peerProtocolNamed(protocol);
  if (!hasPorts) return label;
  return port === null ? `${label}, any port` : `${label} ${port}`;
}

/** A peer in a few words, for names of buttons. */
export function nameOfPeer(wish: Pick<PeerWish, "address" | "protocol" | "port">): string {
  return `${wish.address}, ${socketOf(wish)}`;
}

/** What was typed as a port: a number, a range or list as text, or null for any. */
export function portOf(text: string): number | string | null {
  const plain = text.replaceAll(/\s+/g, "");
  if (plain === "") return null;
  return /^\d+$/.test(plain) ? Number(plain) : plain;
}

/** The fields of the form, as typed. */
export interface TypedPeer {
  readonly protocol: PeerProtocolName;
  readonly address: string;
  readonly port: string;
  readonly interfaceName: string;
}

/** What is wrong with a wish that is being typed, by field; empty where it can be kept. */
export interface PeerProblems {
  readonly address?: string;
  readonly port?: string;
  readonly interfaceName?: string;
}

/** Checks what was typed, in the words that the design's own check has. */
export function peerProblems({ protocol, address, port, interfaceName }: TypedPeer): PeerProblems {
  const problems: { address?: string; port?: string; interfaceName?: string } = {};
  const problem = peerWishProblem({ protocol, address: address.trim(), port: portOf(port) });
  if (problem !== null) problems[problem.key] = sentence(problem.reason);
  if (readPorts(portOf(port)) === undefined)
    problems.port = "A port from 1 to 65535, a range such as 8000-8010, a list such as 80,443, or nothing for any.";
  const by = interfaceName.trim();
  if (by !== "" && !isInterfaceName(by))
    problems.interfaceName = "A name such as eth0: at most 15 letters, digits, “_”, “.” and “-”.";
  return problems;
}

function sentence(reason: string): string {
  const plain = reason.replaceAll("`", "");
  return `${plain.slice(0, 1).toUpperCase()}${plain.slice(1)}.`;
}
