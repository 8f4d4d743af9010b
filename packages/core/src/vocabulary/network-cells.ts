import { worstDanger, type Danger } from "./danger.ts";
import { networkDomainNamed } from "./network-domains.ts";
import { networkProtocols, socketTypes } from "./socket-types.ts";
import { wordNamed } from "./word.ts";

/** What one network rule without conditions means, in words. */
export interface NetworkCellWords {
  /** What becomes possible. */
  readonly allows: string;
  /** What the rule leaves open, or can't be made to restrict. */
  readonly doesNotRestrict: string;
  readonly danger: Danger;
}

/** Both directions and every address: a socket rule has no finer grain on Debian's kernels. */
const anyAddress =
  "It does not restrict the address, the port or the direction: no Debian kernel up to 7.2 can tell them apart, and rules that name them are widened to this one. Enforce addresses beside AppArmor (systemd `IPAddressDeny=`, nftables).";
const outboundHint =
  " With parser 4.0 and later the operations can be limited: `network (create, connect, …)` without `bind` and `listen` is outbound only.";
const anyPeer = "It does not restrict the peer.";

const cells: Readonly<Record<string, NetworkCellWords>> = {
  "inet stream": {
    allows: "IPv4 TCP to and from any address and port.",
    doesNotRestrict: anyAddress + outboundHint,
    danger: "medium",
  },
  "inet6 stream": {
    allows: "IPv6 TCP to and from any address and port.",
    doesNotRestrict: anyAddress + outboundHint,
    danger: "medium",
  },
  "inet dgram": {
    allows:
      "IPv4 UDP to and from any address and port: name lookups, QUIC, and data carried out in packets that look like either.",
    doesNotRestrict: `${anyAddress} "DNS only" can't be said with it. Landlock does not cover UDP.`,
    danger: "medium",
  },
  "inet6 dgram": {
    allows:
      "IPv6 UDP to and from any address and port: name lookups, QUIC, and data carried out in packets that look like either.",
    doesNotRestrict: `${anyAddress} "DNS only" can't be said with it. Landlock does not cover UDP.`,
    danger: "medium",
  },
  "inet seqpacket": {
    allows: "IPv4 SCTP with whole messages, as telephone networks use it.",
    doesNotRestrict: anyAddress,
    danger: "medium",
  },
  "inet6 seqpacket": {
    allows: "IPv6 SCTP with whole messages, as telephone networks use it.",
    doesNotRestrict: anyAddress,
    danger: "medium",
  },
  "inet raw": {
    allows:
      "Raw IPv4 packets: ping, traceroute, and packets of any protocol with a forged sender. Needs `capability net_raw` as well.",
    doesNotRestrict: anyAddress,
    danger: "high",
  },
  "inet6 raw": {
    allows:
      "Raw IPv6 packets: ping, router discovery, and packets of any protocol. Needs `capability net_raw` as well.",
    doesNotRestrict: anyAddress,
    danger: "high",
  },
  "inet rdm": {
    allows: "Nothing: IPv4 has no such sockets.",
    doesNotRestrict: "It restricts nothing and opens nothing.",
    danger: "low",
  },
  "inet6 rdm": {
    allows: "Nothing: IPv6 has no such sockets.",
    doesNotRestrict: "It restricts nothing and opens nothing.",
    danger: "low",
  },
  "inet packet": {
    allows:
      "Nothing: the kernel turns such a socket into one of the packet family before it asks. Use `network packet packet`.",
    doesNotRestrict: "It restricts nothing and opens nothing.",
    danger: "low",
  },
  "unix stream": {
    allows: "Connections within the machine: D-Bus, X11, databases, container engines, systemd's services.",
    doesNotRestrict:
      "It does not restrict which socket, by path or abstract name; on most kernels not even a `unix` rule with an address does.",
    danger: "medium",
  },
  "unix dgram": {
    allows: "Messages within the machine: the journal, syslog, service notifications.",
    doesNotRestrict: "It does not restrict which socket, by path or abstract name.",
    danger: "low",
  },
  "unix seqpacket": {
    allows: "Connections with whole messages within the machine: udev, desktop portals, some container tools.",
    doesNotRestrict: "It does not restrict which socket, by path or abstract name.",
    danger: "low",
  },
  "netlink raw": {
    allows:
      "Talk with the kernel about interfaces, routes and events. `getaddrinfo` and `getifaddrs` want it to learn the machine's addresses.",
    doesNotRestrict:
      "It does not restrict which netlink protocol. Changing anything still needs a capability such as net_admin.",
    danger: "low",
  },
  "netlink dgram": {
    allows: "The same as `netlink raw`, for programs that ask for the other type; the kernel keeps the two apart.",
    doesNotRestrict:
      "It does not restrict which netlink protocol. Changing anything still needs a capability such as net_admin.",
    danger: "low",
  },
  "packet raw": {
    allows:
      "See and send whole packets on every interface: what packet capture uses. Needs `capability net_raw` as well.",
    doesNotRestrict:
      "It does not restrict the interface or the traffic, and packets sent this way pass by the firewall.",
    danger: "high",
  },
  "packet dgram": {
    allows: "See and send packets on every interface without the link header. Needs `capability net_raw` as well.",
    doesNotRestrict:
      "It does not restrict the interface or the traffic, and packets sent this way pass by the firewall.",
    danger: "high",
  },
  "packet packet": {
    allows: "The old way to see whole packets; programs of today use `packet raw`. Needs `capability net_raw` as well.",
    doesNotRestrict: "It does not restrict the interface or the traffic.",
    danger: "high",
  },
  "bluetooth raw": {
    allows: "Drive the Bluetooth controller itself: scan, pair, send commands.",
    doesNotRestrict: "It does not restrict the device.",
    danger: "high",
  },
  "can raw": {
    allows: "See and send every frame on the bus of a vehicle or machine.",
    doesNotRestrict: "It does not restrict the interface or the frames: whoever sends there moves actuators.",
    danger: "high",
  },
  "alg seqpacket": {
    allows: "Use ciphers and hashes of the kernel; programs rarely need it.",
    doesNotRestrict:
      "It does not restrict the algorithm. This little-used code has had holes that gave full control of the kernel.",
    danger: "medium",
  },
  "key raw": {
    allows: "Read and change the keys of IPsec. Needs `capability net_admin` as well.",
    doesNotRestrict: "It does not restrict which keys.",
    danger: "high",
  },
  "vsock stream": {
    allows: "Connections between a virtual machine and its host, past all firewalls.",
    doesNotRestrict: "It does not restrict the machine or the port.",
    danger: "medium",
  },
};

/** Every domain that has the type, in `network TYPE,`. */
function wordsForTypeInAllDomains(type: string): NetworkCellWords {
  const typeWord = wordNamed(socketTypes, type);
  return {
    allows: `Sockets of type \`${type}\` in every family. ${typeWord?.sentence ?? ""}`.trimEnd(),
    doesNotRestrict:
      type === "raw"
        ? "It covers raw IP, packet and netlink sockets at once."
        : "It covers unix and all rarer families too, not only IPv4 and IPv6; `network tcp` and `network udp` mean just those two.",
    danger: "high",
  };
}

function wordsForAllTypesOfDomain(domain: string): NetworkCellWords {
  const found = networkDomainNamed(domain);
  if (found === undefined) {
    return {
      allows: `Sockets of the family \`${domain}\`, which the measured parsers do not know.`,
      doesNotRestrict: anyPeer,
      danger: "high",
    };
  }
  const ip = domain === "inet" || domain === "inet6";
  const perType = found.types.map((type) => cells[`${domain} ${type}`]?.danger ?? found.danger);
  return {
    allows: found.types.length === 0 ? found.sentence : `${found.sentence} Every type: ${found.types.join(", ")}.`,
    doesNotRestrict: found.types.length === 0 ? "It restricts nothing and opens nothing." : ip ? anyAddress : anyPeer,
    danger: worstDanger([found.danger, ...perType]),
  };
}

/**
 * What `network DOMAIN TYPE,` allows and what it leaves open. Null stands for a part that is not written: `(null, null)` is
 * the bare `network,`. A protocol (`tcp`, `udp`, `icmp`) may stand in the place of the type. Facts: measured on Debian's
 * kernels 6.1, 6.12 and 7.2.
 */
export function networkCellWords(domain: string | null, type: string | null): NetworkCellWords {
  const protocol = type === null ? undefined : wordNamed(networkProtocols, type);
  if (domain === null && type === null) {
    return {
      allows: "Every socket of every family.",
      doesNotRestrict:
        "It restricts nothing at all: TCP, UDP, raw packets where the capability is there, and every socket within the machine.",
      danger: "high",
    };
  }
  if (domain === null && protocol !== undefined) {
    const families = protocol.inet6 ? "IPv4 and IPv6" : "IPv4";
    const words = networkCellWords("inet", protocol.type);
    return { ...words, allows: words.allows.replace("IPv4", families) };
  }
  if (domain === null) return wordsForTypeInAllDomains(type ?? "");
  if (type === null) return wordsForAllTypesOfDomain(domain);
  const plainType = protocol?.type ?? type;
  const known = cells[`${domain} ${plainType}`];
  if (known !== undefined) return known;
  const found = networkDomainNamed(domain);
  if (found === undefined) return wordsForAllTypesOfDomain(domain);
  if (!found.types.includes(plainType)) {
    return {
      allows: `Nothing: the kernel has no \`${plainType}\` sockets in the family \`${domain}\`.`,
      doesNotRestrict: "It restricts nothing and opens nothing.",
      danger: "low",
    };
  }
  const typeWord = wordNamed(socketTypes, plainType);
  return {
    allows: `${found.sentence} ${typeWord?.sentence ?? ""}`.trimEnd(),
    doesNotRestrict: anyPeer,
    danger: found.danger,
  };
}

/** True where the kernel's family has sockets of the type: the cells of the grid worth ticking. */
export function isSensiblePair(domain: string, type: string): boolean {
  return networkDomainNamed(domain)?.types.includes(type) ?? false;
}
