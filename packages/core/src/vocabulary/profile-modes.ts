import type { Danger } from "./danger.ts";
import type { Word } from "./word.ts";

/** A mode of a profile, written as one of its flags. */
export interface ProfileModeWord extends Word {
  readonly title: string;
  readonly danger: Danger;
}

/** The modes, of which a profile has one; `enforce` where none is written. */
export const profileModes: readonly ProfileModeWord[] = [
  {
    name: "enforce",
    title: "Enforce",
    sentence: "What no rule allows is refused and logged as DENIED.",
    since: "3.0.8",
    danger: "low",
  },
  {
    name: "complain",
    title: "Complain",
    sentence:
      "What no rule allows happens all the same and is logged as ALLOWED; explicit `deny` rules are still enforced. For trying a profile out; a log without DENIED proves nothing here.",
    since: "3.0.8",
    danger: "high",
  },
  {
    name: "kill",
    title: "Kill",
    sentence: "What no rule allows is refused, and the program is killed.",
    since: "3.0.8",
    danger: "low",
  },
  {
    name: "default_allow",
    title: "Default allow",
    sentence:
      "What no rule names is allowed. Denies in such a profile are not enforced; with `allow all,` instead of the mode they are.",
    since: "4.1.0",
    danger: "total",
  },
  {
    name: "unconfined",
    title: "Unconfined",
    sentence: "The program runs as if it had no profile; denies are not enforced. The profile only gives it a name.",
    since: "3.0.8",
    danger: "total",
  },
  {
    name: "prompt",
    title: "Prompt",
    sentence:
      "A person is asked about what no rule names. Needs a kernel and a desktop made for it; elsewhere it is refused.",
    since: "4.1.0",
    danger: "medium",
  },
];

/** A flag of a profile beside its mode. */
export interface ProfileFlagWord extends Word {
  /** What stands after `=`: `path`, `signal`, `error` (an errno name), or null for a bare word. */
  readonly value: "path" | "signal" | "error" | null;
  /** Flags that may not stand beside it. */
  readonly excludes: readonly string[];
  /** Worth offering to everybody; the others are old or for debugging. */
  readonly common: boolean;
}

function flag(
  name: string,
  sentence: string,
  options: Partial<Pick<ProfileFlagWord, "since" | "value" | "excludes" | "common">> = {},
): ProfileFlagWord {
  return { name, sentence, since: "3.0.8", value: null, excludes: [], common: false, ...options };
}

/** The flags that are not modes. */
export const profileFlags: readonly ProfileFlagWord[] = [
  flag(
    "attach_disconnected",
    "Treat paths that are cut off from the file tree as if they began at `/`. Containers and lazily unmounted folders need it; it can mix up two different files.",
    {
      excludes: ["no_attach_disconnected"],
      common: true,
    },
  ),
  flag(
    "attach_disconnected.path",
    "Treat paths that are cut off from the file tree as if they lay below this path: safer than attaching them to `/`.",
    {
      since: "4.1.0",
      value: "path",
      common: true,
    },
  ),
  flag("mediate_deleted", "Judge open files that have been deleted as if they were still there.", {
    excludes: ["delegate_deleted"],
    common: true,
  }),
  flag("audit", "Log every access, the allowed ones too. Many log lines; for a look at what a program does.", {
    common: true,
  }),
  flag("interruptible", "A program that waits for a person's answer can be interrupted.", { since: "4.1.0" }),
  flag("kill.signal", "Which signal the mode `kill` sends.", { since: "4.1.0", value: "signal" }),
  flag("error", "Which error a refused access gives to the program, for example `EPERM`.", {
    since: "4.1.0",
    value: "error",
  }),
  flag("chroot_relative", "Paths count from the chroot that the program is in.", { excludes: ["namespace_relative"] }),
  flag("namespace_relative", "Paths count from the root of the mount namespace: what holds without a word too.", {
    excludes: ["chroot_relative"],
  }),
  flag("delegate_deleted", "Let deleted files pass that were opened before.", { excludes: ["mediate_deleted"] }),
  flag("no_attach_disconnected", "Refuse paths that are cut off from the file tree: what holds without a word too.", {
    excludes: ["attach_disconnected"],
  }),
  flag("chroot_attach", "Attach cut-off paths below a chroot.", { excludes: ["chroot_no_attach"] }),
  flag("chroot_no_attach", "Don't attach cut-off paths below a chroot: what holds without a word too.", {
    excludes: ["chroot_attach"],
  }),
  flag("attach_disconnected.ipc", "As `attach_disconnected`, for message queues and their like.", { since: "5.0.2" }),
  flag("debug", "More messages in the kernel's log, for people who work on AppArmor.", { since: "4.1.0" }),
];
