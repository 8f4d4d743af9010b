import type { PeerWish } from "../../design/index.ts";
import { body, startingPoint, variable, word } from "../compose.ts";
import { addresses, choice, folder, port, profileName, program, userName } from "../parameters.ts";
import {
  ending,
  folderVariables,
  idsOf,
  isPrivileged,
  opening,
  peersByRelease,
  portOf,
  unitOf,
  wishes,
} from "../shared-sections.ts";
import type { Shortfall } from "../starting-point.ts";

/** A Twisted service whose management port runs any code. */
export const twistedService = startingPoint({
  id: "twisted-service",
  title: "Twisted service with a management port",
  summary: "A Python service with two doors: one for clients, one (a manhole shell) that runs any code it is given.",
  questions: {
    name: profileName("twisted-service"),
    start: program("/usr/local/bin/twisted-service", {
      label: "Start script",
      hint: "A script of its own that begins with #!/usr/bin/python3. The profile attaches to it.",
    }),
    code: folder("/opt/twisted-service", { label: "Application folder", hint: "Modules or a virtual environment." }),
    data: folder("/var/lib/twisted-service", { label: "Data folder", hint: "What it keeps." }),
    logs: folder("/var/log/twisted-service", { label: "Log folder", hint: "Written, never read." }),
    user: userName("twisted"),
    port: port("8080", { label: "Port for clients", hint: "Open to everybody." }),
    management: choice({ label: "Management", hint: "A unix socket is a file: rights and this profile hold it." }, [
      { value: "port", label: "At a TCP port" },
      { value: "socket", label: "At a unix socket" },
    ]),
    managementPort: port("1337", { label: "Management port", hint: "Of no meaning for a unix socket." }),
    managers: addresses("127.0.0.1", { label: "Managers", hint: "Who may reach the management port." }),
  },
  write({ name, start, code, data, logs, user, port: clientPort, management, managementPort, managers }) {
    const codeVar = variable(name, "CODE");
    const dataVar = variable(name, "DATA");
    const logVar = variable(name, "LOGS");
    const byPort = management === "port";
    const clients = wishes("clients", "any", {
      profile: name,
      direction: "listen",
      protocol: "tcp",
      port: portOf(clientPort),
      note: "The service itself.",
    });
    const managing: readonly PeerWish[] = byPort
      ? wishes("management", managers, {
          profile: name,
          direction: "listen",
          protocol: "tcp",
          port: portOf(managementPort),
          note: "A shell with all the rights of the service: for these peers alone.",
        })
      : [];
    return {
      name,
      description: "A Twisted service with a door for clients and one for its managers.",
      peers: [...clients, ...managing],
      services: [unitOf(name)],
      files: [
        {
          name,
          sections: [
            opening("A Twisted service with a door for clients and one for its managers.", [
              `It runs as the user ${user}.`,
            ]),
            folderVariables(
              [
                { name: codeVar, value: code, about: "The application, its modules or virtual environment." },
                { name: dataVar, value: data, about: "What it keeps." },
                { name: logVar, value: logs, about: "What it tells." },
              ],
              "these lines",
            ),
            {
              title: "Attached to the script",
              words: `The kernel looks at the script that is started, not at the interpreter in its first line. So the profile can hold for \`${start}\` and leave every other Python program alone.`,
              text: `profile ${name} ${word(start)} {\n${body("include <abstractions/base>", "include <abstractions/python>", "include <abstractions/openssl>")}`,
            },
            {
              title: "The interpreter",
              words:
                "Python itself under the names that Debian gives it; `python3` is a link, and AppArmor sees where it leads. `mr` without `x`: the service starts no program.",
              text: body(`${word(start)} r,`, "/usr/bin/python3{,.[0-9],.[0-9][0-9]} mr,"),
            },
            {
              title: "The application",
              words: "Modules are read; compiled ones (`.so`) are mapped as code. None can be written.",
              text: body(`${codeVar}/{,**} r,`, `${codeVar}/**.so{,.*} mr,`, "/etc/mime.types r,"),
            },
            {
              title: "Quiet about the byte code cache",
              words:
                "Python tries to keep compiled modules beside the sources, and Twisted a list of its plug-ins. Both are refused anyway; a plain `deny` is not logged, so that real refusals stay in sight. Set PYTHONDONTWRITEBYTECODE=1 and it won't even try.",
              text: body(
                "# Refused anyway: these only keep the log quiet.",
                `deny ${codeVar}/{,**/}__pycache__/{,*} w,`,
                "deny /usr/{,local/}lib/python3*/{,**/}__pycache__/{,*} w,",
                "deny /usr/lib/python3/dist-packages/twisted/plugins/dropin.cache{,.new} w,",
              ),
            },
            {
              title: "Two doors, one rule",
              words: byPort
                ? `Clients come to port ${clientPort}, managers to ${managementPort}. For AppArmor both are TCP: one rule opens both, for everybody. The difference that matters most here can't be said in it; see what the last page offers.`
                : `Clients come by TCP. Managers come through \`@{run}/${name}/manage.sock\`, a file: its owner and mode say who, and no rule of the network opens it.`,
              text: body(
                byPort
                  ? "# Both doors. AppArmor doesn't tell their ports apart."
                  : "# For clients. The managers' door is a unix socket, below.",
                "network inet stream,",
                "network inet6 stream,",
                ...(isPrivileged(clientPort) || (byPort && isPrivileged(managementPort))
                  ? ["# A port below 1024.", "capability net_bind_service,"]
                  : []),
              ),
            },
            {
              title: "Its files",
              words: `Data and logs as ever; the folder in \`/run\` is for the process id${byPort ? "" : " and the managers' socket"}. User names are read for the log and for the manhole's login. No rule opens \`/tmp\`.`,
              text: body(
                "/etc/{group,nsswitch.conf,passwd} r,",
                `${dataVar}/ r,`,
                `owner ${dataVar}/** rwk,`,
                `${logVar}/ r,`,
                `owner ${logVar}/** rw,`,
                `owner @{run}/${name}/{,**} rwk,`,
              ),
            },
            ending(name),
          ],
        },
      ],
      around: [
        {
          title: "Putting it to work",
          words: `In the unit: \`User=${user}\`, \`RuntimeDirectory=${name}\`, \`PrivateTmp=yes\`, \`Environment=PYTHONDONTWRITEBYTECODE=1\`. The manhole has the rights of the service and no more: this profile is what stands between a stolen manhole and the machine.`,
        },
        peersByRelease(
          byPort
            ? `nftables lets everybody to port ${clientPort}, ${managers} alone to ${managementPort}, and nobody to any other; it lets the service call nobody. Systemd lets it bind these two ports and no more.`
            : `nftables lets everybody to port ${clientPort} and lets the service call nobody; systemd lets it bind that port and no more.`,
        ),
      ],
      shortfalls: managementShortfalls({ name, clientPort, managementPort, managers, clients, managing }),
    };
  },
});

function managementShortfalls(about: {
  readonly name: string;
  readonly clientPort: string;
  readonly managementPort: string;
  readonly managers: string;
  readonly clients: readonly PeerWish[];
  readonly managing: readonly PeerWish[];
}): Shortfall[] {
  const { name, clientPort, managementPort, managers, clients, managing } = about;
  const ports = managing.length === 0 ? [clientPort] : [clientPort, managementPort];
  const only: Shortfall = {
    wish: `Only ${ports.length === 1 ? "port" : "ports"} ${ports.join(" and ")}`,
    why: "No Debian kernel holds a profile to a port.",
    instead: `\`SocketBindDeny=any\` with ${ports.map((each) => `\`SocketBindAllow=tcp:${each}\``).join(" and ")} in the unit.`,
    peers: idsOf(clients),
  };
  if (managing.length === 0) return [only];
  return [
    {
      wish: `The management port for ${managers} alone`,
      why: "Two ports of one program are one rule to AppArmor. Pairing a port with its peers was planned in 2013 by marks on packets; no kernel of Debian does it.",
      instead: `Answer the question about management with a unix socket: that, AppArmor and file modes hold. Else the companion for nftables: it refuses port ${managementPort} to all but ${managers}. Systemd's \`IPAddressAllow=\` can't tell ports apart.`,
      peers: idsOf(managing),
    },
    only,
    {
      wish: "Fewer rights for the management shell",
      why: `Both doors are served by one process, so both run under \`${name}\`.`,
      instead: "Serve the managers from a process of its own with a profile of its own, if it needs other rights.",
      peers: [],
    },
  ];
}
