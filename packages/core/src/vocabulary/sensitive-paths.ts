import type { Danger } from "./danger.ts";

/** A path that is worth more than others to an attacker. */
export interface SensitivePath {
  /** Why, as a sentence. */
  readonly sentence: string;
  readonly danger: Danger;
}

interface SensitiveEntry extends SensitivePath {
  readonly path: RegExp;
  /** Reading is enough, or it takes writing. */
  readonly by: "read" | "write";
}

const entries: readonly SensitiveEntry[] = [
  {
    path: /^(?:\/etc|@\{etc_r[ow]\})\/g?shadow$/u,
    by: "read",
    sentence: "It holds the hashes of passwords.",
    danger: "high",
  },
  {
    path: /^\/etc\/(?:ssl\/private|ssh\/ssh_host_[^/]*_key|ssl\/private\/.*)(?:$|\/)/u,
    by: "read",
    sentence: "Private keys of the machine lie there.",
    danger: "high",
  },
  {
    path: /^@\{HOME\}\/\.(?:ssh|gnupg)(?:$|\/)/u,
    by: "read",
    sentence: "Private keys of users lie there.",
    danger: "high",
  },
  {
    path: /^\/dev\/(?:mem|kmem|port)$/u,
    by: "read",
    sentence: "It is the machine's memory itself.",
    danger: "total",
  },
  {
    path: /^\/dev\/(?:sd|nvme|vd|xvd|dm-|mapper\/|hd)/u,
    by: "read",
    sentence: "It is a disk itself: every file on it, past all owners and modes.",
    danger: "total",
  },
  {
    path: /\/docker\.sock$|\/containerd\.sock$|\/podman\.sock$/u,
    by: "write",
    sentence: "Whoever writes there starts containers as root.",
    danger: "total",
  },
  {
    path: /^\/etc\/(?:passwd|shadow|gshadow|group|sudoers|sudoers\.d\/.*|ld\.so\.preload|pam\.d\/.*)$/u,
    by: "write",
    sentence: "It decides who is root.",
    danger: "total",
  },
  {
    path: /^\/etc\/(?:cron[^/]*\/.*|crontab|systemd\/system\/.*|init\.d\/.*|profile\.d\/.*|rc\.local)$/u,
    by: "write",
    sentence: "What is written there is run by root.",
    danger: "total",
  },
  {
    path: /^(?:\/etc\/apparmor\.d|\/sys\/kernel\/security\/apparmor)(?:$|\/)/u,
    by: "write",
    sentence: "It is AppArmor's own policy.",
    danger: "total",
  },
  {
    path: /^\/(?:usr\/)?(?:s?bin|lib[^/]*)\//u,
    by: "write",
    sentence: "Other programs run what is written there.",
    danger: "high",
  },
  {
    path: /^@\{HOME\}\/\.(?:bashrc|bash_profile|profile|zshrc|config\/autostart\/.*|config\/systemd\/.*)$/u,
    by: "write",
    sentence: "What is written there is run at the user's next login.",
    danger: "high",
  },
  {
    path: /^\/boot\//u,
    by: "write",
    sentence: "The kernel is started from there.",
    danger: "total",
  },
];

/**
 * What makes a path of a file rule worth more than others, or null. Goes by the text of the path: it names the well-known
 * places, and is no judgement of all that a glob may fit.
 */
export function sensitivePath(path: string, writes: boolean): SensitivePath | null {
  const found = entries.find((entry) => (entry.by === "read" || writes) && entry.path.test(path));
  return found === undefined ? null : { sentence: found.sentence, danger: found.danger };
}
