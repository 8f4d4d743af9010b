import type { Danger } from "./danger.ts";

/** A path that is worth more than others to an attacker. */
export interface SensitivePath {
  /** Why, as a sentence about the path itself. */
  readonly sentence: string;
  readonly danger: Danger;
}

/** A path that a glob may take in among others. */
export interface SensitiveSample {
  /** One such path of a Debian system. */
  readonly path: string;
  /** What is said of a glob that fits it. */
  readonly sentence: string;
  readonly danger: Danger;
  /** Reading is enough, or it takes writing. */
  readonly by: "read" | "write";
}

interface SensitiveEntry extends SensitivePath {
  readonly path: RegExp;
  readonly by: "read" | "write";
  /** Paths of the kind, and the sentence for a glob that fits one of them. */
  readonly among: readonly [sentence: string, ...samples: string[]] | null;
}

const entries: readonly SensitiveEntry[] = [
  {
    path: /^(?:\/etc|@\{etc_r[ow]\})\/g?shadow$/u,
    by: "read",
    sentence: "It holds the hashes of passwords.",
    danger: "high",
    among: ["`/etc/shadow`, which holds the hashes of passwords, is among them.", "/etc/shadow"],
  },
  {
    path: /^(?:\/etc|@\{etc_r[ow]\})\/(?:ssl\/private(?:$|\/)|ssh\/ssh_host_[^/]*_key$|.*\.key$)/u,
    by: "read",
    sentence: "Private keys of the machine lie there.",
    danger: "high",
    among: [
      "Private keys of the machine are among them.",
      "/etc/ssl/private/ssl-cert-snakeoil.key",
      "/etc/ssh/ssh_host_ed25519_key",
    ],
  },
  {
    path: /^@\{HOME\}\/\.(?:ssh|gnupg)(?:$|\/(?!authorized_keys|known_hosts|config$|[^/]*\.pub$))/u,
    by: "read",
    sentence: "Private keys of users lie there.",
    danger: "high",
    among: ["Private keys of users are among them.", "/home/user/.ssh/id_ed25519", "/home/user/.gnupg/secring.gpg"],
  },
  {
    path: /^@\{HOME\}\/\.ssh\/authorized_keys/u,
    by: "write",
    sentence: "It decides who may log in as that user.",
    danger: "high",
    among: null,
  },
  {
    path: /^\/dev\/(?:mem|kmem|port)$/u,
    by: "read",
    sentence: "It is the machine's memory itself.",
    danger: "total",
    among: ["The machine's memory itself is among them.", "/dev/mem"],
  },
  {
    path: /^\/dev\/(?:sd|nvme|vd|xvd|dm-|mapper\/|hd)/u,
    by: "read",
    sentence: "It is a disk itself: every file on it, past all owners and modes.",
    danger: "total",
    among: ["The disks themselves are among them: every file on them, past all owners and modes.", "/dev/sda"],
  },
  {
    path: /\/docker\.sock$|\/containerd\.sock$|\/podman\.sock$/u,
    by: "write",
    sentence: "Whoever writes there starts containers as root.",
    danger: "total",
    among: null,
  },
  {
    path: /^\/etc\/(?:passwd|shadow|gshadow|group|sudoers|sudoers\.d\/.*|pam\.d\/.*)$/u,
    by: "write",
    sentence: "It decides who is root.",
    danger: "total",
    among: ["Files that decide who is root are among them.", "/etc/passwd", "/etc/shadow", "/etc/sudoers"],
  },
  {
    path: /^\/etc\/ld\.so\.(?:preload|conf|conf\.d\/.*|cache)$/u,
    by: "write",
    sentence: "It decides which code every program loads.",
    danger: "total",
    among: ["Files that decide which code every program loads are among them.", "/etc/ld.so.preload"],
  },
  {
    path: /^\/etc\/(?:cron[^/]*\/.*|crontab|systemd\/system\/.*|init\.d\/.*|profile\.d\/.*|rc\.local)$/u,
    by: "write",
    sentence: "What is written there is run by root.",
    danger: "total",
    among: [
      "Files that root runs are among them.",
      "/etc/crontab",
      "/etc/cron.d/job",
      "/etc/systemd/system/job.service",
    ],
  },
  {
    path: /^(?:\/etc\/apparmor\.d|\/sys\/kernel\/security\/apparmor)(?:$|\/)/u,
    by: "write",
    sentence: "It is AppArmor's own policy.",
    danger: "total",
    among: ["AppArmor's own policy is among them.", "/etc/apparmor.d/usr.bin.man"],
  },
  {
    path: /^\/(?:usr\/)?(?:local\/)?(?:s?bin|lib[^/]*)\//u,
    by: "write",
    sentence: "Other programs run what is written there.",
    danger: "high",
    among: ["Programs that others run are among them.", "/usr/bin/sudo", "/usr/lib/x86_64-linux-gnu/libc.so.6"],
  },
  {
    path: /^@\{HOME\}\/\.(?:bashrc|bash_profile|profile|zshrc|config\/autostart\/.*|config\/systemd\/.*)$/u,
    by: "write",
    sentence: "What is written there is run at the user's next login.",
    danger: "high",
    among: ["Files that run at a user's next login are among them.", "/home/user/.bashrc"],
  },
  {
    path: /^\/boot\//u,
    by: "write",
    sentence: "The kernel is started from there.",
    danger: "total",
    among: null,
  },
];

/** A path of each kind that a glob may take in; the gravest first. */
export const sensitiveSamples: readonly SensitiveSample[] = entries
  .flatMap(({ among, danger, by }) => {
    if (among === null) return [];
    const [sentence, ...samples] = among;
    return samples.map((path) => ({ path, sentence, danger, by }));
  })
  .toSorted((one, other) => Number(other.danger === "total") - Number(one.danger === "total"));

/**
 * What makes a path of a file rule worth more than others, or null; the gravest where several things do. Goes by the text of
 * the path: it names the well-known places, and is no judgement of all that a glob may fit.
 */
export function sensitivePath(path: string, writes: boolean): SensitivePath | null {
  const found = entries.filter((entry) => (entry.by === "read" || writes) && entry.path.test(path));
  const worst = found.find(({ danger }) => danger === "total") ?? found[0];
  return worst === undefined ? null : { sentence: worst.sentence, danger: worst.danger };
}

/** Devices that are there for every program: what is written to them reaches nobody. */
const harmlessDevices = /^\/dev\/(?:null|zero|full|random|urandom|tty|ptmx|pts\/ptmx)$/u;

/** True for a device that every program may use without harm. */
export function isHarmlessDevice(path: string): boolean {
  return harmlessDevices.test(path);
}
