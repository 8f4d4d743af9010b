import type { CompanionFile } from "./companion.ts";
import { commentText, isPlainProfileName } from "./companion-names.ts";
import { isLoopback, isOpenToAll, portText, type PeerMatch } from "./peer-match.ts";

/** What systemd is told, before it is written. Each list is null where the setting is left out. */
export interface SystemdPlan {
  /** `IPAddressAllow=` beside `IPAddressDeny=any`; null where a wish is open to all, or its addresses are not known. */
  readonly addresses: readonly string[] | null;
  /** Why there is no list of addresses. */
  readonly whyNoAddresses: string | null;
  /** `SocketBindAllow=` beside `SocketBindDeny=any`. */
  readonly binds: readonly string[];
  /** `RestrictNetworkInterfaces=`; null where a wish names none. */
  readonly interfaces: readonly string[] | null;
  /** `RestrictAddressFamilies=`; null where the profile's own rules name no family. */
  readonly families: readonly string[] | null;
}

/** `domains` are those that the profile's own rules allow; null where a rule allows every family, or nobody knows. */
export function systemdPlan(matches: readonly PeerMatch[], domains: readonly string[] | null): SystemdPlan {
  const open = matches.filter(isOpenToAll).map(({ wish }) => `\`${wish.id}\``);
  const named = matches.filter(({ address }) => address.kind === "name").map(({ wish }) => `\`${wish.id}\``);
  const whyNoAddresses =
    matches.length === 0
      ? "there is no peer"
      : open.length > 0
        ? `${listed(open)} ${open.length === 1 ? "is" : "are"} open to every address, and systemd has one list for the whole service, without ports`
        : named.length > 0
          ? `systemd looks no names up (${listed(named)}), and would cut ${named.length === 1 ? "this peer" : "these peers"} off`
          : null;
  return {
    addresses: whyNoAddresses === null ? addressesOf(matches) : null,
    whyNoAddresses,
    binds: bindsOf(matches),
    interfaces: interfacesOf(matches),
    families: familiesOf(matches, domains),
  };
}

function listed(ids: readonly string[]): string {
  return ids.length < 2 ? (ids[0] ?? "") : `${ids.slice(0, -1).join(", ")} and ${ids.at(-1) ?? ""}`;
}

function addressesOf(matches: readonly PeerMatch[]): string[] {
  const ranges = matches.flatMap(({ families }) =>
    [...families.values()].flatMap((addresses) => (addresses.kind === "ranges" ? addresses.ranges : [])),
  );
  return [...new Set(ranges)];
}

/**
 * Protocols without a word of their own in systemd are told by the port alone. No IP version is named: a server of both
 * binds an IPv6 socket for its IPv4 clients too.
 */
function bindsOf(matches: readonly PeerMatch[]): string[] {
  const binds = matches
    .filter(({ listens }) => listens)
    .flatMap(({ protocol, ports }) => {
      const named = protocol.name === "tcp" || protocol.name === "udp" ? protocol.name : "";
      if (!protocol.hasPorts) return [];
      if (ports === null) return [named === "" ? "any" : named];
      return ports.map((range) => `${named === "" ? "" : `${named}:`}${portText(range)}`);
    });
  return [...new Set(binds)];
}

function interfacesOf(matches: readonly PeerMatch[]): string[] | null {
  if (matches.length === 0) return null;
  const names = matches.map((match) => match.wish.interface ?? (isLoopback(match) ? "lo" : null));
  const known = names.filter((name) => name !== null);
  return known.length < names.length ? null : [...new Set(known)];
}

function familiesOf(matches: readonly PeerMatch[], domains: readonly string[] | null): string[] | null {
  if (domains === null) return null;
  const wished = matches.flatMap(({ families }) =>
    [...families.keys()].map((family) => (family === 4 ? "inet" : "inet6")),
  );
  const other = domains.filter((domain) => domain !== "inet" && domain !== "inet6");
  return [...new Set(["unix", ...wished, "netlink", ...other])].map((domain) => `AF_${domain.toUpperCase()}`);
}

/** The drop-in of a unit. */
export function systemdDropIn(profile: string, unit: string, plan: SystemdPlan): CompanionFile {
  const { addresses, whyNoAddresses, binds, interfaces, families } = plan;
  const lines = [
    `# Made by Hauberk for the profile ${commentText(profile)}.`,
    "[Service]",
    ...profileLines(profile, unit),
    "",
    ...(families === null
      ? ["# No RestrictAddressFamilies=: the profile's rules do not say which families it needs."]
      : [
          "# Unix sockets for the journal and name services, netlink for the machine's own addresses, and what is wished for.",
          `RestrictAddressFamilies=${families.join(" ")}`,
        ]),
    "",
    ...(addresses === null
      ? [`# No IPAddressDeny=: ${commentText((whyNoAddresses ?? "").replaceAll("`", "'"), 1000)}.`]
      : [
          "# Both ways, whatever the protocol and port. What is not listed is dropped without an answer.",
          "IPAddressDeny=any",
          ...addresses.map((address) => `IPAddressAllow=${address}`),
        ]),
    "",
    binds.length === 0
      ? "# It listens nowhere. A program that binds a socket before it connects is refused, too."
      : "# The ports that it may bind, at whatever address.",
    "SocketBindDeny=any",
    ...binds.map((bind) => `SocketBindAllow=${bind}`),
    ...(interfaces === null
      ? []
      : [
          "",
          "# Packets of the service come and go by these alone.",
          `RestrictNetworkInterfaces=${interfaces.join(" ")}`,
        ]),
  ];
  return {
    kind: "systemd",
    path: `etc/systemd/system/${unit}.d/50-hauberk.conf`,
    text: `${lines.join("\n")}\n`,
    about: "A drop-in for the unit: systemd's own limits, and the profile that it starts under.",
  };
}

function profileLines(profile: string, unit: string): string[] {
  if (!isPlainProfileName(profile))
    return [
      `# No AppArmorProfile=: systemd would not read this name of a profile as it stands (${commentText(unit)}).`,
    ];
  return ["# The profile must be loaded before; without it the service does not start.", `AppArmorProfile=${profile}`];
}
