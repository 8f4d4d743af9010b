import {
  type ChangeProfileRuleValue,
  type Condition,
  type MountRuleValue,
  noQualifiers,
  type PeerRuleValue,
} from "@hauberk/core/rules";

import type { RulePreset } from "../../panel/rule-form/index.ts";

function options(...values: readonly string[]): Condition {
  return { key: "options", operator: "=", values };
}

function mount(kind: MountRuleValue["kind"], parts: Partial<MountRuleValue> = {}): MountRuleValue {
  return { qualifiers: noQualifiers, conditions: [], source: null, target: null, transition: null, ...parts, kind };
}

function bare(kind: PeerRuleValue["kind"], permissions: readonly string[]): PeerRuleValue {
  return { kind, qualifiers: noQualifiers, permissions, local: [], peer: [], operand: null };
}

function changeTo(target: string | null, exec: string | null = null): ChangeProfileRuleValue {
  return { kind: "change_profile", qualifiers: noQualifiers, safety: null, exec, target };
}

/** Mounts to begin with. */
export const mountPresets: readonly RulePreset[] = [
  {
    label: "Mount `tmpfs` on a directory",
    value: mount("mount", {
      conditions: [{ key: "fstype", operator: "=", values: ["tmpfs"] }, options("rw", "nosuid", "nodev")],
      source: "tmpfs",
      target: "/run/example/",
    }),
  },
  {
    label: "Show a directory at a second place (bind mount)",
    value: mount("mount", { conditions: [options("rw", "bind")], source: "/srv/data/", target: "/mnt/data/" }),
  },
  {
    label: "Mount a disk",
    value: mount("mount", {
      conditions: [
        { key: "fstype", operator: "=", values: ["ext4", "vfat"] },
        { key: "options", operator: "in", values: ["rw", "ro", "nosuid", "nodev"] },
      ],
      source: "/dev/sd*",
      target: "/media/*/",
    }),
  },
  {
    label: "Keep mounts made here from spreading",
    hint: "What a program does first in a mount namespace of its own.",
    value: mount("mount", { conditions: [options("rw", "rslave")], target: "/" }),
  },
  {
    label: "Make a mount read-only",
    value: mount("remount", { conditions: [options("ro", "bind")], target: "/mnt/data/" }),
  },
  { label: "Unmount a directory", value: mount("umount", { target: "/mnt/data/" }) },
  { label: "Every mount", value: mount("mount") },
  { label: "Every remount", value: mount("remount") },
  { label: "Every unmount", value: mount("umount") },
];

/** Changes of the root to begin with. */
export const pivotPresets: readonly RulePreset[] = [
  {
    label: "Change the root to a directory",
    value: mount("pivot_root", {
      conditions: [{ key: "oldroot", operator: "=", values: ["/mnt/new/old/"] }],
      target: "/mnt/new/",
    }),
  },
  { label: "Every change of the root", value: mount("pivot_root") },
];

/** Rules on namespaces and io_uring to begin with. */
export const namespacePresets: readonly RulePreset[] = [
  { label: "Make user namespaces", value: bare("userns", ["create"]) },
  { label: "Let a kernel thread watch its io_uring", value: bare("io_uring", ["sqpoll"]) },
  { label: "Run io_uring requests with other rights", value: bare("io_uring", ["override_creds"]) },
];

/** Changes of the profile to begin with. */
export const changePresets: readonly RulePreset[] = [
  { label: "Change to one other profile", value: changeTo("worker") },
  { label: "Change to any of its own child profiles", value: changeTo("@{profile_name}//*") },
  { label: "Change when a certain program is started", value: changeTo("worker", "/usr/bin/worker") },
  {
    label: "Change to every profile",
    hint: "To the laxest one too, and to none.",
    value: changeTo(null),
  },
];

/** Everything at once. */
export const allPresets: readonly RulePreset[] = [
  {
    label: "Allow everything",
    hint: "For a profile that only refuses: denies still count beside it.",
    value: { kind: "all", qualifiers: noQualifiers },
  },
];

/** Limits that many services are given. */
export const limitPresets: readonly RulePreset[] = [
  limit("At most 1024 open files", "nofile", "1024"),
  limit("At most 512 MB of address space", "as", "512MB"),
  limit("At most 128 processes of the user", "nproc", "128"),
  limit("No core dumps", "core", "0"),
  limit("At most a minute of processor time", "cpu", "60s"),
];

function limit(label: string, resource: string, value: string): RulePreset {
  return { label, value: { kind: "rlimit", qualifiers: noQualifiers, resource, value } };
}
