import { body, startingPoint, variable, word } from "../compose.ts";
import { addresses, folder, port, portRange, profileName, program, userName } from "../parameters.ts";
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

/** A node of an Erlang cluster that takes mail. */
export const erlangNode = startingPoint({
  id: "erlang-node",
  title: "Erlang cluster node",
  summary:
    "A release on Erlang or Elixir that takes mail and is tied to other nodes, each of which may run code on it.",
  questions: {
    name: profileName("erlang-node"),
    start: program("/opt/erlang-node/bin/erlang-node", {
      label: "Start script",
      hint: "The release's own script, a shell script that ends in Erlang.",
    }),
    release: folder("/opt/erlang-node", { label: "Release folder", hint: "Code and boot files: read, never written." }),
    runtime: folder("/usr/lib/erlang", {
      label: "Erlang folder",
      hint: "The folder that holds erts-…; the release's own where it brings Erlang along.",
    }),
    data: folder("/var/lib/erlang-node", { label: "Data folder", hint: "Mail, tables, the cookie. Also HOME." }),
    logs: folder("/var/log/erlang-node", { label: "Log folder", hint: "Logs and crash dumps." }),
    user: userName("erlang"),
    mail: port("465", { label: "Mail port", hint: "465 is mail over TLS; below 1024 a capability is added." }),
    epmd: port("4369", { label: "Port of epmd", hint: "The directory of nodes; 4369 unless told otherwise." }),
    distribution: portRange("9100-9110", {
      label: "Ports between nodes",
      hint: "Set inet_dist_listen_min and inet_dist_listen_max to these.",
    }),
    cluster: addresses("10.0.0.0/24", { label: "Nodes", hint: "Who belongs to the cluster." }),
    lookups: lookupQuestion,
  },
  write(answers) {
    const { name, start, release, runtime, data, logs, user, mail, epmd, distribution, cluster, lookups } = answers;
    const releaseVar = variable(name, "RELEASE");
    const runtimeVar = variable(name, "ERLANG");
    const dataVar = variable(name, "DATA");
    const logVar = variable(name, "LOGS");
    const tunables = `tunables/${name}`;
    const tcp = { protocol: "tcp" } as const;
    const mailers = wishes("mail", "any", {
      ...tcp,
      profile: name,
      direction: "listen",
      port: portOf(mail),
      note: "Mail comes in here.",
    });
    const nodes = wishes("nodes", cluster, {
      ...tcp,
      profile: name,
      direction: "both",
      port: portOf(distribution),
      note: "Whoever reaches these ports with the cookie runs any code on the node.",
    });
    const directory = wishes("epmd", cluster, {
      ...tcp,
      profile: `${name}//epmd`,
      direction: "both",
      port: portOf(epmd),
      note: "The directory of nodes: for the cluster alone.",
    });
    const ownDirectory = wishes("own-epmd", "loopback", {
      ...tcp,
      profile: `${name}//epmd`,
      direction: "both",
      port: portOf(epmd),
      note: "Each node asks the directory on its own machine.",
    });
    return {
      name,
      description: "A node of an Erlang cluster that takes mail.",
      peers: [...mailers, ...nodes, ...directory, ...ownDirectory, ...resolverWish(name, lookups)],
      services: [unitOf(name)],
      files: [
        {
          name,
          sections: [
            {
              ...opening("A node of an Erlang cluster that takes mail.", [`It runs as the user ${user}.`]),
              text: `${opening("A node of an Erlang cluster that takes mail.", [`It runs as the user ${user}.`]).text}\ninclude <${tunables}>`,
            },
            {
              title: "No attachment",
              words: `The same script starts the node and, as \`${start} remote\`, an administrator's shell. Only the unit says \`AppArmorProfile=${name}\`, so the profile holds for the service and not for the administrator.`,
              text: [
                "# No attachment: the start script also serves administrators.",
                `# The unit says AppArmorProfile=${name}.`,
                `profile ${name} {`,
                body("include <abstractions/base>", "include <abstractions/openssl>"),
              ].join("\n"),
            },
            {
              title: "The way from script to machine",
              words:
                "A release starts as a shell script that calls a few tools and ends in `erlexec`, which ends in the virtual machine. Each `ix` means: under this same profile. `sh` is a link to dash, and AppArmor sees where it leads.",
              text: body(
                "# The start: a shell script, a few tools.",
                `${word(start)} mrix,`,
                `${releaseVar}/releases/*/{elixir,iex} mrix,`,
                "/{usr/,}bin/{,ba,da}sh mrix,",
                "/{usr/,}bin/{basename,cat,cut,dirname,env,expr,grep,hostname,id,mkdir,od,readlink,sed,tr,uname} mrix,",
                "# … which ends in Erlang itself.",
                `${runtimeVar}/{,**} r,`,
                `${runtimeVar}/bin/{erl,erlexec} mrix,`,
                `${runtimeVar}/erts-*/bin/{beam.smp,erl,erlexec,erl_child_setup,inet_gethost} mrix,`,
                `${runtimeVar}/**.so mr,`,
              ),
            },
            {
              title: "The directory of nodes, apart",
              words:
                "`epmd` tells nodes where other nodes are. It outlives the node and needs nothing of it, so it gets a child profile: `Cx -> epmd`. Such a change of profile can't work under `NoNewPrivileges=yes`; leave that out of the unit, or start epmd by a unit of its own.",
              text: body(`${runtimeVar}/{bin,erts-*/bin}/epmd Cx -> epmd,`),
            },
            {
              title: "The network, as coarse as it is",
              words: `Mail at port ${mail}, other nodes at ${distribution}: one rule for all of it, to and from anywhere. A node that reaches the second may run any code here. What tells them apart stands in \`hauberk.json\`, as wishes.`,
              text: body(
                "# Mail and the cluster alike: AppArmor doesn't tell ports apart.",
                "network inet stream,",
                "network inet6 stream,",
                ...(isPrivileged(mail) ? ["# The mail port is below 1024.", "capability net_bind_service,"] : []),
              ),
            },
            nameLookups(lookups),
            {
              title: "What the virtual machine asks",
              words:
                "How many processors there are and how many of them the control group grants: the number of schedulers follows from it. The JIT needs no rule.",
              text: body(
                "# Processors, and how much of them is granted.",
                "@{sys}/devices/system/{cpu,node}/{,**} r,",
                "@{sys}/fs/cgroup/{,**/}{cpu.max,memory.max} r,",
                "owner @{PROC}/@{pid}/{cgroup,mountinfo,stat} r,",
                "@{PROC}/loadavg r,",
                "/etc/passwd r,",
              ),
            },
            {
              title: "Code, data, cookie",
              words: `The release is read only: code that other nodes send lives in memory and is gone after a restart. The data folder is HOME too, so the cookie lies there and belongs to \`${user}\`. Crash dumps go to the logs: set ERL_CRASH_DUMP.`,
              text: body(
                `${releaseVar}/{,**} r,`,
                `${releaseVar}/**.so mr,`,
                `${dataVar}/ r,`,
                `owner ${dataVar}/** rwk,`,
                `${logVar}/ r,`,
                `owner ${logVar}/** rw,`,
              ),
            },
            {
              title: "The child profile",
              words:
                "All that epmd may do: listen and answer. It reads no file of the node, so a fault in it gives away no mail and no cookie.",
              text: [
                "  # The directory of nodes. It answers at a port, and that is all.",
                "  profile epmd {",
                "    include <abstractions/base>",
                "",
                "    network inet stream,",
                "    network inet6 stream,",
                `    ${runtimeVar}/{bin,erts-*/bin}/epmd mr,`,
                `    include if exists <local/${name}-epmd>`,
                "  }",
              ].join("\n"),
            },
            ending(name),
          ],
        },
        {
          name: tunables,
          sections: [
            {
              ...folderVariables(
                [
                  { name: releaseVar, value: release, about: "The release." },
                  { name: runtimeVar, value: runtime, about: "Erlang: the folder that holds erts-…" },
                  { name: dataVar, value: data, about: "What the node keeps." },
                  { name: logVar, value: logs, about: "What it tells." },
                ],
                "this file",
              ),
              title: "Folders, in a file of their own",
            },
          ],
        },
      ],
      around: [
        {
          title: "Putting it to work",
          words: `In the unit: \`AppArmorProfile=${name}\`, \`User=${user}\`, \`Environment=HOME=${data}\`, \`ERL_CRASH_DUMP=${logs}/erl_crash.dump\` and, for a release of Elixir, \`RELEASE_TMP=${data}/tmp\`. In vm.args: \`-kernel inet_dist_listen_min\` and \`inet_dist_listen_max\` with the ports ${distribution}; without them a node listens at any port and no firewall rule fits.`,
        },
        peersByRelease(
          `nftables lets everybody to port ${mail}, ${cluster} alone to and from ${distribution} and ${epmd}, and the node to epmd on its own machine. epmd runs in the same service, so one table holds for both. Systemd lets the service bind these ports and no more; as mail comes from anywhere, it has no list of addresses.`,
        ),
      ],
      shortfalls: [
        {
          wish: `Cluster ports for ${cluster} alone`,
          why: "The ports of the cluster run any code for whoever knows the cookie, and AppArmor can't tell them from the mail port. Ranges of addresses can't be written in its language at all.",
          instead: `The companion for nftables refuses ports ${epmd} and ${distribution} to all but ${cluster}. Erlang's distribution over TLS, with a certificate for each node, makes the cookie matter less.`,
          peers: [...idsOf(nodes), ...idsOf(directory), ...idsOf(ownDirectory)],
        },
        {
          wish: `Mail at port ${mail} and no other`,
          why: "No Debian kernel holds a profile to a port.",
          instead: `The companions: systemd with \`SocketBindAllow=\` for \`tcp:${mail}\`, \`tcp:${distribution}\` and \`tcp:${epmd}\`, and the table of nftables, by which the node calls nobody but the cluster.`,
          peers: idsOf(mailers),
        },
        ...resolverShortfall(lookups),
      ],
    };
  },
});
