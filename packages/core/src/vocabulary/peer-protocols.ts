/** The names of the protocols that a peer can be wished for. */
export const peerProtocolNames = [
  "tcp",
  "udp",
  "sctp",
  "udplite",
  "icmp",
  "icmpv6",
  "igmp",
  "gre",
  "esp",
  "ah",
  "ospf",
  "vrrp",
] as const;

export type PeerProtocolName = (typeof peerProtocolNames)[number];

/** A protocol over IP, as companions and AppArmor can tell it. */
export interface PeerProtocol {
  readonly name: PeerProtocolName;
  /** For people, as its standards write it. */
  readonly label: string;
  /** Its number in the IP header, by IANA's list; `nft` takes the number whatever names a machine knows. */
  readonly number: number;
  readonly hasPorts: boolean;
  /** The one IP version that has it; null for both. */
  readonly family: 4 | 6 | null;
  /** The types of AppArmor's rules that its sockets have: nothing tells the protocols of one type apart. */
  readonly types: readonly string[];
  /** True where the kernel finds the socket for a packet that arrives: for TCP and UDP alone (nf_sk_lookup_slow). */
  readonly arrivalHasSocket: boolean;
}

function protocol(
  name: PeerProtocolName,
  label: string,
  number: number,
  more: Partial<Omit<PeerProtocol, "name" | "label" | "number">> = {},
): PeerProtocol {
  return { name, label, number, hasPorts: false, family: null, types: ["raw"], arrivalHasSocket: false, ...more };
}

/** Every protocol of a wish, the usual ones first. */
export const peerProtocols: readonly PeerProtocol[] = [
  protocol("tcp", "TCP", 6, { hasPorts: true, types: ["stream"], arrivalHasSocket: true }),
  protocol("udp", "UDP", 17, { hasPorts: true, types: ["dgram"], arrivalHasSocket: true }),
  protocol("sctp", "SCTP", 132, { hasPorts: true, types: ["stream", "seqpacket"] }),
  protocol("udplite", "UDP-Lite", 136, { hasPorts: true, types: ["dgram"] }),
  protocol("icmp", "ICMP", 1, { family: 4, types: ["raw", "dgram"] }),
  protocol("icmpv6", "ICMPv6", 58, { family: 6, types: ["raw", "dgram"] }),
  protocol("igmp", "IGMP", 2, { family: 4 }),
  protocol("gre", "GRE", 47),
  protocol("esp", "ESP", 50),
  protocol("ah", "AH", 51),
  protocol("ospf", "OSPF", 89),
  protocol("vrrp", "VRRP", 112),
];

/** The protocol of a name. */
export function peerProtocolNamed(name: PeerProtocolName): PeerProtocol {
  const found = peerProtocols.find((each) => each.name === name);
  if (found === undefined) throw new RangeError(`no protocol ${name}`);
  return found;
}
