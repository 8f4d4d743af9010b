import { body, startingPoint, variable, word, type Section } from "../compose.ts";
import { choice, folder, profileName, program } from "../parameters.ts";
import {
  ending,
  folderVariables,
  nameLookups,
  opening,
  resolverShortfall,
  resolverWish,
  strictLookupQuestion,
} from "../shared-sections.ts";

/** A packet monitor after the wishes of rustnet's maintainers. */
export const packetMonitor = startingPoint({
  id: "packet-monitor",
  title: "Packet monitor",
  summary:
    "A program that reads packets off the wire and names their owners, such as rustnet. It sends nothing itself.",
  questions: {
    name: profileName("rustnet"),
    binary: program("/usr/bin/rustnet", { label: "Program", hint: "The profile takes hold whenever it is started." }),
    logs: folder("/var/log/rustnet", {
      label: "Log folder",
      hint: "Rules follow no current folder: start the monitor with its logs here.",
    }),
    captures: folder("/var/lib/rustnet", {
      label: "Capture folder",
      hint: "For exported packets and the list of connections beside them.",
    }),
    lookups: strictLookupQuestion,
    ebpf: choice({ label: "eBPF", hint: "To see at once which process opens a connection." }, [
      { value: "small", label: "With bpf and perfmon" },
      { value: "sys-admin", label: "With sys_admin too" },
      { value: "none", label: "Without: /proc is enough" },
    ]),
    clipboard: choice({ label: "Copying to the clipboard", hint: "By wl-copy, on a Wayland desktop." }, [
      { value: "yes", label: "Allowed" },
      { value: "no", label: "Refused" },
    ]),
    mode: choice({ label: "Begin in", hint: "Complain mode refuses only what is denied, and logs the rest." }, [
      { value: "complain", label: "Complain mode" },
      { value: "enforce", label: "Enforce mode" },
    ]),
  },
  write({ name, binary, logs, captures, lookups, ebpf, clipboard, mode }) {
    const logVar = variable(name, "LOG_DIR");
    const captureVar = variable(name, "CAPTURE_DIR");
    const flags = mode === "complain" ? "flags=(complain) " : "";
    return {
      name,
      description: "A packet monitor that reads the wire and sends nothing itself.",
      noNewPrivs: [name],
      peers: resolverWish(name, lookups),
      files: [
        {
          name,
          sections: [
            opening("A packet monitor: it reads the wire and sends nothing itself."),
            folderVariables(
              [
                { name: logVar, value: logs, about: "Where logs go." },
                { name: captureVar, value: captures, about: "Where captured packets go." },
              ],
              "these lines",
            ),
            {
              title: mode === "complain" ? "The profile, in complain mode" : "The profile",
              words:
                mode === "complain"
                  ? "In complain mode nothing is refused but what a `deny` names; everything else that no rule allows is logged as ALLOWED. So a field test looks for ALLOWED: that there is no DENIED says nothing. Take the flag away to enforce."
                  : "The profile is enforced from its first start: what no rule allows is refused and logged.",
              text: `profile ${name} ${word(binary)} ${flags}{\n${body("include <abstractions/base>")}`,
            },
            {
              title: "Packets",
              words:
                "A capture needs both: `capability net_raw`, and sockets of the packet family. One without the other opens nothing. Netlink lists the interfaces.",
              text: body(
                "# Packets as they come off the wire.",
                "capability net_raw,",
                "network packet raw,",
                "network packet dgram,",
                "# Which interfaces are there?",
                "network netlink raw,",
                "network netlink dgram,",
                "@{sys}/class/net/ r,",
                "@{sys}/devices/**/net/{,**} r,",
              ),
            },
            ...ebpfSection(ebpf),
            {
              title: "Whose connection is it?",
              words:
                "The tables of open sockets, and the descriptors of each process. Reading another process's `/proc` counts as looking into it, so it needs `ptrace (read)`, and for the processes of other users the two capabilities. `/proc/** r` would be shorter and much more: environments with passwords, kernel logs, every process's memory map.",
              text: body(
                "# Whose connection is it? Not /proc/**: environments stay shut.",
                "capability dac_read_search,",
                "capability sys_ptrace,",
                "ptrace (read),",
                "@{PROC}/ r,",
                "@{PROC}/@{pid}/{cmdline,comm,stat,status} r,",
                "@{PROC}/@{pid}/fd/ r,",
                "@{PROC}/@{pid}/net/{arp,dev,icmp,icmp6,if_inet6,packet,raw,raw6,route,tcp,tcp6,udp,udp6,unix} r,",
                "/etc/passwd r,",
              ),
            },
            {
              title: "Giving rights up",
              words:
                "Once the sockets are open the monitor gives away its rights and confines itself further with Landlock. Changing the user, the group and its own capabilities asks for these three; Landlock asks for nothing.",
              text: body(
                "# After its start it gives away the rights it began with.",
                "capability setgid,",
                "capability setpcap,",
                "capability setuid,",
              ),
            },
            // Netlink stands with the packets.
            nameLookups(lookups, false),
            {
              title: "No TCP, for good",
              words:
                "This is the point of the profile: what was read off the wire can't leave by TCP. The denies hold in complain mode too, and no abstraction can open TCP again. `audit` logs each try; that line is the evidence to show.",
              text: body(
                "# What was read can't leave by TCP, not in complain mode either.",
                "audit deny network inet stream,",
                "audit deny network inet6 stream,",
              ),
            },
            {
              title: "The program and its data",
              words:
                "The program, its list of port names, its settings, and the databases that say in which country an address lies. Folders of the person who runs it are read only where that person owns them.",
              text: body(
                `${word(binary)} mr,`,
                "/usr/share/rustnet-monitor/services r,",
                "/{usr/share,usr/local/share,var/lib}/GeoIP/{,**} r,",
                "owner @{HOME}/.config/rustnet/{,config.yml} r,",
                "owner @{HOME}/.local/share/rustnet/geoip/{,**} r,",
                "# The terminal that it draws on.",
                "/dev/tty rw,",
                "owner /dev/pts/[0-9]* rw,",
              ),
            },
            {
              title: "Logs and captures",
              words:
                "Written only in two folders, and only files of these kinds. `./logs/` can't be a rule: a path begins with `/` or a variable. `owner @{HOME}/** rwk` would hand over ssh keys and the files that a shell runs at the next login. The last rule names the list of connections that is written beside a capture.",
              text: body(
                `${logVar}/ rw,`,
                `owner ${logVar}/*.{log,json,jsonl} w,`,
                `${captureVar}/ rw,`,
                `owner ${captureVar}/*.{pcap,pcapng} rw,`,
                `owner ${captureVar}/*.{pcap,pcapng}.connections.jsonl rw,`,
              ),
            },
            ...clipboardSection(clipboard),
            ending(name),
          ],
        },
      ],
      around: [
        {
          title: "Before it is enforced",
          words: `Run it for a while, look with \`journalctl -k -g apparmor\` for what it would have been refused, and add that. Then take \`flags=(complain)\` away. To prove that nothing leaves, try it in enforce mode: \`aa-exec -p ${name} -- nc -u ADDRESS 1234\` must be refused.`,
        },
      ],
      shortfalls: [
        ...resolverShortfall(lookups),
        {
          wish: "Files where the person stands, and anywhere at home",
          why: "`./config.yml r` and `./logs/ rw` are syntax errors: a rule doesn't follow the current folder. A rule for all of the home folder would give away keys and start-up files.",
          instead: `Two folders of its own, named by \`${logVar}\` and \`${captureVar}\`: an administrator adds folders there.`,
          peers: [],
        },
        ...(ebpf === "small"
          ? [
              {
                wish: "eBPF with small capabilities alone",
                why: "Debian's kernels ask for sys_admin, not for perfmon, when perf events are opened. The monitor then falls back to reading `/proc`.",
                instead:
                  "Keep the small ones and accept the fallback, or choose sys_admin, which gives away nearly everything else.",
                peers: [],
              },
            ]
          : []),
        ...(clipboard === "yes"
          ? [
              {
                wish: "wl-copy under a profile of its own (Px)",
                why: "The monitor always sets no_new_privs. After that the kernel refuses every change of profile, even where the other profile exists.",
                instead: "`ix`: the helper runs with this profile's rights, and those of the lines beside it.",
                peers: [],
              },
            ]
          : []),
      ],
    };
  },
});

function ebpfSection(answer: string): Section[] {
  if (answer === "none") return [];
  const small = answer === "small";
  return [
    {
      title: "eBPF",
      words: small
        ? "Since Linux 5.8 `bpf` loads the program into the kernel and `perfmon` lets it trace. The files tell it the kernel's own types."
        : "`sys_admin` holds all that `bpf` and `perfmon` do and nearly everything else, so those two are not named beside it. Debian's kernels want it when perf events are opened.",
      text: body(
        ...(small
          ? ["# eBPF: which process opens a connection?", "capability bpf,", "capability perfmon,"]
          : ["# eBPF. A large right: it holds bpf, perfmon and nearly all else.", "capability sys_admin,"]),
        "@{sys}/kernel/btf/{,vmlinux} r,",
        "@{sys}/devices/{kprobe,tracepoint,uprobe}/{type,format/*} r,",
        "@{sys}/kernel/{,debug/}tracing/events/**/id r,",
        "@{PROC}/sys/kernel/{perf_event_paranoid,unprivileged_bpf_disabled} r,",
      ),
    },
  ];
}

function clipboardSection(answer: string): Section[] {
  if (answer === "no") return [];
  return [
    {
      title: "The clipboard",
      words:
        "`ix` starts wl-copy under this same profile. It keeps what was copied in a folder of its own below `/tmp` and speaks with the desktop through the Wayland socket.",
      text: body(
        "# Copying. no_new_privs forbids a profile of its own.",
        "/usr/bin/wl-copy mrix,",
        "/{usr/,}bin/cat mrix,",
        "owner /tmp/wl-copy-buffer-*/{,*} rw,",
        "owner @{run}/user/@{uid}/wayland-[0-9]* rw,",
      ),
    },
  ];
}
