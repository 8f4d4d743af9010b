import { body, startingPoint, variable, word, type PolicyFile } from "../compose.ts";
import { addresses, folder, interfaceName, port, profileName, program, userName } from "../parameters.ts";
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

interface WebAnswers {
  readonly name: string;
  readonly binary: string;
  readonly config: string;
  readonly user: string;
  readonly publicPort: string;
  readonly adminPort: string;
}

/** A web server whose privileged interface is a process of its own. */
export const webServer = startingPoint({
  id: "web-server",
  title: "Web server with a privileged interface",
  summary: "nginx and its like: public pages for everybody, and an interface for administrators that may do more.",
  questions: {
    name: profileName("webserver"),
    binary: program("/usr/sbin/nginx", {
      label: "Program",
      hint: "Started twice: for the public and for administrators.",
    }),
    config: folder("/etc/nginx", { label: "Configuration folder", hint: "Certificates and keys too." }),
    pages: folder("/var/www/html", { label: "Pages", hint: "What everybody may see." }),
    control: folder("/var/lib/webserver-admin", {
      label: "Control folder",
      hint: "What only administrators may see and change.",
    }),
    state: folder("/var/lib/nginx", { label: "State folder", hint: "Bodies of requests on their way." }),
    logs: folder("/var/log/nginx", { label: "Log folder", hint: "Written, never read." }),
    user: userName("www-data"),
    publicPort: port("80", { label: "Public port", hint: "Open to everybody." }),
    adminPort: port("8443", { label: "Port for administrators", hint: "At the inner interface only." }),
    admins: addresses("10.0.0.0/24", { label: "Administrators", hint: "From where they come." }),
    adminInterface: interfaceName("eth1", {
      label: "Inner interface",
      hint: "By which administrators come; `ip link` lists them.",
    }),
  },
  write(answers) {
    const { name, config, pages, control, state, logs, publicPort, adminPort, admins, adminInterface } = answers;
    const admin = `${name}-admin`;
    const tcp = { direction: "listen", protocol: "tcp" } as const;
    const everybody = wishes("public", "any", {
      ...tcp,
      profile: name,
      port: portOf(publicPort),
      note: "Public pages, at the outer interface.",
    });
    const managing = wishes("admins", admins, {
      ...tcp,
      profile: admin,
      port: portOf(adminPort),
      interface: adminInterface,
      note: "The privileged interface: at the inner interface, for administrators alone.",
    });
    const folders = [
      { name: variable(name, "CONFIG"), value: config, about: "Configuration, certificates, keys." },
      { name: variable(name, "PAGES"), value: pages, about: "What everybody may see." },
      { name: variable(name, "CONTROL"), value: control, about: "What only administrators may see and change." },
      { name: variable(name, "STATE"), value: state, about: "Bodies of requests on their way." },
      { name: variable(name, "LOGS"), value: logs, about: "Logs." },
    ];
    return {
      name,
      description: "A web server for everybody, and another of the same program for administrators.",
      peers: [...everybody, ...managing],
      services: [unitOf(name, `${plainBase(answers.binary, name)}.service`), unitOf(admin)],
      files: [
        publicFile(answers),
        adminFile(answers, admin),
        {
          name: `tunables/${name}`,
          sections: [{ ...folderVariables(folders, "this file"), title: "Folders, shared by both profiles" }],
        },
      ],
      around: [
        {
          title: "Putting it to work",
          words: `The packaged unit goes on as it is. A second unit starts the same program with a configuration of its own: \`AppArmorProfile=${admin}\`, \`ExecStart=${answers.binary} -e stderr -c ${config}/admin.conf\`, its process id in \`/run/${admin}.pid\`, its temporary folders below \`${state}/admin\`, listening at the inner address only.`,
        },
        peersByRelease(
          `for the public unit, nftables lets everybody to port ${publicPort} and nobody to another; for the second, ${admins} alone to port ${adminPort}, and by ${adminInterface} only. Systemd holds the second one's addresses and interface too (without ports), and the port that each may bind.`,
        ),
      ],
      shortfalls: [
        {
          wish: `Port ${adminPort} for ${admins} alone, and only at the inner interface`,
          why: "No rule that a Debian kernel enforces names an interface, an address or a port. `interface=` is accepted by parser 5.0 and dropped without a word.",
          instead:
            "The companions of the second unit: nftables with address, port and interface; systemd with `RestrictNetworkInterfaces=` and `IPAddressDeny=any` with `IPAddressAllow=`. As it is a process of its own, both can hold it apart. And listen at the inner address, not at all of them.",
          peers: idsOf(managing),
        },
        {
          wish: `The public at port ${publicPort} only`,
          why: "`network inet stream` has no port.",
          instead: `The companions of the packaged unit, drop-ins both: systemd with \`SocketBindAllow=tcp:${publicPort}\`, and the table of nftables.`,
          peers: idsOf(everybody),
        },
        {
          wish: "Keys for the master process alone",
          why: "Master and workers run under one profile; the kernel's own rights are what keeps the key file from the workers.",
          instead: "Keep keys readable by root only (0600): the workers run as another user and can't open them.",
          peers: [],
        },
      ],
    };
  },
});

/** What both servers need to run at all. */
function sharedLines(answers: WebAnswers, ownPort: string): string[] {
  const { name, binary } = answers;
  return [
    `${word(binary)} mr,`,
    "/usr/share/nginx/{,**} r,",
    `${variable(name, "CONFIG")}/{,**} r,`,
    "/etc/{group,nsswitch.conf,passwd} r,",
    "network inet stream,",
    "network inet6 stream,",
    ...(isPrivileged(ownPort) ? ["capability net_bind_service,"] : []),
  ];
}

/** The last part of the program's path, by which its process id lies in /run. */
function plainBase(binary: string, otherwise: string): string {
  const base = binary.split("/").at(-1) ?? "";
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/u.test(base) ? base : otherwise;
}

function publicFile(answers: WebAnswers): PolicyFile {
  const { name, binary, user, publicPort, adminPort } = answers;
  const start = opening("A web server: the public interface.", [`Its workers run as the user ${user}.`]);
  return {
    name,
    sections: [
      { ...start, text: `${start.text}\ninclude <tunables/${name}>` },
      {
        title: "Two servers, two profiles",
        words: `One process with two interfaces has one profile, and so the same rights at both. Two processes of the same program can have two: this one attaches to \`${binary}\` and serves everybody; \`${name}-admin\` is for administrators. What the public server never needs it then doesn't have.`,
        text: `profile ${name} ${word(binary)} {\n${body("include <abstractions/base>", "include <abstractions/openssl>")}`,
      },
      {
        title: "From root to worker",
        words: `The master starts as root, opens the port and the logs, and makes workers that run as \`${user}\`: hence setuid and setgid. \`kill\` lets it stop workers of another user; \`chown\` gives them their folders. \`dac_override\` is the large one: Debian's logs belong to ${user}, and root without it can't open them. Let the server log to the system log, as the second one does, and take the line away.`,
        text: body(
          "# The master is root, the workers are not.",
          "capability chown,",
          "capability kill,",
          "capability setgid,",
          "capability setuid,",
          "# Only while logs belong to the workers' user.",
          "capability dac_override,",
        ),
      },
      {
        title: "The program and the network",
        words: `TCP at any port, ${publicPort} and ${adminPort} alike: the profile can't tell them apart. Configuration and certificates are read, never written.`,
        text: body("# TCP at any port; configuration is read only.", ...sharedLines(answers, publicPort)),
      },
      {
        title: "Public pages, nothing else",
        words:
          "Pages are read. Requests on their way lie in the state folder, where master and workers both write, so there is no `owner`. The last line keeps the control folder shut whatever an abstraction or a local file opens, and logs each try.",
        text: body(
          `${variable(name, "PAGES")}/{,**} r,`,
          `${variable(name, "STATE")}/{,**} rwk,`,
          `${variable(name, "LOGS")}/ r,`,
          `${variable(name, "LOGS")}/** w,`,
          `@{run}/${plainBase(binary, name)}.pid rw,`,
          "# Not through the public interface.",
          `audit deny ${variable(name, "CONTROL")}/{,**} rwklm,`,
        ),
      },
      ending(name),
    ],
  };
}

function adminFile(answers: WebAnswers, admin: string): PolicyFile {
  const { name, user, adminPort } = answers;
  const start = opening("A web server: the interface for administrators.", [`Its workers run as the user ${user}.`]);
  return {
    name: admin,
    sections: [
      { ...start, title: "The second file", text: `${start.text}\ninclude <tunables/${name}>` },
      {
        title: "By name only",
        words: `The program is the same, so no path can tell the two apart. The second unit says \`AppArmorProfile=${admin}\`.`,
        text: `# The second unit says AppArmorProfile=${admin}.\nprofile ${admin} {\n${body("include <abstractions/base>", "include <abstractions/openssl>")}`,
      },
      {
        title: "Smaller rights at the start",
        words:
          "The same change from root to worker. It logs to the system log (`access_log syslog:server=unix:/dev/log`), so no log file changes hands and `dac_override` is not needed.",
        text: body(
          "# The master is root, the workers are not. Logs go to the system log.",
          "capability chown,",
          "capability kill,",
          "capability setgid,",
          "capability setuid,",
        ),
      },
      {
        title: "The same network",
        words: `Port ${adminPort} at the inner interface is what is meant; TCP is what the rule says.`,
        text: body("# Meant: the inner interface. Said: TCP.", ...sharedLines(answers, adminPort)),
      },
      {
        title: "The control folder, and not the pages",
        words:
          "Only this profile may change what lies in the control folder. Who breaks into the public server finds it shut, whatever port he came by.",
        text: body(
          "# Only here.",
          `${variable(name, "CONTROL")}/{,**} rwk,`,
          `${variable(name, "STATE")}/admin/{,**} rwk,`,
          `@{run}/${admin}.pid rw,`,
        ),
      },
      ending(admin),
    ],
  };
}
