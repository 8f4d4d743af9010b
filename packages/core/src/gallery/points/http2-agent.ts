import { body, startingPoint, variable, word } from "../compose.ts";
import { addresses, folder, port, profileName, program, userName } from "../parameters.ts";
import {
  ending,
  folderVariables,
  idsOf,
  lookupQuestion,
  nameLookups,
  opening,
  portOf,
  resolverShortfall,
  resolverWish,
  wishes,
} from "../shared-sections.ts";

/** An agent that only calls out over HTTPS. */
export const http2Agent = startingPoint({
  id: "http2-agent",
  title: "HTTP/2 agent",
  summary: "A program that calls out over HTTPS and offers nothing: monitoring and build agents, uploaders.",
  questions: {
    name: profileName("http2-agent"),
    binary: program("/usr/local/bin/http2-agent", {
      label: "Program",
      hint: "The profile takes hold whenever this file is started.",
    }),
    config: folder("/etc/http2-agent", { label: "Configuration folder", hint: "Read, never written." }),
    data: folder("/var/lib/http2-agent", { label: "Data folder", hint: "State, queue and temporary files." }),
    logs: folder("/var/log/http2-agent", { label: "Log folder", hint: "Written, never read." }),
    user: userName("http2-agent"),
    peers: addresses("api.example.com", {
      label: "Calls",
      hint: "Host names, addresses or ranges, parted by commas.",
    }),
    port: port("443", { label: "Port of the peers", hint: "Usually 443." }),
    lookups: lookupQuestion,
  },
  write({ name, binary, config, data, logs, user, peers, port: peerPort, lookups }) {
    const configVar = variable(name, "CONFIG");
    const dataVar = variable(name, "DATA");
    const logVar = variable(name, "LOGS");
    const called = wishes("server", peers, {
      profile: name,
      direction: "connect",
      protocol: "tcp",
      port: portOf(peerPort),
      note: "Where the agent sends its data.",
    });
    return {
      name,
      description: "An agent that calls out over HTTPS and listens nowhere.",
      peers: [...called, ...resolverWish(name, lookups)],
      files: [
        {
          name,
          sections: [
            opening("An agent that calls out over HTTP/2 and listens nowhere.", [`It runs as the user ${user}.`]),
            folderVariables(
              [
                { name: configVar, value: config, about: "What the agent is told." },
                { name: dataVar, value: data, about: "What it keeps." },
                { name: logVar, value: logs, about: "What it tells." },
              ],
              "these lines",
            ),
            {
              title: "Name, attachment, the common base",
              words: `From here on the profile \`${name}\` holds for every start of \`${binary}\`. \`abstractions/base\` is what nearly every program needs: the C library, locales, time zones, the system log. It also lets parts of one program signal each other.`,
              text: `profile ${name} ${word(binary)} {\n${body("include <abstractions/base>")}`,
            },
            {
              title: "TLS",
              words:
                "Settings of the TLS library and the certificates of the authorities that the machine trusts: public parts only, no private keys.",
              text: body(
                "# TLS: settings and trusted authorities, no private keys.",
                "include <abstractions/openssl>",
                "include <abstractions/ssl_certs>",
              ),
            },
            {
              title: "TCP",
              words:
                "`network inet stream` is TCP over IPv4, the second line TCP over IPv6. `network inet tcp` means exactly the same: neither says a direction, an address or a port. Socket options such as TCP_NODELAY need no rule: AppArmor doesn't tell them apart, so there is no list of them to find with strace.",
              text: body(
                "# TCP, to connect and to listen, to and from anywhere.",
                "network inet stream,",
                "network inet6 stream,",
              ),
            },
            nameLookups(lookups),
            {
              title: "Raw sockets stay shut for good",
              words:
                "What no rule allows is refused anyway. An explicit deny says it for all time: no abstraction and no local rule can open it again. `audit` puts each try into the log, where a plain `deny` is silent. The families are named one by one: `deny network raw` would take netlink along, which lookups need, and `deny network` would shut the sockets allowed above.",
              text: body(
                "# Never packets of its own making, whatever else is included later.",
                "audit deny network inet raw,",
                "audit deny network inet6 raw,",
                "audit deny network packet,",
              ),
            },
            {
              title: "The program itself",
              words:
                "`r` to read the file, `m` to map it as code. There is no `ix`, so the agent starts no other program and no shell; forks of the agent stay under this profile without a rule. A runtime looks at how much memory and processor time its group may use: those are the lines about `/sys` and `/proc`.",
              text: body(
                `${word(binary)} mr,`,
                "# How much of the machine is ours? Runtimes ask at their start.",
                "@{sys}/fs/cgroup/{,**/}{cpu,memory}.max r,",
                "@{sys}/kernel/mm/transparent_hugepage/hpage_pmd_size r,",
                "owner @{PROC}/@{pid}/{cgroup,mountinfo} r,",
              ),
            },
            {
              title: "Its files",
              words: `The configuration is read. In the data folder the agent makes, changes, locks and removes what belongs to \`${user}\`. Logs are written and never read back; \`w\` and not \`a\`, since a file can't be made with \`a\` alone. There is no rule for \`/tmp\`: \`/tmp/** rw\` would be a mailbox shared with every other program. Set TMPDIR to a folder in the data folder instead.`,
              text: body(
                `${configVar}/{,**} r,`,
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
          words: `The bundle's installer loads the profile; the next start of \`${binary}\` runs under it. In a systemd unit \`AppArmorProfile=${name}\` makes the start fail where the profile is not loaded. Look at \`journalctl -k -g DENIED\` after a day of real work. To trace what a running agent does, use \`strace -f -p PID\`: starting it anew under strace records the start again.`,
        },
      ],
      shortfalls: [
        {
          wish: "Connect, never listen",
          why: "Debian 12's parser knows no direction in network rules: `network (create, connect) inet stream` is a syntax error before version 4.0. TCP is open both ways.",
          instead:
            "`SocketBindDeny=any` in the systemd unit refuses to bind any port. From parser 4.0 on, write the operations into the rule: every kernel tried holds them.",
          peers: [],
        },
        {
          wish: `Only ${peers}, port ${peerPort}`,
          why: "AppArmor's language has no host names and no address ranges, and no Debian kernel holds a profile to an address or a port.",
          instead:
            "`IPAddressDeny=any` with `IPAddressAllow=` in the systemd unit, or nftables by the user or the unit's control group. For host names a proxy that the agent must use.",
          peers: idsOf(called),
        },
        ...resolverShortfall(lookups),
      ],
    };
  },
});
