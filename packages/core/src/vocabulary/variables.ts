/** A variable that a target's tunables define. */
export interface KnownVariable {
  /** Without `@{` and `}`. */
  readonly name: string;
  readonly sentence: string;
  /** What it stands for on Debian 12. */
  readonly value: string;
  /** The tunables file that defines it, as in `include <…>`. */
  readonly definedIn: string;
  /** `include <tunables/global>` brings it. */
  readonly global: boolean;
  /** Its value ends in `/`: `@{HOME}/x` and `@{HOME}x` then mean the same, since double slashes count as one. */
  readonly endsInSlash: boolean;
}

/** What a well-known variable stands for where no file at hand sets it: paths, which may name other variables; none where it is no path. */
export function knownValues(name: string): readonly string[] {
  return knownPaths.get(name) ?? [];
}

/** The variables that profiles use most. Values read from Debian 12's tunables (apparmor 3.0.8). */
export const knownVariables: readonly KnownVariable[] = [
  {
    name: "HOME",
    sentence: "Every user's home directory, root's included. Use it with `owner`, or it means everybody's files.",
    value: "@{HOMEDIRS}/*/ /root/",
    definedIn: "tunables/home",
    global: true,
    endsInSlash: true,
  },
  {
    name: "HOMEDIRS",
    sentence: "Where home directories lie; an administrator adds others in tunables/home.d.",
    value: "/home/",
    definedIn: "tunables/home",
    global: true,
    endsInSlash: true,
  },
  {
    name: "PROC",
    sentence: "The proc file system.",
    value: "/proc/",
    definedIn: "tunables/proc",
    global: true,
    endsInSlash: true,
  },
  {
    name: "sys",
    sentence: "The sys file system.",
    value: "/sys/",
    definedIn: "tunables/sys",
    global: false,
    endsInSlash: true,
  },
  {
    name: "run",
    sentence: "Sockets and state until the next boot, under its new and its old name.",
    value: "/run/ /var/run/",
    definedIn: "tunables/run",
    global: true,
    endsInSlash: true,
  },
  {
    name: "pid",
    sentence:
      "A process id. By custom for the program's own; the rule fits every process's all the same, so add `owner`.",
    value: "any number from 1 to 4999999",
    definedIn: "tunables/kernelvars",
    global: true,
    endsInSlash: false,
  },
  {
    name: "pids",
    sentence: "A process id. By custom for the ids of any process.",
    value: "@{pid}",
    definedIn: "tunables/kernelvars",
    global: true,
    endsInSlash: false,
  },
  {
    name: "tid",
    sentence: "A thread id.",
    value: "@{pid}",
    definedIn: "tunables/kernelvars",
    global: true,
    endsInSlash: false,
  },
  {
    name: "uid",
    sentence: "A user id, as in `@{run}/user/@{uid}/`.",
    value: "any number from 0 to 4999999999",
    definedIn: "tunables/kernelvars",
    global: true,
    endsInSlash: false,
  },
  {
    name: "multiarch",
    sentence: "The folder of libraries of one architecture, below /usr/lib.",
    value: "*-linux-gnu*",
    definedIn: "tunables/multiarch",
    global: true,
    endsInSlash: false,
  },
  {
    name: "etc_ro",
    sentence: "Configuration that is only read, the distribution's defaults included.",
    value: "/etc/ /usr/etc/",
    definedIn: "tunables/etc",
    global: true,
    endsInSlash: true,
  },
  {
    name: "etc_rw",
    sentence: "Configuration that is written.",
    value: "/etc/",
    definedIn: "tunables/etc",
    global: true,
    endsInSlash: true,
  },
  {
    name: "system_share_dirs",
    sentence: "Data that belongs to no user, Flatpak's exports included.",
    value: "/{usr,usr/local,…}/share",
    definedIn: "tunables/share",
    global: true,
    endsInSlash: false,
  },
  {
    name: "user_share_dirs",
    sentence: "Data of a user's programs.",
    value: "@{HOME}/.local/share, …",
    definedIn: "tunables/share",
    global: true,
    endsInSlash: false,
  },
  {
    name: "securityfs",
    sentence: "The files of the kernel's security modules.",
    value: "@{sys}/kernel/security/",
    definedIn: "tunables/securityfs",
    global: false,
    endsInSlash: true,
  },
  ...[
    ["DOWNLOAD", "Downloads"],
    ["DOCUMENTS", "Documents"],
    ["DESKTOP", "Desktop"],
    ["PICTURES", "Pictures"],
    ["MUSIC", "Music"],
    ["VIDEOS", "Videos"],
    ["TEMPLATES", "Templates"],
    ["PUBLICSHARE", "Public"],
  ].map(([name, folder]) => ({
    name: `XDG_${name}_DIR`,
    sentence: `The name, not the path, of the folder \`${folder}\`: write \`@{HOME}/@{XDG_${name}_DIR}/\`. Other languages' names are added in tunables/xdg-user-dirs.d.`,
    value: `"${folder}"`,
    definedIn: "tunables/xdg-user-dirs",
    global: true,
    endsInSlash: false,
  })),
  {
    name: "profile_name",
    sentence: "The name of the profile that the rule stands in; set by the parser itself.",
    value: "the profile's name",
    definedIn: "the parser",
    global: true,
    endsInSlash: false,
  },
];

/** A value in words, or with more than is told here, is left out. */
const knownPaths: ReadonlyMap<string, readonly string[]> = new Map(
  knownVariables.map(({ name, value }) => [
    name,
    /^(?:\/|@\{)/u.test(value) && !value.includes("…") ? value.split(" ") : [],
  ]),
);
