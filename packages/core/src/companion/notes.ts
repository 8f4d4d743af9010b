import { effectiveQualifiers, type FileView, type ProfileView, type ServiceSettings } from "../design/index.ts";
import type { Owner } from "./owner.ts";
import { isLoopback, isOpenToAll, type PeerMatch } from "./peer-match.ts";

/** What notes are made from. */
export interface NoteFacts {
  readonly service: ServiceSettings;
  readonly matches: readonly PeerMatch[];
  /** What is made: the drop-in, and by what the table knows the service (null where there is no table). */
  readonly made: { readonly systemd: boolean; readonly owner: Owner | null };
  /** The profile itself, where the design has it. */
  readonly profile: { readonly file: FileView; readonly profile: ProfileView } | null;
}

/** What a person has to know before he relies on a companion. */
export function companionNotes(facts: NoteFacts): string[] {
  const { made, matches } = facts;
  return [
    ...(facts.profile === null ? [`${passing}: keep them out of the profile.`] : []),
    ...(made.owner === null ? [] : ownerNotes(made.owner, facts.service)),
    ...(matches.some(isLoopback) || matches.some(isOpenToAll)
      ? []
      : [
          "No peer is on this machine itself: connections over the loopback are refused, too. Add a peer `loopback` where the service needs one.",
        ]),
    ...(matches.some(reachesDns)
      ? []
      : [
          "No peer allows questions to a DNS server (port 53). Names can still be looked up through systemd-resolved's unix socket (libnss-resolve).",
        ]),
    ...(made.owner === null
      ? []
      : [
          "What the kernel sends by itself is not the service's and goes on: neighbour discovery of IPv6, resets, ICMP errors. Errors about allowed conversations come in; pings need a peer of their own (`icmp`, `icmpv6`).",
          "Answers by UDP come in for as long as the kernel remembers the question: 30 seconds, if nothing else is set.",
          "A `flush ruleset` takes this table away, and Debian's `/etc/nftables.conf` begins with one: after a restart of nftables.service, restart the service (or reload the table).",
        ]),
    ...(made.systemd
      ? [
          "That systemd enforces what the drop-in says is not proven here: the file is checked with `systemd-analyze verify`. On a kernel without BPF for control groups systemd passes over these settings and logs it.",
        ]
      : []),
  ];
}

function reachesDns({ connects, ports }: PeerMatch): boolean {
  return connects && (ports === null || ports.some(({ low, high }) => low <= 53 && high >= 53));
}

function ownerNotes(owner: Owner, { unit }: ServiceSettings): string[] {
  if (owner.kind === "user") {
    return [
      `The table holds for every program of the user \`${owner.user}\`. A socket belongs to the user who opened it: one that root opened before the program became \`${owner.user}\` is not seen.`,
    ];
  }
  return [
    `The table knows the service by its control group \`${owner.path}\`, which the kernel makes anew at each start. ${
      unit === undefined
        ? "It must be there when the table is loaded: load it again whenever the group was made anew."
        : "So the service loads the table itself, behind the `ExecStartPre=` lines of its own unit; with a `Slice=` of its own, give the control group by hand."
    }`,
    ...(unit === undefined
      ? []
      : [
          "A socket that a `.socket` unit opened belongs to systemd's own control group: the table does not see what arrives there.",
        ]),
  ];
}

const passing = "Packet sockets (`network packet`) pass by nftables and by systemd's lists alike";

/** What the profile allows that passes by both companions, or takes them away; nothing where the profile is not known. */
export function companionWarnings({ profile: placed }: Pick<NoteFacts, "profile">): string[] {
  if (placed === null) return [];
  const { file, profile } = placed;
  const allowed = profile.rules
    .filter((rule) => effectiveQualifiers(file.tree, rule).access === "allow")
    .map(({ rule }) => rule.value);
  const packets = allowed.some(
    (value) =>
      value.kind === "all" ||
      (value.kind === "network" && value.protocol === null && (value.domain === null || value.domain === "packet")),
  );
  const admin = allowed.some(
    (value) =>
      value.kind === "all" ||
      (value.kind === "capability" && (value.names.length === 0 || value.names.includes("net_admin"))),
  );
  return [
    ...(packets ? [`${passing}, and the profile allows them: what leaves by these, nobody holds.`] : []),
    ...(admin ? ["The profile allows `capability net_admin`: with it a program can take the table away."] : []),
  ];
}
