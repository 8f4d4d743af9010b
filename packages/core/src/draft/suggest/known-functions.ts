import type { Certainty } from "./suggestion.ts";

/** What a function or library of the system means for a profile. */
export type Need =
  | { readonly kind: "capability"; readonly name: string; readonly certainty: Certainty }
  | { readonly kind: "include"; readonly path: string; readonly certainty: Certainty }
  | { readonly kind: "file"; readonly path: string; readonly permissions: string; readonly certainty: Certainty }
  | { readonly kind: "network"; readonly domain: string; readonly type: string | null; readonly certainty: Certainty };

/** A need, and the words for why. */
export interface KnownNeed {
  /** Names of imported functions, or of libraries without their version (`libssl.so`). Any of them is enough. */
  readonly names: readonly string[];
  readonly words: string;
  readonly needs: readonly Need[];
}

const capability = (name: string, certainty: Certainty = "likely"): Need => ({ kind: "capability", name, certainty });
const include = (name: string, certainty: Certainty = "sure"): Need => ({
  kind: "include",
  path: `abstractions/${name}`,
  certainty,
});
const file = (path: string, permissions: string, certainty: Certainty = "likely"): Need => ({
  kind: "file",
  path,
  permissions,
  certainty,
});

/** Functions of the C library and of others that tell what a program does to the system. */
export const knownFunctions: readonly KnownNeed[] = [
  {
    names: ["setuid", "setreuid", "setresuid", "seteuid"],
    words: "it changes its user",
    needs: [capability("setuid")],
  },
  {
    names: ["setgid", "setregid", "setresgid", "setegid", "setgroups", "initgroups"],
    words: "it changes its groups",
    needs: [capability("setgid")],
  },
  { names: ["chroot"], words: "it can shut itself into a folder", needs: [capability("sys_chroot")] },
  {
    names: ["setrlimit", "setrlimit64", "prlimit", "prlimit64"],
    words: "it sets its limits, and raising them needs this",
    needs: [capability("sys_resource")],
  },
  {
    names: ["adjtime", "adjtimex", "clock_adjtime", "ntp_adjtime", "settimeofday", "clock_settime", "stime"],
    words: "it sets the clock",
    needs: [capability("sys_time", "sure")],
  },
  {
    names: ["sched_setscheduler", "sched_setparam", "setpriority", "pthread_setschedparam"],
    words: "it changes its priority",
    needs: [capability("sys_nice")],
  },
  {
    names: ["sched_get_priority_max"],
    words: "it asks for real-time priorities, as those do that set one",
    needs: [capability("sys_nice")],
  },
  {
    names: ["mlockall", "mlock", "mlock2"],
    words: "it keeps memory from being swapped out",
    needs: [capability("ipc_lock")],
  },
  {
    names: ["chown", "fchown", "lchown", "fchownat"],
    words: "it gives files to other users",
    needs: [capability("chown")],
  },
  {
    names: ["chmod", "fchmod", "fchmodat"],
    words: "it changes permissions, of files that are not its own only with this",
    needs: [capability("fowner", "unsure"), capability("fsetid", "unsure")],
  },
  { names: ["mknod", "mknodat"], words: "it makes device files or pipes", needs: [capability("mknod", "unsure")] },
  {
    names: ["mount", "umount", "umount2", "pivot_root", "setns", "unshare"],
    words: "it mounts, or makes namespaces",
    needs: [capability("sys_admin", "unsure")],
  },
  {
    names: ["ptrace", "process_vm_readv"],
    words: "it looks into processes",
    needs: [capability("sys_ptrace", "unsure")],
  },
  {
    names: ["init_module", "finit_module", "delete_module"],
    words: "it loads kernel modules",
    needs: [capability("sys_module")],
  },
  { names: ["iopl", "ioperm"], words: "it reaches hardware ports", needs: [capability("sys_rawio")] },
  { names: ["reboot"], words: "it restarts the machine", needs: [capability("sys_boot")] },
  { names: ["klogctl"], words: "it reads the kernel's messages", needs: [capability("syslog")] },
  { names: ["acct"], words: "it keeps process accounting", needs: [capability("sys_pacct")] },
  { names: ["sethostname", "setdomainname"], words: "it sets the host's name", needs: [capability("sys_admin")] },
  { names: ["vhangup"], words: "it hangs up terminals", needs: [capability("sys_tty_config")] },
  {
    names: ["kill", "killpg", "sigqueue"],
    words: "it sends signals, to processes of other users only with this",
    needs: [capability("kill", "unsure")],
  },
  {
    names: ["shmget", "shmat"],
    words: "it uses shared memory, of other users only with this",
    needs: [capability("ipc_owner", "unsure")],
  },
  {
    names: [
      "getaddrinfo",
      "getaddrinfo_a",
      "gethostbyname",
      "gethostbyname2",
      "gethostbyaddr",
      "getnameinfo",
      "getservbyname",
      "getservbyport",
      "res_init",
      "res_query",
      "res_search",
      "res_ninit",
      "ares_init_options",
    ],
    words: "it looks up names of hosts or services",
    needs: [include("nameservice")],
  },
  {
    names: ["getpwnam", "getpwnam_r", "getpwuid", "getpwuid_r", "getgrnam", "getgrgid", "getgrnam_r", "initgroups"],
    words: "it looks up users or groups",
    needs: [include("nameservice")],
  },
  {
    names: ["getifaddrs", "if_nameindex", "if_nametoindex"],
    words: "it asks for the network interfaces",
    needs: [{ kind: "network", domain: "netlink", type: "raw", certainty: "likely" }],
  },
  {
    names: ["sd_notify", "sd_notifyf", "sd_pid_notify"],
    words: "it tells systemd that it is ready",
    needs: [file("/run/systemd/notify", "w", "sure")],
  },
  {
    names: ["pthread_setname_np"],
    words: "it names its threads",
    needs: [file("owner @{PROC}/@{pid}/task/@{tid}/comm", "rw")],
  },
  {
    names: ["pam_start"],
    words: "it asks PAM who somebody is",
    needs: [include("authentication"), capability("audit_write", "unsure")],
  },
  {
    names: [
      "mkstemp",
      "mkstemp64",
      "mkostemp",
      "mkdtemp",
      "tmpfile",
      "tmpfile64",
      "tempnam",
      "tmpnam",
      "cupsTempFd",
      "cupsTempFile2",
      "g_mkstemp",
      "g_file_open_tmp",
      "g_dir_make_tmp",
    ],
    words: "it makes files for a while",
    needs: [include("user-tmp", "likely")],
  },
  { names: ["crypt", "crypt_r"], words: "it checks passwords", needs: [file("/etc/shadow", "r", "unsure")] },
  { names: ["getspnam", "getspnam_r"], words: "it reads password hashes", needs: [file("/etc/shadow", "r")] },
  {
    names: ["openpty", "forkpty", "posix_openpt"],
    words: "it opens terminals",
    needs: [include("consoles", "likely")],
  },
  {
    names: ["getutxent", "pututxline", "getutent", "pututline"],
    words: "it reads or writes who is logged in",
    needs: [include("wutmp", "likely")],
  },
  { names: ["cap_set_proc", "capset"], words: "it gives up capabilities", needs: [capability("setpcap", "unsure")] },
];

/** Libraries that bring files of their own with them. Names end where the version begins. */
export const knownLibraries: readonly KnownNeed[] = [
  {
    names: ["libssl.so", "libcrypto.so"],
    words: "OpenSSL",
    needs: [include("openssl"), include("ssl_certs", "likely")],
  },
  {
    names: ["libgnutls.so"],
    words: "GnuTLS",
    needs: [include("ssl_certs", "likely"), file("/etc/gnutls/config", "r")],
  },
  { names: ["libp11-kit.so"], words: "PKCS #11 modules", needs: [include("p11-kit")] },
  { names: ["libcups.so"], words: "the client of CUPS", needs: [include("cups-client"), include("p11-kit", "likely")] },
  {
    names: ["libdbus-1.so", "libavahi-client.so", "libavahi-core.so"],
    words: "D-Bus",
    needs: [include("dbus-strict", "likely")],
  },
  {
    names: ["libgssapi_krb5.so", "libkrb5.so", "libgssapi.so"],
    words: "Kerberos",
    needs: [include("kerberosclient", "likely")],
  },
  {
    names: ["libldap-2.5.so", "libldap.so", "libldap_r-2.4.so"],
    words: "LDAP",
    needs: [include("ldapclient", "likely")],
  },
  { names: ["libpam.so"], words: "PAM", needs: [include("authentication", "likely")] },
  { names: ["libmariadb.so", "libmysqlclient.so"], words: "MySQL or MariaDB", needs: [include("mysql", "likely")] },
  { names: ["libX11.so", "libxcb.so"], words: "the X window system", needs: [include("X")] },
  { names: ["libwayland-client.so"], words: "Wayland", needs: [include("wayland")] },
  { names: ["libgtk-3.so", "libgtk-4.so"], words: "GTK", needs: [include("gnome"), include("fonts")] },
  { names: ["libfontconfig.so"], words: "fonts", needs: [include("fonts")] },
  { names: ["libasound.so", "libpulse.so", "libpipewire-0.3.so"], words: "sound", needs: [include("audio")] },
  { names: ["libGL.so", "libEGL.so", "libgbm.so"], words: "graphics", needs: [include("mesa"), include("dri-common")] },
  { names: ["libQt5Core.so"], words: "Qt 5", needs: [include("qt5")] },
  { names: ["libperl.so"], words: "an embedded Perl", needs: [include("perl", "likely")] },
  { names: ["libpython"], words: "an embedded Python", needs: [include("python", "likely")] },
  { names: ["libruby"], words: "an embedded Ruby", needs: [include("ruby", "likely")] },
  {
    names: ["libmaxminddb.so", "libGeoIP.so"],
    words: "tables of countries by address",
    needs: [file("/usr/share/GeoIP/{,**}", "r"), file("/var/lib/GeoIP/{,**}", "r", "unsure")],
  },
  {
    names: ["libmagic.so"],
    words: "kinds of files",
    needs: [file("/usr/share/{misc,file}/magic{,.mgc,/**}", "r"), file("/etc/magic{,.mime}", "r")],
  },
  {
    names: ["libjemalloc.so"],
    words: "jemalloc",
    needs: [file("@{sys}/kernel/mm/transparent_hugepage/enabled", "r", "sure")],
  },
  {
    names: ["libwrap.so"],
    words: "TCP wrappers",
    needs: [file("/etc/hosts.{allow,deny}", "r", "sure")],
  },
  {
    names: ["libuv.so"],
    words: "libuv",
    needs: [file("@{PROC}/@{pid}/cgroup", "r", "unsure"), file("@{sys}/fs/cgroup/**", "r", "unsure")],
  },
  {
    names: ["libpcap.so"],
    words: "packet capture",
    needs: [capability("net_raw"), { kind: "network", domain: "packet", type: "raw", certainty: "likely" }],
  },
  {
    names: ["libusb-1.0.so"],
    words: "USB devices",
    needs: [file("/dev/bus/usb/{,**}", "rw"), file("@{sys}/bus/usb/devices/{,**}", "r")],
  },
  { names: ["libudev.so"], words: "udev", needs: [file("/run/udev/data/*", "r"), file("/etc/udev/udev.conf", "r")] },
  { names: ["libunbound.so"], words: "libunbound", needs: [include("openssl")] },
];

/** Functions by which a program begins another. */
export const execFunctions = [
  "execve",
  "execv",
  "execvp",
  "execl",
  "execlp",
  "execle",
  "execvpe",
  "fexecve",
  "posix_spawn",
  "posix_spawnp",
  "popen",
  "system",
  "wordexp",
];

/** Functions that run the shell. */
export const shellFunctions = ["popen", "system"];

/** Functions by which a program talks over a socket. */
export const socketFunctions = ["socket", "bind", "connect", "accept", "accept4", "listen"];
