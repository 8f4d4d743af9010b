import { dangerRank, type Danger } from "./danger.ts";

/** What one capability, or several together, give away beyond their names. */
export interface CapabilityConsequence {
  /** Stable, for keys and tests. */
  readonly id: string;
  /** The capabilities that bring it about, out of those asked for. */
  readonly capabilities: readonly string[];
  /** Others that it makes pointless to refuse: the kernel takes these instead, or they can be had by way of these. */
  readonly gives: readonly string[];
  /** What comes of it. */
  readonly sentence: string;
  /** How that comes about, and what still stands in the way. */
  readonly why: string;
  readonly danger: Danger;
}

interface ConsequenceData extends Omit<CapabilityConsequence, "capabilities"> {
  /** All of these. */
  readonly all: readonly string[];
  /** And at least one of these, where there are some. */
  readonly any?: readonly string[];
}

/**
 * What capabilities come to when they are combined. From capabilities(7) and the kernel's own checks: `bpf_capable` and its
 * kin in linux/capability.h, `__ptrace_may_access`, `cap_ptrace_access_check`; that a deny of `bpf` is void beside
 * `sys_admin`, and that perf events ask for `sys_admin` on Debian, was measured on 6.1, 6.12 and 7.2.
 */
const consequences: readonly ConsequenceData[] = [
  {
    id: "sys-admin-swallows",
    all: ["sys_admin"],
    gives: ["bpf", "perfmon", "checkpoint_restore", "syslog"],
    sentence: "It has `bpf`, `perfmon` and `checkpoint_restore` as well, whether they are allowed, left out or denied.",
    why: "These were cut out of `sys_admin` later, and the kernel still takes `sys_admin` wherever it asks for one of them. A deny of the smaller one does nothing.",
    danger: "total",
  },
  {
    id: "sys-admin-mounts",
    all: ["sys_admin"],
    gives: [],
    sentence: "It can lay other folders over the ones that programs trust, as far as the `mount` rules let it.",
    why: "Mounting asks for `sys_admin` only. Path rules go by the path after the mount: a file moved under an allowed path is an allowed file.",
    danger: "high",
  },
  {
    id: "module-is-kernel",
    all: ["sys_module"],
    gives: ["every other capability"],
    sentence: "It can put its own code into the kernel: no rule of this profile holds after that.",
    why: "A module runs as the kernel and can switch AppArmor off. Only module signatures that the machine insists on stand in the way.",
    danger: "total",
  },
  {
    id: "rawio-is-kernel",
    all: ["sys_rawio"],
    gives: ["every other capability"],
    sentence: "It can change memory and disks behind the kernel's back.",
    why: "I/O ports, /dev/mem, /dev/port and raw commands to disks. File rules for the device files still count; I/O ports need none.",
    danger: "total",
  },
  {
    id: "boot-is-kernel",
    all: ["sys_boot"],
    gives: ["every other capability"],
    sentence: "It can start another kernel, one without AppArmor among them.",
    why: "`kexec_load` takes a kernel from the program's memory. A machine with secure boot refuses kernels that are not signed.",
    danger: "total",
  },
  {
    id: "mac-admin-policy",
    all: ["mac_admin"],
    gives: ["every other capability"],
    sentence: "It can replace the profile that confines it.",
    why: "Loading policy asks for `mac_admin` and write access to AppArmor's files below /sys/kernel/security; leave out the second and the first is worth nothing.",
    danger: "total",
  },
  {
    id: "mknod-disk",
    all: ["mknod"],
    gives: [],
    sentence: "It can make a device file for any disk and read or change everything on it.",
    why: "A device file of one's own has whatever owner and mode one gives it. A file rule must allow to create and open that path, and the mount must not be `nodev`.",
    danger: "high",
  },
  {
    id: "ptrace-other-users",
    all: ["sys_ptrace"],
    gives: ["setuid", "setgid"],
    sentence: "It can take over processes of other users, and with them what those users and programs may do.",
    why: "`sys_ptrace` lifts the check of the user in debugging. AppArmor still asks: a `ptrace (trace)` rule must name the other program's profile.",
    danger: "high",
  },
  {
    id: "ptrace-reads-secrets",
    all: ["sys_ptrace"],
    gives: [],
    sentence: "It can read the environment, memory map and open files of every user's processes below /proc.",
    why: "The files in /proc go by the same check as debugging. A `ptrace (read)` rule and file rules below `@{PROC}` must let it.",
    danger: "high",
  },
  {
    id: "files-of-root",
    all: ["dac_override"],
    any: ["setuid", "chown", "fowner", "setfcap"],
    gives: ["dac_read_search", "fowner"],
    sentence: "File ownership no longer stands in its way at all: the file rules are the only barrier left.",
    why: "One capability goes past permission bits, the other makes lasting changes of who owns or is what. A `w` rule below /etc, /usr or /root is then as good as root.",
    danger: "total",
  },
  {
    id: "override-holds-search",
    all: ["dac_override"],
    gives: ["dac_read_search"],
    sentence:
      "It can read what `dac_read_search` would let it read; to leave that one out changes nothing about reading.",
    why: "The kernel asks for either. Only opening files by handle asks for `dac_read_search` itself.",
    danger: "high",
  },
  {
    id: "chown-setuid-bit",
    all: ["chown", "fowner"],
    gives: [],
    sentence: "It can make a program of its own that runs with another user's rights.",
    why: "One gives the file to that user, the other then sets the set-user-id bit on it. File rules must allow to write it; a `nosuid` mount stops it.",
    danger: "high",
  },
  {
    id: "fowner-chmod",
    all: ["fowner"],
    gives: ["dac_override"],
    sentence: "It can open any file to itself by changing its mode first.",
    why: "Whoever may chmod a file decides who reads it. The file rules must allow to write the path.",
    danger: "high",
  },
  {
    id: "setuid-root",
    all: ["setuid", "setgid"],
    gives: [],
    sentence: "It can become any user with all of that user's groups, root among them.",
    why: "Root's own files open to it without any further capability. Capabilities that this profile does not allow stay refused even then.",
    danger: "high",
  },
  {
    id: "setgid-groups",
    all: ["setgid"],
    gives: [],
    sentence: "It can join groups that are close to root: `disk`, `shadow`, `docker`, `adm`.",
    why: "Groups give access to files and sockets; the file rules must still let it reach them.",
    danger: "high",
  },
  {
    id: "setfcap-lasting",
    all: ["setfcap"],
    gives: [],
    sentence: "It can leave a program behind that holds capabilities for whoever starts it.",
    why: "File capabilities last on the disk, and what is started outside this profile is not held by it. File rules must let it write a program file; a `nosuid` mount ignores the capabilities.",
    danger: "high",
  },
  {
    id: "setpcap-keeps",
    all: ["setpcap", "setuid"],
    gives: [],
    sentence: "It can keep its capabilities while it steps down to a plain user.",
    why: "The secure bits, which `setpcap` guards, decide whether a change of user drops capabilities. Stepping down may then be for show only.",
    danger: "medium",
  },
  {
    id: "net-all",
    all: ["net_admin", "net_raw"],
    gives: [],
    sentence: "It can read, forge and redirect the traffic of the whole machine.",
    why: "One changes routes and the firewall, the other sees and sends whole packets. Network rules for `packet` or raw sockets must let it.",
    danger: "high",
  },
  {
    id: "net-admin-netfilter",
    all: ["net_admin"],
    gives: [],
    sentence: "It can switch off what enforces addresses beside AppArmor: nftables, traffic control, routes.",
    why: "Rules for single addresses are not enforced by AppArmor on Debian; whoever holds `net_admin` can take down the firewall that stands in for them.",
    danger: "high",
  },
  {
    id: "bpf-tracing",
    all: ["bpf", "perfmon"],
    gives: ["sys_ptrace"],
    sentence: "It can watch every process and the kernel: what they read, send and type.",
    why: "Tracing programs of eBPF read kernel and user memory. On Debian perf events ask for `sys_admin` besides.",
    danger: "total",
  },
  {
    id: "bpf-network",
    all: ["bpf", "net_admin"],
    gives: ["net_raw"],
    sentence: "It can read and change every packet of the machine inside the kernel.",
    why: "Network programs of eBPF ask for these two and no socket rule, so that denying raw and packet sockets does not stop it.",
    danger: "high",
  },
  {
    id: "audit-blind",
    all: ["audit_control"],
    any: ["audit_write", "syslog"],
    gives: [],
    sentence: "It can hide what it does: switch the audit off and write what it likes into the logs.",
    why: "AppArmor's own messages go by the audit system.",
    danger: "high",
  },
  {
    id: "syslog-addresses",
    all: ["syslog"],
    any: ["bpf", "perfmon", "sys_module", "net_raw", "sys_ptrace"],
    gives: [],
    sentence: "It sees kernel addresses, which an attack on the kernel needs first.",
    why: "The other capability opens parts of the kernel that have had holes; `syslog` shows where things lie in memory.",
    danger: "high",
  },
  {
    id: "chroot-mounts",
    all: ["sys_chroot", "sys_admin"],
    gives: [],
    sentence: "It can enter other containers' and processes' file trees.",
    why: "Joining a mount namespace asks for both. Path rules then go by paths in that tree.",
    danger: "total",
  },
  {
    id: "read-search-handles",
    all: ["dac_read_search"],
    gives: [],
    sentence: "It can open a file by its number rather than its path, out of a container's tree as well.",
    why: "`open_by_handle_at` goes past folders. AppArmor judges the file by the path that it finds for it, so that file rules still count.",
    danger: "high",
  },
  {
    id: "resource-limits",
    all: ["sys_resource"],
    gives: [],
    sentence: "Limits of the service manager and of disk quotas do not bind it: it can go past them.",
    why: "`sys_resource` is what the kernel asks for to raise a hard limit. A `set rlimit` of this profile holds all the same: AppArmor refuses to go beyond it.",
    danger: "medium",
  },
  {
    id: "immutable-logs",
    all: ["linux_immutable"],
    any: ["dac_override", "fowner", "chown"],
    gives: [],
    sentence: "It can rewrite logs that were marked append-only.",
    why: "It takes the mark away and then writes. The file rules must let it write there.",
    danger: "high",
  },
  {
    id: "kill-services",
    all: ["kill", "net_bind_service"],
    gives: [],
    sentence: "It can stop a service of the system and answer on its port instead.",
    why: "One ends the service, the other takes the port below 1024. `signal` rules decide which profiles it reaches.",
    danger: "high",
  },
];

/**
 * What some capabilities give away together, worst first. `names` are lower case without `CAP_`; for the bare
 * `capability,` hand over all of them. Names that nobody knows count for nothing.
 */
export function capabilityConsequences(names: readonly string[]): readonly CapabilityConsequence[] {
  const held = new Set(names);
  return consequences
    .flatMap(({ all, any = [], ...consequence }): CapabilityConsequence[] => {
      if (!all.every((name) => held.has(name))) return [];
      const helping = any.filter((name) => held.has(name));
      if (any.length > 0 && helping.length === 0) return [];
      return [{ ...consequence, capabilities: [...all, ...helping] }];
    })
    .toSorted((one, other) => dangerRank(other.danger) - dangerRank(one.danger));
}
