import { body, startingPoint, variable, word, type Section } from "../compose.ts";
import { choice, count, folder, port, profileName, program, userName } from "../parameters.ts";
import {
  ending,
  folderVariables,
  idsOf,
  isPrivileged,
  lookupQuestion,
  nameLookups,
  opening,
  portOf,
  resolverShortfall,
  resolverWish,
  wishes,
} from "../shared-sections.ts";

/** A web service on Node.js with limits. */
export const nodejsService = startingPoint({
  id: "nodejs-service",
  title: "Node.js web service",
  summary: "An application on Node.js that listens for HTTP, with limits for memory, processes and open files.",
  questions: {
    name: profileName("webapp"),
    node: program("/usr/bin/node", {
      label: "Node.js",
      hint: "The file itself, not a link to it: AppArmor sees where a link leads.",
    }),
    code: folder("/srv/webapp", { label: "Application folder", hint: "Code and node_modules: read, never written." }),
    data: folder("/var/lib/webapp", { label: "Data folder", hint: "Uploads, sessions, a database." }),
    logs: folder("/var/log/webapp", { label: "Log folder", hint: "Written, never read." }),
    user: userName("webapp"),
    port: port("3000", { label: "Port", hint: "Below 1024 a capability is added." }),
    memory: count("2048", {
      low: 1024,
      high: 1_048_576,
      label: "Memory for a process, in MB",
      hint: "Node 24 doesn't start below 1024.",
    }),
    processes: count("128", {
      low: 16,
      high: 100_000,
      label: "Processes and threads",
      hint: "Of the user, all together.",
    }),
    files: count("4096", { low: 64, high: 1_000_000, label: "Open files and sockets", hint: "For one process." }),
    workers: choice({ label: "Worker processes", hint: "Threads (worker_threads) need no rule." }, [
      { value: "no", label: "None" },
      { value: "yes", label: "Of its own (cluster, fork)" },
    ]),
    lookups: lookupQuestion,
  },
  write(answers) {
    const { name, node, code, data, logs, user, port: ownPort, memory, processes, files, workers, lookups } = answers;
    const codeVar = variable(name, "CODE");
    const dataVar = variable(name, "DATA");
    const logVar = variable(name, "LOGS");
    const clients = wishes("clients", "any", {
      profile: name,
      direction: "listen",
      protocol: "tcp",
      port: portOf(ownPort),
      note: "The port at which the service listens. AppArmor can't hold it to that.",
    });
    return {
      name,
      description: "A web service on Node.js with limits for memory, processes and open files.",
      peers: [...clients, ...resolverWish(name, lookups)],
      files: [
        {
          name,
          sections: [
            opening("A web service on Node.js.", [`It runs as the user ${user}.`]),
            folderVariables(
              [
                { name: codeVar, value: code, about: "The application." },
                { name: dataVar, value: data, about: "What it keeps." },
                { name: logVar, value: logs, about: "What it tells." },
              ],
              "these lines",
            ),
            {
              title: "A profile without an attachment",
              words: `No path stands behind the name: attached to \`${node}\` the profile would hold for every Node.js program of the machine. The unit of the service names it: \`AppArmorProfile=${name}\`.`,
              text: [
                "# No attachment: that would confine every program on Node.js.",
                `# The unit says AppArmorProfile=${name}.`,
                `profile ${name} {`,
                body(
                  "include <abstractions/base>",
                  "include <abstractions/openssl>",
                  "include <abstractions/ssl_certs>",
                ),
              ].join("\n"),
            },
            {
              title: "Limits",
              words: `Set when the service starts. \`data\` is the memory that a process may write to: ${memory} MB. \`as\` counts mere reservations too, and V8 and WebAssembly reserve much that they never use: below 8 GB \`fetch\` fails, so the limit is wide and only stops run-aways. \`nproc\` counts all processes and threads of the user, not only these, and doesn't bind root. Write the unit: \`as <= 512\` is 512 bytes.`,
              text: body(
                "# For each process. `as` counts reservations too, and V8 makes large ones.",
                `set rlimit data <= ${memory}MB,`,
                "set rlimit as <= 64GB,",
                `set rlimit nproc <= ${processes},`,
                `set rlimit nofile <= ${files},`,
                "set rlimit core <= 0,",
              ),
            },
            {
              title: "Listening",
              words:
                "TCP over IPv4 and IPv6, to listen and to connect, at any port: `network inet tcp` says no less. Unix sockets, which Node.js uses between its own parts, come with the base.",
              text: body(
                "# TCP, any port, both directions.",
                "network inet stream,",
                "network inet6 stream,",
                ...(isPrivileged(ownPort) ? ["# The port is below 1024.", "capability net_bind_service,"] : []),
              ),
            },
            nameLookups(lookups),
            nodeSection(node, workers),
            {
              title: "What it asks of the machine",
              words:
                "libuv and V8 look at memory, processors and the limits of the control group, to size heap and thread pool; `os.cpus()` and the like read the rest. All of it is about the machine or the process itself. Making code at run time (the JIT) needs no rule: AppArmor doesn't mediate memory that belongs to no file.",
              text: body(
                "# Memory, processors, limits of the control group.",
                "@{sys}/devices/system/cpu/** r,",
                "@{sys}/fs/cgroup/{,**/}{cpu.max,cpu.weight,memory.current,memory.high,memory.max} r,",
                "@{sys}/fs/cgroup/{,**/}memory.{limit,soft_limit}_in_bytes r,",
                "@{PROC}/{loadavg,uptime,version,version_signature} r,",
                "owner @{PROC}/@{pid}/{cgroup,mountinfo,stat} r,",
              ),
            },
            {
              title: "Code is read, data is written",
              words: `The service can't change its own code: who breaks in can't stay by way of it. Compiled add-ons (\`.node\`) are mapped as code, and nothing in the data folder is. \`/etc/passwd\` is for \`os.userInfo()\`.`,
              text: body(
                `${codeVar}/{,**} r,`,
                `${codeVar}/**.node mr,`,
                "/etc/passwd r,",
                `${dataVar}/ r,`,
                `owner ${dataVar}/** rwk,`,
                `${logVar}/ r,`,
                `owner ${logVar}/** w,`,
              ),
            },
            ending(name),
          ],
        },
      ],
      around: [
        {
          title: "Putting it to work",
          words: `In the unit: \`AppArmorProfile=${name}\`, \`User=${user}\`, \`PrivateTmp=yes\` (no rule opens \`/tmp\`), and \`Environment=NODE_OPTIONS=--max-old-space-size=…\` somewhat below the limit, so that Node.js cleans up before it is stopped. \`ExecStart=\` starts Node.js itself: \`npm start\` would need a shell. The limits take hold when the service starts, not when the profile is loaded.`,
        },
      ],
      shortfalls: [
        {
          wish: `Only port ${ownPort}`,
          why: "Debian 12's parser refuses a port in a rule. Newer ones accept it, and no Debian kernel holds it: all of TCP stays open, without a word.",
          instead: `\`SocketBindDeny=any\` with \`SocketBindAllow=tcp:${ownPort}\` in the unit: the kernel then refuses every other port.`,
          peers: idsOf(clients),
        },
        {
          wish: "Memory for the service as a whole",
          why: "Limits count for each process; several together may use several times as much. AppArmor has no limit for a group.",
          instead: "`MemoryMax=` and `TasksMax=` in the unit: they count the control group.",
          peers: [],
        },
        {
          wish: "No memory that can be written and run",
          why: "AppArmor mediates the mapping of files, not anonymous memory; and V8's compiler needs just that.",
          instead:
            "`node --jitless` with `MemoryDenyWriteExecute=yes` in the unit, where the loss of speed can be borne.",
          peers: [],
        },
        ...resolverShortfall(lookups),
      ],
    };
  },
});

function nodeSection(node: string, workers: string): Section {
  return {
    title: "Node.js",
    words: `${
      workers === "yes"
        ? "`mrix`: workers of `cluster` and `fork` are new starts of Node.js; they inherit this profile and its limits."
        : "`mr` and no `x`: the service starts no program at all, not even another Node.js. An injected `child_process.exec` finds no shell."
    } Debian's Node.js keeps some of its own modules in \`/usr/share/nodejs\`.`,
    text: body(
      workers === "yes"
        ? "# Workers are Node.js again, under this profile."
        : "# No program is started: no shell, no second Node.js.",
      `${word(node)} ${workers === "yes" ? "mrix" : "mr"},`,
      "/usr/share/nodejs/{,**} r,",
    ),
  };
}
