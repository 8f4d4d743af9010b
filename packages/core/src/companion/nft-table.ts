import { commentText } from "./companion-names.ts";
import type { Owner } from "./owner.ts";
import { portText, type FamilyAddresses, type PeerMatch } from "./peer-match.ts";

/** What a table is made of. */
export interface NftTable {
  readonly profile: string;
  /** The table's name, of letters, digits, `_` and `-`. */
  readonly table: string;
  readonly owner: Owner;
  readonly matches: readonly PeerMatch[];
}

/** A set that holds the addresses which a host name has at the time. */
export interface NameSet {
  readonly name: string;
  readonly v4: string;
  readonly v6: string;
}

/** The sets of a table, one pair for each host name among its wishes. */
export function nameSets(matches: readonly PeerMatch[]): NameSet[] {
  const names = new Set(matches.flatMap(({ address }) => (address.kind === "name" ? [address.name] : [])));
  return [...names].toSorted().map((name, at) => ({ name, v4: `name_${at + 1}_v4`, v6: `name_${at + 1}_v6` }));
}

/** True where a packet that arrives is told by its ports, because its user is not known yet. */
export function arrivesByPort(owner: Owner): boolean {
  return owner.kind === "user";
}

/**
 * The text for `nft -f`: a table of its own that refuses what no wish speaks of and opens nothing that another table
 * closes. Every packet is judged by which side began the conversation (`ct direction`), so that the rules also hold for
 * connections that are open when the table is loaded, and answers need no rule of their own. Loading it again
 * replaces it in one step.
 */
export function nftTableText(of: NftTable): string {
  const { profile, table, matches } = of;
  const sets = nameSets(matches);
  const lines = [
    "#!/usr/sbin/nft -f",
    `# Made by Hauberk for the profile ${commentText(profile)}: what its service may speak with.`,
    `# See it at work: nft list table inet ${table}`,
    `# Take it away:   nft delete table inet ${table}`,
    "",
    "# Made first, so that deleting it can't fail; all of this file is one step for the kernel.",
    `table inet ${table}`,
    `delete table inet ${table}`,
    "",
    `table inet ${table} {`,
    ...sets.flatMap((set) => setLines(set)),
    ...hookLines(of),
    "  chain leaving {",
    ...matches.flatMap((match) => leavingRules(match, sets)).map(indented),
    "    goto refused",
    "  }",
    "",
    "  chain arriving {",
    "    # Errors about conversations, such as packets being too big; and the resets by which this table refuses.",
    "    meta l4proto { 1, 58 } ct state related accept",
    "    tcp flags & rst == rst ct state related accept",
    ...matches.flatMap((match) => arrivingRules(of, match, sets)).map(indented),
    "    goto refused",
    "  }",
    "",
    "  chain refused {",
    `    limit rate 6/minute burst 6 packets log prefix "${table} refused: "`,
    "    # Rejected rather than dropped, so that programs fail at once.",
    "    meta l4proto 6 counter reject with tcp reset",
    "    counter reject with icmpx admin-prohibited",
    "  }",
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function indented(line: string): string {
  return `    ${line}`;
}

function setLines({ name, v4, v6 }: NameSet): string[] {
  const note = `  # The addresses of ${name}, empty until they are looked up.`;
  return [note, ...addressSet(v4, "ipv4_addr"), ...addressSet(v6, "ipv6_addr"), ""];
}

function addressSet(name: string, type: string): string[] {
  return [`  set ${name} {`, `    type ${type}`, "    flags timeout", "    timeout 1h", "  }"];
}

function hookLines({ owner, matches }: NftTable): string[] {
  if (owner.kind === "cgroup") {
    const test = `socket cgroupv2 level ${owner.level} "${owner.path}"`;
    return [
      "  # Nothing but packets of this control group is looked at.",
      ...baseChain("output", [`${test} goto leaving`]),
      ...baseChain("input", [`${test} goto arriving`]),
    ];
  }
  const user = /^\d+$/u.test(owner.user) ? owner.user : `"${owner.user}"`;
  return [
    "  # Nothing but packets of this user is looked at.",
    ...baseChain("output", [`meta skuid ${user} goto leaving`]),
    "  # Whom a packet that arrives is for is not known yet: here the ports tell, whoever listens there.",
    ...baseChain("input", guardedPorts(matches)),
  ];
}

function baseChain(hook: "output" | "input", rules: readonly string[]): string[] {
  const head = `type filter hook ${hook} priority filter; policy accept;`;
  return [`  chain ${hook} {`, ...[head, ...rules].map(indented), "  }", ""];
}

/** The ports at which somebody may only listen for some: what arrives there is looked at. */
function guardedPorts(matches: readonly PeerMatch[]): string[] {
  const protocols = new Map<string, Set<string>>();
  for (const { listens, protocol, ports } of matches) {
    if (!listens || ports === null || !protocol.hasPorts) continue;
    const guarded = protocols.get(protocol.name) ?? new Set();
    for (const range of ports) guarded.add(portText(range));
    protocols.set(protocol.name, guarded);
  }
  return [...protocols].flatMap(([protocol, ports]) =>
    [...ports].map((port) => `ct direction original ${protocol} dport ${port} goto arriving`),
  );
}

type Side = "saddr" | "daddr";

function leavingRules(match: PeerMatch, sets: readonly NameSet[]): string[] {
  const { connects, listens, wish } = match;
  const by = wish.interface === undefined ? "" : `oifname "${wish.interface}"`;
  return [
    ...(connects ? acceptRules(match, sets, { began: "original", by, side: "daddr", port: "dport" }) : []),
    ...(listens ? acceptRules(match, sets, { began: "reply", by: "", side: "daddr", port: "sport" }) : []),
  ];
}

function arrivingRules({ owner }: NftTable, match: PeerMatch, sets: readonly NameSet[]): string[] {
  const { connects, listens, wish } = match;
  const by = wish.interface === undefined ? "" : `iifname "${wish.interface}"`;
  const { arrivalHasSocket, hasPorts } = match.protocol;
  const answers = connects && !arrivesByPort(owner) && arrivalHasSocket;
  const begins = listens && (arrivesByPort(owner) ? hasPorts && match.ports !== null : arrivalHasSocket);
  return [
    ...(begins ? acceptRules(match, sets, { began: "original", by, side: "saddr", port: "dport" }) : []),
    ...(answers ? acceptRules(match, sets, { began: "reply", by: "", side: "saddr", port: "sport" }) : []),
  ];
}

/** Which packets of a conversation are meant: who began it, by which interface, and where the peer and the port stand. */
interface Packets {
  readonly began: "original" | "reply";
  readonly by: string;
  readonly side: Side;
  readonly port: "sport" | "dport";
}

function acceptRules(match: PeerMatch, sets: readonly NameSet[], packets: Packets): string[] {
  const { began, by, side, port } = packets;
  const peers = [...match.families].map(([family, addresses]) => peerTest(family, addresses, side, sets));
  const everywhere = match.families.size === 2 && [...match.families.values()].every(({ kind }) => kind === "any");
  return (everywhere ? [""] : peers).map((peer) =>
    [`ct direction ${began}`, by, peer, portTest(match, port), `counter accept comment "${match.wish.id}"`]
      .filter((part) => part !== "")
      .join(" "),
  );
}

function peerTest(family: 4 | 6, addresses: FamilyAddresses, side: Side, sets: readonly NameSet[]): string {
  const header = family === 4 ? "ip" : "ip6";
  switch (addresses.kind) {
    case "any":
      return `meta nfproto ${family === 4 ? "ipv4" : "ipv6"}`;
    case "ranges":
      return `${header} ${side} ${listed(addresses.ranges)}`;
    case "name": {
      const set = sets.find(({ name }) => name === addresses.name);
      if (set === undefined) throw new RangeError(`no set for ${addresses.name}`);
      return `${header} ${side} @${family === 4 ? set.v4 : set.v6}`;
    }
  }
}

function portTest({ protocol, ports }: PeerMatch, side: "sport" | "dport"): string {
  return protocol.hasPorts && ports !== null
    ? `${protocol.name} ${side} ${listed(ports.map(portText))}`
    : `meta l4proto ${protocol.number}`;
}

function listed(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? "") : `{ ${values.join(", ")} }`;
}
