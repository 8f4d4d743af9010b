import type { PeerWish, ServiceSettings } from "../design/index.ts";
import { body, word, type Section } from "./compose.ts";
import { addressList, choice, type Question } from "./parameters.ts";
import type { Shortfall } from "./starting-point.ts";

/** How names are looked up; the answer decides whether UDP is open. */
export const lookupQuestion: Question = choice(
  {
    label: "Name lookups",
    hint: "systemd-resolved needs libnss-resolve on the machine, and `resolve` in /etc/nsswitch.conf.",
  },
  [
    { value: "dns", label: "DNS: UDP to the resolver" },
    { value: "resolved", label: "Through systemd-resolved, without UDP" },
  ],
);

/** The same question where UDP is what shall stay shut. */
export const strictLookupQuestion: Question = choice(
  {
    label: "Name lookups",
    hint: "systemd-resolved needs libnss-resolve on the machine, and `resolve` in /etc/nsswitch.conf.",
  },
  [
    { value: "resolved", label: "Through systemd-resolved, without UDP" },
    { value: "dns", label: "DNS: UDP to the resolver" },
  ],
);

/** The top of every file: the feature ABI and the variables that every machine has. */
export function opening(about: string, remarks: readonly string[] = []): Section {
  return {
    title: "The first lines",
    words:
      "`abi <abi/3.0>` says which list of kernel features the rules below are written for. Without it the same text means something else from machine to machine, and on some it opens every socket. `tunables/global` brings variables such as `@{PROC}`, `@{run}` and `@{HOME}`.",
    text: [
      `# ${about}`,
      ...remarks.map((line) => `# ${line}`),
      "",
      "abi <abi/3.0>,",
      "",
      "include <tunables/global>",
    ].join("\n"),
  };
}

/** One folder of the service, kept in a variable. */
export interface FolderVariable {
  readonly name: string;
  readonly value: string;
  readonly about: string;
}

/** The variables of a file, each with a line of its own about it. */
export function folderVariables(folders: readonly FolderVariable[], where: string): Section {
  const names = folders.map(({ name }) => `\`${name}\``);
  return {
    title: "Folders by name",
    words: `${names.length === 1 ? `${names[0] ?? ""} names its folder` : `${names.join(", ")} name the folders`} once, so that a machine with other folders changes ${where} and no rule. A variable may hold several folders, parted by blanks.`,
    text: folders.map(({ name, value, about }) => `# ${about}\n${name} = ${word(value)}`).join("\n"),
  };
}

/** The end of a profile: where the machine's owner adds rules. */
export function ending(fileName: string): Section {
  return {
    title: "Room for the machine's owner",
    words: `An administrator who needs one more rule writes it into \`/etc/apparmor.d/local/${fileName}\`; updates of the profile never touch that file. A rule there can add to the profile, but no allow beats a \`deny\` above.`,
    text: `${body(`include if exists <local/${fileName}>`)}\n}`,
  };
}

/** What name lookups read, and which sockets they use; netlink where nothing else in the profile has brought it. */
export function nameLookups(how: string, netlink = true): Section {
  const resolved = how === "resolved";
  const files = [
    "/etc/gai.conf r,",
    "/etc/host.conf r,",
    "/etc/hosts r,",
    "/etc/nsswitch.conf r,",
    "/etc/resolv.conf r,",
    "/etc/services r,",
    "@{run}/systemd/resolve/{stub-,}resolv.conf r,",
  ];
  const netlinkWords = !netlink
    ? ""
    : " `getaddrinfo` asks the kernel by netlink which addresses the machine has. A deny of netlink, as is often advised, makes lookups slow or drops IPv6, without a line in the log; and netlink changes nothing without `capability net_admin`.";
  return {
    title: "Name lookups",
    words: resolved
      ? `The files that the C library reads, and the socket of systemd-resolved. No UDP: systemd-resolved speaks with the DNS server on the program's behalf.${netlinkWords}`
      : `The files that the C library reads, and UDP for the questions to the DNS server. \`abstractions/nameservice\` would be shorter, but it opens TCP and UDP to any address and brings LDAP, NIS and Kerberos along.${netlinkWords}`,
    text: body(
      resolved ? "# Names are looked up through systemd-resolved." : "# Names are looked up by DNS over UDP.",
      ...files,
      ...(resolved
        ? ["@{run}/systemd/resolve/io.systemd.Resolve rw,"]
        : ["network inet dgram,", "network inet6 dgram,"]),
      ...(netlink ? ["# Which addresses has this machine?", "network netlink raw,"] : []),
    ),
  };
}

/** The resolver as a wish where lookups need UDP: AppArmor opens all of it. */
export function resolverWish(profile: string, how: string): PeerWish[] {
  if (how === "resolved") return [];
  return [
    {
      id: "resolver",
      profile,
      direction: "connect",
      protocol: "udp",
      address: "127.0.0.53",
      port: 53,
      note: "The resolver of /etc/resolv.conf; change the address to the one of the machine.",
    },
  ];
}

/** What the open UDP means, where there is any. */
export function resolverShortfall(how: string): Shortfall[] {
  if (how === "resolved") return [];
  return [
    {
      wish: "UDP to the resolver only",
      why: "No Debian kernel holds a profile to an address or a port. A rule such as `network inet dgram peer=(ip=127.0.0.53 port=53)` is refused by Debian 12's parser, and newer ones widen it to all UDP without a word.",
      instead:
        "Choose lookups through systemd-resolved: then no UDP is open at all. Or let systemd hold the addresses: `IPAddressDeny=any` and `IPAddressAllow=127.0.0.53` beside those that the service needs.",
      peers: ["resolver"],
    },
  ];
}

/** A peer for each address of an answer: `cluster`, or `cluster-1`, `cluster-2` … */
export function wishes(
  id: string,
  answer: string,
  wish: Omit<PeerWish, "id" | "address">,
): readonly [PeerWish, ...PeerWish[]] {
  const [first = "any", ...rest] = addressList(answer);
  const named = (address: string, index: number): PeerWish => {
    const { profile, direction, protocol, port, interface: by, note } = wish;
    const place = { profile, direction, protocol, address, port };
    return {
      id: rest.length === 0 ? id : `${id}-${index + 1}`,
      ...place,
      ...(by === undefined ? {} : { interface: by }),
      ...(note === undefined ? {} : { note }),
    };
  };
  return [named(first, 0), ...rest.map((address, index) => named(address, index + 1))];
}

/** The ids of wishes, for a shortfall. */
export function idsOf(peers: readonly PeerWish[]): string[] {
  return peers.map(({ id }) => id);
}

/** A port as `hauberk.json` keeps it: a number, or a range as text. */
export function portOf(answer: string): number | string {
  return answer.includes("-") ? answer : Number(answer);
}

/** Below 1024 the kernel asks for a capability. */
export function isPrivileged(portAnswer: string): boolean {
  return Number(portAnswer.split("-")[0]) < 1024;
}

/** A unit named after the profile that it starts under, or of a given name, with both kinds of companion. */
export function unitOf(profile: string, unit = `${profile}.service`): ServiceSettings {
  return { profile, unit, companions: ["systemd", "nftables"] };
}

/** What each release's AppArmor holds of peers, and what the companions add (measured: docs/apparmor-facts.md). */
export function peersByRelease(companion: string): { readonly title: string; readonly words: string } {
  return {
    title: "Who holds the peers, release by release",
    words: `AppArmor on Debian 12 holds the kind of socket: the rules above, both ways, any address and port. On Debian 13 and sid it can also hold who begins (\`network (create, bind, listen, accept, …) inet stream,\`). A rule with an address or port is refused by the first and widened by the others without a word: only a kernel that mediates addresses would hold it, and Debian has none. The companion does: ${companion} The panel Network shows it.`,
  };
}
