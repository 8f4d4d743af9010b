import type { Danger } from "./danger.ts";

/** An address family that a network rule can name as its domain. */
export interface NetworkDomain {
  readonly name: string;
  /** Shown first, and in the grid without being asked for. */
  readonly common: boolean;
  readonly sentence: string;
  readonly danger: Danger;
  /** Socket types that the kernel's family really has; a rule may name others, they never match. Empty: no sockets at all. */
  readonly types: readonly string[];
}

function family(
  name: string,
  sentence: string,
  types: readonly string[],
  danger: Danger,
  common = false,
): NetworkDomain {
  return { name, common, sentence, danger, types };
}

/** Families whose name the language keeps though no kernel of today has sockets for them. */
function gone(name: string, what: string): NetworkDomain {
  return family(name, `${what}; kernels of today have no such sockets, so the rule never matches.`, [], "low");
}

/**
 * All address families that the parsers know, common ones first. Names from the parser's generated af_names.h as of 5.0
 * (3.0.8 knows the same), types from the `create` functions of the kernel's families.
 */
export const networkDomains: readonly NetworkDomain[] = [
  family("inet", "IPv4: TCP, UDP and raw IP packets.", ["stream", "dgram", "seqpacket", "raw"], "medium", true),
  family("inet6", "IPv6: TCP, UDP and raw IP packets.", ["stream", "dgram", "seqpacket", "raw"], "medium", true),
  family(
    "unix",
    "Sockets within the machine: the journal, D-Bus, X11, databases, container engines, name lookups.",
    ["stream", "dgram", "seqpacket"],
    "medium",
    true,
  ),
  family(
    "netlink",
    "Talk with the kernel: interfaces, routes, device events, audit. Name lookups and interface lists want it.",
    ["raw", "dgram"],
    "low",
    true,
  ),
  family(
    "packet",
    "Whole packets as they pass an interface. Needs `capability net_raw`.",
    ["raw", "dgram", "packet"],
    "high",
    true,
  ),
  family("bluetooth", "Bluetooth devices around the machine.", ["stream", "dgram", "seqpacket", "raw"], "medium", true),
  family("can", "The bus of vehicles and industrial machines.", ["raw", "dgram"], "high", true),
  family("vsock", "Between a virtual machine and its host.", ["stream", "dgram", "seqpacket"], "medium", true),
  family("alg", "The kernel's cryptographic functions.", ["seqpacket"], "medium", true),
  family("xdp", "Packets at the network driver, past the usual stack. Needs `capability net_raw`.", ["raw"], "high"),
  family("tipc", "Messages within a cluster of machines.", ["stream", "dgram", "seqpacket", "rdm"], "medium"),
  family("rds", "Reliable datagrams between database servers.", ["seqpacket"], "medium"),
  family("smc", "TCP-like streams over shared memory of the network card.", ["stream"], "medium"),
  family("kcm", "Messages cut out of TCP streams inside the kernel.", ["dgram", "seqpacket"], "low"),
  family("rxrpc", "The remote calls of the AFS file system.", ["dgram"], "medium"),
  family("key", "Keys of IPsec. Needs `capability net_admin`.", ["raw"], "high"),
  family("pppox", "Point-to-point links over Ethernet and tunnels (PPPoE, L2TP, PPTP).", ["stream", "dgram"], "medium"),
  family("llc", "Logical link control, below IP on Ethernet.", ["stream", "dgram"], "medium"),
  family(
    "nfc",
    "Near-field radio: cards and tags held against the machine.",
    ["stream", "dgram", "seqpacket", "raw"],
    "medium",
  ),
  family("ieee802154", "Low-power radio of sensors.", ["raw", "dgram"], "medium"),
  family("phonet", "Modems of phones, by Nokia's protocol.", ["dgram", "seqpacket"], "medium"),
  family("caif", "Modems of phones, by ST-Ericsson's protocol.", ["stream", "seqpacket"], "medium"),
  family("qipcrtr", "Services on Qualcomm chips: modem, radio, positioning.", ["dgram"], "medium"),
  family("mctp", "Management controllers on the main board.", ["dgram"], "high"),
  family("isdn", "ISDN cards.", ["raw", "dgram"], "medium"),
  family("iucv", "Between guests of a z/VM mainframe.", ["stream", "seqpacket"], "medium"),
  family("atmpvc", "ATM, permanent circuits.", ["dgram", "raw"], "low"),
  family("atmsvc", "ATM, switched circuits.", ["dgram"], "low"),
  family("x25", "X.25 packet switching.", ["seqpacket"], "low"),
  family("ax25", "Amateur radio.", ["dgram", "seqpacket", "raw"], "low"),
  family("netrom", "Routing over amateur radio.", ["seqpacket"], "low"),
  family("rose", "X.25 over amateur radio.", ["seqpacket"], "low"),
  family("appletalk", "Old Apple networks.", ["dgram", "raw"], "low"),
  gone("ipx", "Old Novell networks"),
  gone("irda", "Infrared links"),
  gone("econet", "Acorn's networks"),
  gone("ash", "Ash"),
  gone("sna", "IBM's mainframe networks"),
  gone("wanpipe", "Sangoma's cards"),
  gone("netbeui", "Old Windows networks"),
  gone("bridge", "Ethernet bridges"),
  gone("security", "A number kept for security modules"),
  gone("ib", "InfiniBand addresses"),
  gone("mpls", "MPLS labels"),
  gone("unspec", "The unspecified family"),
];

/** The domain of that name, or undefined. */
export function networkDomainNamed(name: string): NetworkDomain | undefined {
  return networkDomains.find((domain) => domain.name === name);
}
