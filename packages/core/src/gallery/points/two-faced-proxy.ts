import { body, startingPoint, variable, word, type PolicyFile, type Section } from "../compose.ts";
import { addresses, folder, interfaceName, port, profileName, program, userName } from "../parameters.ts";
import {
  ending,
  folderVariables,
  idsOf,
  isPrivileged,
  lookupQuestion,
  nameLookups,
  opening,
  peersByRelease,
  portOf,
  resolverShortfall,
  resolverWish,
  unitOf,
  wishes,
} from "../shared-sections.ts";

/** A proxy of two processes: one faces inside, one outside. */
export const twoFacedProxy = startingPoint({
  id: "two-faced-proxy",
  title: "Two-faced proxy",
  summary:
    "A filter in two processes: one faces the clients inside, one the world outside, and what passes goes between.",
  questions: {
    name: profileName("relay"),
    inside: program("/usr/local/sbin/relay-inside", { label: "Inner program", hint: "Speaks with clients." }),
    outside: program("/usr/local/sbin/relay-outside", { label: "Outer program", hint: "Speaks with the world." }),
    config: folder("/etc/relay", { label: "Configuration folder", hint: "Rules of the filter. Read by both." }),
    spool: folder("/var/spool/relay", { label: "Spool folder", hint: "What waits to be looked at." }),
    logs: folder("/var/log/relay", { label: "Log folder", hint: "A file for each face." }),
    user: userName("relay"),
    port: port("80", { label: "Port for clients", hint: "At the inner interface." }),
    clients: addresses("10.0.0.0/8", { label: "Clients", hint: "From where they come." }),
    innerInterface: interfaceName("eth0", { label: "Inner interface", hint: "By which clients come." }),
    outerInterface: interfaceName("eth1", { label: "Outer interface", hint: "By which the world is reached." }),
    link: port("55555", { label: "Link, inner end", hint: "Where the inner face listens on this machine." }),
    linkOutside: port("55556", { label: "Link, outer end", hint: "Where the outer face listens on this machine." }),
    lookups: lookupQuestion,
  },
  write(answers) {
    const { name, config, spool, logs, port: clientPort, clients, link, linkOutside, lookups } = answers;
    const { innerInterface, outerInterface } = answers;
    const [inner, outer] = [`${name}-inside`, `${name}-outside`];
    const tcp = { protocol: "tcp" } as const;
    const served = wishes("clients", clients, {
      ...tcp,
      profile: inner,
      direction: "listen",
      port: portOf(clientPort),
      interface: innerInterface,
      note: "At the inner interface.",
    });
    const between = { ...tcp, interface: "lo", note: "The other face, on this machine." } as const;
    const linked = [
      ...wishes("inside-calls", "127.0.0.1", {
        ...between,
        profile: inner,
        direction: "connect",
        port: portOf(linkOutside),
      }),
      ...wishes("inside-hears", "127.0.0.1", { ...between, profile: inner, direction: "listen", port: portOf(link) }),
      ...wishes("outside-calls", "127.0.0.1", { ...between, profile: outer, direction: "connect", port: portOf(link) }),
      ...wishes("outside-hears", "127.0.0.1", {
        ...between,
        profile: outer,
        direction: "listen",
        port: portOf(linkOutside),
      }),
    ];
    const world = wishes("world", "any", {
      ...tcp,
      profile: outer,
      direction: "connect",
      port: null,
      interface: outerInterface,
      note: "At the outer interface.",
    });
    const folders = [
      { name: variable(name, "CONFIG"), value: config, about: "Rules of the filter." },
      { name: variable(name, "SPOOL"), value: spool, about: "What waits: outbound/ and inbound/." },
      { name: variable(name, "LOGS"), value: logs, about: "A file for each face." },
    ];
    return {
      name,
      description: "A proxy of two processes: one faces inside, one outside.",
      peers: [...served, ...linked, ...world, ...resolverWish(outer, lookups)],
      services: [unitOf(inner), unitOf(outer)],
      files: [
        innerFile(answers, inner),
        outerFile(answers, outer),
        {
          name: `tunables/${name}`,
          sections: [{ ...folderVariables(folders, "this file"), title: "Folders, shared by both faces" }],
        },
      ],
      around: [
        {
          title: "Putting it to work",
          words: `Two units, one for each program, both with \`User=${answers.user}\`${isPrivileged(clientPort) ? " and, for the inner one, `AmbientCapabilities=CAP_NET_BIND_SERVICE`" : ""}. Each spool folder is written by one face and read by the other: who breaks into the outer face can't change what waits to go out.`,
        },
        peersByRelease(
          `for the inner unit, nftables lets ${clients} to port ${clientPort} by ${innerInterface}, and the link; for the outer one, everything by ${outerInterface}, and the link. Neither may do the other's. Systemd holds addresses and interfaces of the inner face too, and the interfaces of the outer one.`,
        ),
      ],
      shortfalls: [
        {
          wish: `Inner face: ${clients} at port ${clientPort}, and the link`,
          why: "Interfaces, addresses and ports are nothing that a Debian kernel holds a profile to. To AppArmor both faces just have TCP.",
          instead: `The companions of the inner unit: nftables with addresses, ports and interfaces; systemd with \`IPAddressAllow=\` for the clients and 127.0.0.1, and \`RestrictNetworkInterfaces=\`. As the faces are two units, each is held apart.`,
          peers: [...idsOf(served), "inside-calls", "inside-hears"],
        },
        {
          wish: `The link between ports ${link} and ${linkOutside}, and nobody else on it`,
          why: "AppArmor pairs no ports. Any program of the machine may connect to a port on 127.0.0.1.",
          instead:
            "Let the faces speak through the spool folders, which these profiles hold, or through a unix socket in a folder of their own. The companions keep each face from every port but the other's; other programs of the machine they don't see.",
          peers: idsOf(linked),
        },
        {
          wish: "Outer face: the world, but nobody inside",
          why: "A rule can't leave addresses out.",
          instead: "The companions of the outer unit: what it begins leaves by the outer interface alone.",
          peers: idsOf(world),
        },
        ...resolverShortfall(lookups),
      ],
    };
  },
});

interface ProxyAnswers {
  readonly name: string;
  readonly inside: string;
  readonly outside: string;
  readonly user: string;
  readonly port: string;
  readonly lookups: string;
}

function top(about: string, { name, user }: ProxyAnswers): Section {
  const start = opening(about, [`It runs as the user ${user}.`]);
  return { ...start, text: `${start.text}\ninclude <tunables/${name}>` };
}

function innerFile(answers: ProxyAnswers, inner: string): PolicyFile {
  const { name, inside, port: clientPort } = answers;
  return {
    name: inner,
    sections: [
      top("The inner face of a proxy: it speaks with clients.", answers),
      {
        title: "One face, one profile",
        words: `Each face is a program, so each has a profile by its path. Neither can start the other or any program. Beside the base nothing is shared but folders.`,
        text: `profile ${inner} ${word(inside)} {\n${body("include <abstractions/base>")}`,
      },
      {
        title: "Clients and the link",
        words:
          "TCP for the clients and, over the loopback, for the other face. No lookups: this face names nobody, and so needs no UDP at all.",
        text: body(
          "# Clients, and the other face over the loopback. No lookups, no UDP.",
          "network inet stream,",
          "network inet6 stream,",
          ...(isPrivileged(clientPort) ? ["# The clients' port is below 1024.", "capability net_bind_service,"] : []),
        ),
      },
      {
        title: "One writes, the other reads",
        words:
          "What goes out lies in `outbound/`: this face writes it, the other only reads. What comes in lies in `inbound/`, the other way round. These rules are enforced on every kernel, unlike a pairing of ports.",
        text: body(
          `${word(inside)} mr,`,
          `${variable(name, "CONFIG")}/{,**} r,`,
          "# It hands out, and takes what the other face has brought.",
          `${variable(name, "SPOOL")}/outbound/ r,`,
          `owner ${variable(name, "SPOOL")}/outbound/** rwk,`,
          `${variable(name, "SPOOL")}/inbound/{,**} r,`,
          `${variable(name, "LOGS")}/inside.log w,`,
        ),
      },
      ending(inner),
    ],
  };
}

function outerFile(answers: ProxyAnswers, outer: string): PolicyFile {
  const { name, outside, lookups } = answers;
  return {
    name: outer,
    sections: [
      { ...top("The outer face of a proxy: it speaks with the world.", answers), title: "The second file" },
      {
        title: "The face that is attacked",
        words:
          "It reads what strangers send, so it gets the least: no clients' data but what was released, and no capability.",
        text: `profile ${outer} ${word(outside)} {\n${body("include <abstractions/base>", "include <abstractions/openssl>", "include <abstractions/ssl_certs>")}`,
      },
      {
        title: "The world",
        words: "TCP to any address and, as the rule can't say less, from any.",
        text: body(
          "# The world, and the other face over the loopback.",
          "network inet stream,",
          "network inet6 stream,",
        ),
      },
      nameLookups(lookups),
      {
        title: "The other way round",
        words: "It reads what was released and writes what came back.",
        text: body(
          `${word(outside)} mr,`,
          `${variable(name, "CONFIG")}/{,**} r,`,
          "# It takes what was released, and brings what came back.",
          `${variable(name, "SPOOL")}/outbound/{,**} r,`,
          `${variable(name, "SPOOL")}/inbound/ r,`,
          `owner ${variable(name, "SPOOL")}/inbound/** rwk,`,
          `${variable(name, "LOGS")}/outside.log w,`,
        ),
      },
      ending(outer),
    ],
  };
}
