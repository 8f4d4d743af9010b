import type { ParserVersion, Word } from "./word.ts";

/** A mount flag, the word that means its opposite, and its other spellings. */
export interface MountOption extends Word {
  readonly opposite: string | null;
  readonly aliases: readonly string[];
  /** Of what kind: a property of the mount, the operation itself, or how mounts below it spread. */
  readonly kind: "property" | "operation" | "propagation";
}

function property(
  name: string,
  opposite: string | null,
  sentence: string,
  aliases: readonly string[] = [],
  since: ParserVersion = "3.0.8",
): MountOption {
  return { name, opposite, sentence, aliases, kind: "property", since };
}

function operation(name: string, sentence: string, aliases: readonly string[] = []): MountOption {
  return { name, opposite: null, sentence, aliases, kind: "operation", since: "3.0.8" };
}

function propagation(name: string, sentence: string): MountOption[] {
  return [
    { name, opposite: null, sentence, aliases: [`make-${name}`], kind: "propagation", since: "3.0.8" },
    {
      name: `r${name}`,
      opposite: null,
      sentence: `${sentence} With all mounts below.`,
      aliases: [`make-r${name}`],
      kind: "propagation",
      since: "3.0.8",
    },
  ];
}

/** The mount flags that `options=` can name. Others are a matter of the file system and refused by the parser. */
export const mountOptions: readonly MountOption[] = [
  property("ro", "rw", "Read-only.", ["r", "read-only"]),
  property("rw", "ro", "Writable.", ["w"]),
  property("nosuid", "suid", "Set-user-id bits and file capabilities have no effect."),
  property("suid", "nosuid", "Set-user-id bits and file capabilities count."),
  property("nodev", "dev", "Device files don't open."),
  property("dev", "nodev", "Device files open."),
  property("noexec", "exec", "Programs can't be started from there."),
  property("exec", "noexec", "Programs can be started from there."),
  property("sync", "async", "Every write reaches the disk at once."),
  property("async", "sync", "Writes may wait."),
  property("dirsync", null, "Changes of directories reach the disk at once."),
  property("mand", "nomand", "Mandatory locks; kernels of today ignore it."),
  property("nomand", "mand", "No mandatory locks."),
  property("noatime", "atime", "Reading leaves access times alone."),
  property("atime", "noatime", "Reading updates access times."),
  property("nodiratime", "diratime", "Reading leaves access times of directories alone."),
  property("diratime", "nodiratime", "Reading updates access times of directories."),
  property("relatime", "norelatime", "Access times are updated only now and then."),
  property("norelatime", "relatime", "Access times are not updated just now and then."),
  property("strictatime", "nostrictatime", "Access times are always updated."),
  property("nostrictatime", "strictatime", "Access times need not always be updated.", [], "4.1.0"),
  property("lazytime", "nolazytime", "Times reach the disk late.", [], "4.1.0"),
  property("nolazytime", "lazytime", "Times reach the disk with the rest.", [], "4.1.0"),
  property("iversion", "noiversion", "Counts changes of each file."),
  property("noiversion", "iversion", "Does not count changes of each file."),
  property("acl", "noacl", "The file system applies access lists."),
  property("noacl", "acl", "No access lists."),
  property("silent", "loud", "Fewer messages in the kernel's log.", ["verbose"]),
  property("loud", "silent", "All messages in the kernel's log."),
  property("nosymfollow", "symfollow", "Symbolic links are not followed there.", [], "4.1.0"),
  property("symfollow", "nosymfollow", "Symbolic links are followed there.", [], "4.1.0"),
  property("nouser", "user", "Only the kernel may mount it."),
  property("user", "nouser", "People may mount it."),
  operation("remount", "Change the options of what is mounted already."),
  operation("bind", "Show a directory at a second place.", ["B"]),
  operation("rbind", "Show a directory and all mounts below it at a second place.", ["R"]),
  operation("move", "Move a mount to another place.", ["M"]),
  ...propagation("shared", "Mounts made in one copy appear in the others."),
  ...propagation("slave", "Takes over mounts made elsewhere, passes none on."),
  ...propagation("private", "Neither takes over nor passes on mounts."),
  ...propagation("unbindable", "Private, and can't be shown at a second place."),
];

const mountOptionNames = new Set(mountOptions.flatMap(({ name, aliases }) => [name, ...aliases]));

/** True for every spelling of a mount flag that a measured parser knows. */
export function isMountOption(name: string): boolean {
  return mountOptionNames.has(name);
}
