/** Something that the kernel asks a capability for. */
export interface CapabilityOperation {
  /** In the infinitive: mount a file system. */
  readonly operation: string;
  /** The kernel is content with any one of these; the smallest first. */
  readonly capabilities: readonly string[];
  /** System calls, files or socket options where it asks. */
  readonly where: readonly string[];
}

function asks(operation: string, capabilities: readonly string[], ...where: readonly string[]): CapabilityOperation {
  return { operation, capabilities, where };
}

/** Which operations the kernel asks a capability for: what a program that fails with EPERM was about. From capabilities(7) and the manual pages of the calls. */
export const capabilityOperations: readonly CapabilityOperation[] = [
  asks("give a file to another user", ["chown"], "chown", "fchownat"),
  asks("read or list past permission bits", ["dac_read_search", "dac_override"], "open", "getdents64"),
  asks("write or run past permission bits", ["dac_override"], "open", "execve"),
  asks("open a file by its handle", ["dac_read_search"], "open_by_handle_at"),
  asks("change mode or times of a file of another user", ["fowner"], "chmod", "utimensat"),
  asks("delete another user's file in a sticky folder", ["fowner"], "unlink", "rename"),
  asks("keep the set-user-id bit of a file that is written", ["fsetid"], "write", "chmod"),
  asks("mark a file immutable or append-only", ["linux_immutable"], "ioctl FS_IOC_SETFLAGS"),
  asks("take a lease on another user's file", ["lease"], "fcntl F_SETLEASE"),
  asks("make a device file", ["mknod"], "mknod"),
  asks("put capabilities on a file", ["setfcap"], "setxattr security.capability"),
  asks("become another user", ["setuid"], "setuid", "setresuid"),
  asks("become another group or set supplementary groups", ["setgid"], "setgid", "setgroups"),
  asks("write a user map of a namespace for others than oneself", ["setuid"], "/proc/PID/uid_map"),
  asks("drop capabilities from the bounding set", ["setpcap"], "prctl PR_CAPBSET_DROP"),
  asks("send signals to another user's process", ["kill"], "kill", "pidfd_send_signal"),
  asks("debug another user's process", ["sys_ptrace"], "ptrace", "process_vm_readv", "/proc/PID/mem"),
  asks("read another user's process in /proc", ["sys_ptrace"], "/proc/PID/environ", "/proc/PID/maps"),
  asks("compare or take descriptors of another user's process", ["sys_ptrace"], "kcmp", "pidfd_getfd"),
  asks("change the root folder", ["sys_chroot"], "chroot"),
  asks("enter a namespace of another process", ["sys_admin"], "setns"),
  asks("make namespaces other than a user namespace", ["sys_admin"], "unshare", "clone"),
  asks("mount, unmount or move a file system", ["sys_admin"], "mount", "umount2", "pivot_root", "move_mount"),
  asks("set the host name", ["sys_admin"], "sethostname"),
  asks("set disk quotas or swap", ["sys_admin"], "quotactl", "swapon"),
  asks("set attributes that the system trusts", ["sys_admin"], "setxattr trusted.*"),
  asks("load a seccomp filter without no_new_privs", ["sys_admin"], "seccomp"),
  asks("listen on a port below 1024", ["net_bind_service"], "bind"),
  asks("open a raw or packet socket", ["net_raw"], "socket"),
  asks("bind a socket to an interface", ["net_raw"], "setsockopt SO_BINDTODEVICE"),
  asks("answer for addresses that are not the machine's", ["net_raw", "net_admin"], "setsockopt IP_TRANSPARENT"),
  asks("configure interfaces, routes or the firewall", ["net_admin"], "netlink", "ioctl SIOCSIFADDR"),
  asks("set marks or high priority on packets", ["net_admin"], "setsockopt SO_MARK", "setsockopt SO_PRIORITY"),
  asks("make a tunnel device", ["net_admin"], "/dev/net/tun"),
  asks("load an eBPF program", ["bpf", "sys_admin"], "bpf BPF_PROG_LOAD"),
  asks("let an eBPF program trace the kernel", ["perfmon", "sys_admin"], "bpf BPF_PROG_LOAD"),
  asks("measure other processes or the kernel", ["perfmon", "sys_admin"], "perf_event_open"),
  asks("load or unload a kernel module", ["sys_module"], "init_module", "delete_module"),
  asks("use I/O ports", ["sys_rawio"], "ioperm", "iopl"),
  asks("open the machine's memory", ["sys_rawio"], "/dev/mem", "/proc/kcore"),
  asks("send raw commands to a disk", ["sys_rawio"], "ioctl SG_IO"),
  asks("reboot or load another kernel", ["sys_boot"], "reboot", "kexec_load"),
  asks("load AppArmor policy", ["mac_admin"], "/sys/kernel/security/apparmor/.replace"),
  asks("lock memory beyond the limit", ["ipc_lock"], "mlock", "mlockall", "shmctl SHM_LOCK"),
  asks("use another user's System V shared memory", ["ipc_owner"], "shmat", "semop", "msgrcv"),
  asks("raise a hard limit", ["sys_resource"], "setrlimit", "prlimit"),
  asks("go past disk quotas and reserved blocks", ["sys_resource"], "write"),
  asks("lower the out-of-memory score", ["sys_resource"], "/proc/PID/oom_score_adj"),
  asks("raise the priority or use real-time scheduling", ["sys_nice"], "nice", "setpriority", "sched_setscheduler"),
  asks("bind another user's process to processors", ["sys_nice"], "sched_setaffinity"),
  asks("set the clock", ["sys_time"], "clock_settime", "adjtimex", "/dev/rtc"),
  asks("set a timer that wakes the machine", ["wake_alarm"], "timer_create CLOCK_REALTIME_ALARM"),
  asks("keep the machine from sleeping", ["block_suspend"], "epoll_ctl EPOLLWAKEUP"),
  asks("hang up a terminal", ["sys_tty_config"], "vhangup"),
  asks("switch process accounting", ["sys_pacct"], "acct"),
  asks("read or clear the kernel's log", ["syslog"], "syslog", "/dev/kmsg"),
  asks("write into the audit log", ["audit_write"], "netlink audit"),
  asks("change the audit rules", ["audit_control"], "netlink audit"),
  asks("follow the audit log", ["audit_read"], "netlink audit (multicast)"),
  asks("choose the process id of a new process", ["checkpoint_restore", "sys_admin"], "clone3 set_tid"),
  asks(
    "follow the links to another process's mapped files",
    ["checkpoint_restore", "sys_admin"],
    "/proc/PID/map_files",
  ),
];

/** The operations that the kernel asks the capability for, those that it alone opens first. */
export function operationsOf(name: string): readonly CapabilityOperation[] {
  return capabilityOperations
    .filter(({ capabilities }) => capabilities.includes(name))
    .toSorted((one, other) => one.capabilities.length - other.capabilities.length);
}
