import { body, startingPoint, variable, word } from "../compose.ts";
import { choice, folder, port, profileName, program, userName } from "../parameters.ts";
import { ending, folderVariables, idsOf, opening, portOf, wishes } from "../shared-sections.ts";

/** What runs in a container, under a profile of its own. */
export const containerWorkload = startingPoint({
  id: "container-workload",
  title: "Container workload",
  summary: "One program in a container, held tighter than the runtime's own profile holds every container.",
  questions: {
    name: profileName("workload"),
    binary: program("/app/server", { label: "Program", hint: "Its path inside the container." }),
    code: folder("/app", { label: "Application folder", hint: "Inside the container: read, never written." }),
    data: folder("/data", { label: "Data volume", hint: "Where it is mounted inside the container." }),
    user: userName("nobody"),
    port: port("8080", {
      label: "Port",
      hint: "Inside the container. Below 1024 Docker asks for no capability either.",
    }),
    shell: choice({ label: "Entry point", hint: "Many images start with a shell script." }, [
      { value: "none", label: "The program itself" },
      { value: "script", label: "A shell script" },
    ]),
    calls: choice({ label: "Calls out by name", hint: "Databases, other services." }, [
      { value: "yes", label: "Yes: needs UDP for lookups" },
      { value: "no", label: "No" },
    ]),
  },
  write({ name, binary, code, data, user, port: ownPort, shell, calls }) {
    const codeVar = variable(name, "CODE");
    const dataVar = variable(name, "DATA");
    const clients = wishes("clients", "any", {
      profile: name,
      direction: "listen",
      protocol: "tcp",
      port: portOf(ownPort),
      note: "The port inside the container.",
    });
    const byName = calls === "yes";
    const resolver = byName
      ? wishes("resolver", "127.0.0.11", {
          profile: name,
          direction: "connect",
          protocol: "udp",
          port: 53,
          note: "The container runtime's own resolver.",
        })
      : [];
    return {
      name,
      description: "One program in a container.",
      peers: [...clients, ...resolver],
      files: [
        {
          name,
          sections: [
            opening("One program in a container. Paths are those inside the container.", [
              `It runs as the user ${user}.`,
            ]),
            folderVariables(
              [
                { name: codeVar, value: code, about: "The application, part of the image." },
                { name: dataVar, value: data, about: "The volume." },
              ],
              "these lines",
            ),
            {
              title: "Entered by the runtime",
              words: `No attachment: the runtime enters the profile by its name, \`--security-opt apparmor=${name}\`, when it starts the container's first program. \`attach_disconnected\` gives files a path that lie outside of the container's own tree, such as some volumes and inherited descriptors; \`mediate_deleted\` keeps rules in force for files that were removed while open.`,
              text: [
                `# Entered by name: --security-opt apparmor=${name}`,
                `profile ${name} flags=(attach_disconnected, mediate_deleted) {`,
                body("include <abstractions/base>"),
              ].join("\n"),
            },
            {
              title: "The program",
              words:
                shell === "script"
                  ? "A shell and the usual tools of a start script, each under this same profile. They stay there for whoever breaks in: where you can, start the program without a script."
                  : "`x` is needed for a small init that the runtime may put before it (`--init`). No shell: who breaks in finds no tool to go on with.",
              text: body(
                `${word(binary)} mrix,`,
                "/{usr/,}sbin/docker-init mrix,",
                ...(shell === "script"
                  ? [
                      "# The start script's shell and tools; busybox is all of them in one.",
                      `${codeVar}/**.sh rix,`,
                      "/{,usr/local/bin/}{docker-,}entrypoint.sh rix,",
                      "/{usr/,}bin/{,ba,da}sh mrix,",
                      "/{usr/,}bin/busybox mrix,",
                      "/{usr/,}bin/{basename,cat,chmod,cp,cut,date,dirname,echo,env,grep,id,ls,mkdir,sed,sleep,test,tr} mrix,",
                    ]
                  : []),
              ),
            },
            {
              title: "The network",
              words: byName
                ? "TCP in and out, UDP for lookups, netlink for the list of own addresses. The container's own network namespace decides what can be reached; this only decides by which kind of socket. No raw sockets: no ping, no forged packets."
                : "TCP in and out. No UDP, no raw sockets.",
              text: body(
                "network inet stream,",
                "network inet6 stream,",
                ...(byName
                  ? [
                      "# Lookups: UDP, and which addresses are ours.",
                      "network inet dgram,",
                      "network inet6 dgram,",
                      "network netlink raw,",
                    ]
                  : []),
              ),
            },
            {
              title: "No capability at all",
              words:
                "There is no capability rule, so root in the container is no more than anybody else: no chown, no setuid, no raw packet. Docker's own profile allows whatever the runtime grants. A port below 1024 needs none either, since Docker lets every user of a container listen there.",
              text: body(
                "# No capability: not even for root in the container.",
                "audit deny capability sys_admin,",
                "audit deny capability sys_module,",
                "audit deny capability sys_ptrace,",
              ),
            },
            {
              title: "No mounts, no way out",
              words:
                "The runtime mounts everything before it enters the profile. From then on nothing is mounted, moved or unmounted. And the kernel's switches stay untouched: `/proc/sys`, `/sys`, the memory images. None of it would be allowed anyway; the denies make sure that no later rule opens it.",
              text: body(
                "# Everything is mounted before this profile is entered.",
                "audit deny mount,",
                "audit deny remount,",
                "audit deny umount,",
                "audit deny pivot_root,",
                "# The kernel's switches and memory.",
                "audit deny @{PROC}/{kcore,kmem,mem,sysrq-trigger} rwklx,",
                "audit deny @{PROC}/sys/** wklx,",
                "audit deny @{sys}/** wklx,",
              ),
            },
            {
              title: "Signals and looking in",
              words:
                "`docker stop` sends its signals from outside: from an unconfined daemon, which the base allows, or from the runtime's own profile where the release has one. Processes of the container may see each other, as `ps` does (that is in the base too), and none may trace another.",
              text: body(
                "# Stopped by the runtime, under whatever profile that runs.",
                "signal (receive) peer=crun,",
                "signal (receive) peer=runc,",
                `audit deny ptrace (trace, tracedby) peer=${name},`,
              ),
            },
            {
              title: "Files",
              words: `The application is read; the volume is written where files belong to \`${user}\`. \`/tmp\` here is the container's own, unless somebody mounts the machine's. The last lines are the terminal of \`docker run -t\`.`,
              text: body(
                `${codeVar}/{,**} r,`,
                "/etc/{group,host.conf,hosts,nsswitch.conf,passwd,resolv.conf} r,",
                "/etc/ssl/{,certs/,certs/**,openssl.cnf} r,",
                "@{sys}/fs/cgroup/{,**/}{cpu,memory}.max r,",
                "@{PROC}/sys/net/core/somaxconn r,",
                "owner @{PROC}/@{pid}/{cgroup,mountinfo} r,",
                `${dataVar}/ r,`,
                `owner ${dataVar}/** rwk,`,
                "owner /tmp/{,**} rwk,",
                "/dev/console rw,",
                "owner /dev/pts/[0-9]* rw,",
              ),
            },
            ending(name),
          ],
        },
      ],
      around: [
        {
          title: "Putting it to work",
          words: `Load the profile on every machine that may run the container, then \`docker run --security-opt apparmor=${name} --security-opt no-new-privileges --cap-drop ALL --read-only --user ${user}\`. In Kubernetes from 1.30: \`appArmorProfile: {type: Localhost, localhostProfile: ${name}}\`; the scheduler doesn't know which nodes have it.`,
        },
      ],
      shortfalls: [
        {
          wish: `Only port ${ownPort}`,
          why: "No Debian kernel holds a profile to a port.",
          instead: `Publish just that port, and put the container into a network of its own. In Kubernetes a NetworkPolicy says both directions.`,
          peers: idsOf(clients),
        },
        ...(byName
          ? [
              {
                wish: "UDP to the resolver only",
                why: "UDP is open or shut as a whole: data may leave by it, as DNS questions at least.",
                instead: "An internal network (`docker network create --internal`), or a NetworkPolicy for egress.",
                peers: idsOf(resolver),
              },
            ]
          : []),
        {
          wish: "No user namespaces, no io_uring",
          why: "Debian 12's parser has no rules for them, and its kernel doesn't mediate them.",
          instead:
            "The runtime's seccomp filter refuses both; keep it on. From parser 4.0 on, `userns` and `io_uring` can be left out of a profile with a newer abi.",
          peers: [],
        },
      ],
    };
  },
});
