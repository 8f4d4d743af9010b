/**
 * What each rule kind says, as plain data. A value can be written as text, compared, and sent through a wire; where it
 * stands is told by `PlacedRule`. Field names are those of apparmor.d(5).
 */

/** The qualifiers before a rule: `priority=N audit|quiet allow|deny|prompt owner|other`. Null is "not written". */
export interface Qualifiers {
  readonly priority: number | null;
  readonly audit: boolean;
  readonly quiet: boolean;
  readonly access: "allow" | "deny" | "prompt" | null;
  readonly owner: "owner" | "other" | null;
}

/** No qualifier at all. */
export const noQualifiers: Qualifiers = { priority: null, audit: false, quiet: false, access: null, owner: null };

/** Exec modes as written: lower-case p, c, u do not scrub the environment, upper-case ones do. `x` stands with deny only. */
export type ExecMode =
  | "x"
  | "ix"
  | "ux"
  | "Ux"
  | "px"
  | "Px"
  | "cx"
  | "Cx"
  | "pix"
  | "Pix"
  | "cix"
  | "Cix"
  | "pux"
  | "PUx"
  | "cux"
  | "CUx";

/** The letters of a file rule that can be ticked one by one. */
export type FilePermission = "r" | "w" | "a" | "k" | "l" | "m";

/** A file rule: `owner /path rw,`, `rw /path,`, `/bin/x Px -> target,`, or the bare `file,`. */
export interface FileRuleValue {
  readonly kind: "file";
  readonly qualifiers: Qualifiers;
  /** True where the word `file` is written. */
  readonly keyword: boolean;
  /** As written, quotes kept away; null in the bare `file,`. */
  readonly path: string | null;
  /** In the order written, without exec modes; empty in the bare `file,`. */
  readonly permissions: readonly FilePermission[];
  readonly exec: ExecMode | null;
  /** What stands after `->`. */
  readonly execTarget: string | null;
  /** `rw /path,` rather than `/path rw,`. */
  readonly permissionsFirst: boolean;
  /** `safe` or `unsafe` before the path or permissions. */
  readonly safety: "safe" | "unsafe" | null;
}

/** `capability net_raw net_admin,`; no name means all of them. */
export interface CapabilityRuleValue {
  readonly kind: "capability";
  readonly qualifiers: Qualifiers;
  readonly names: readonly string[];
}

/** `ip=`, `port=`, `interface=`, `label=`, `addr=`, `type=` …: the key and its values as written. */
export interface Condition {
  readonly key: string;
  readonly operator: "=" | "in" | "==" | "!=";
  readonly values: readonly string[];
}

/** `network (create, connect) inet stream ip=127.0.0.1 peer=(ip=10.0.0.1 port=53),`. */
export interface NetworkRuleValue {
  readonly kind: "network";
  readonly qualifiers: Qualifiers;
  /** `create`, `connect`, … ; empty means all. */
  readonly permissions: readonly string[];
  /** Address family (`inet`, `netlink`), or null. */
  readonly domain: string | null;
  /** `stream`, `dgram`, `raw`, …, or null. */
  readonly type: string | null;
  /** `tcp`, `udp`, `icmp`, or null. */
  readonly protocol: string | null;
  readonly local: readonly Condition[];
  readonly peer: readonly Condition[];
}

/** `signal (send) set=(hup) peer=x,`, and ptrace, unix, dbus, mqueue in the same shape: permissions, conditions, peer. */
export interface PeerRuleValue {
  readonly kind: "signal" | "ptrace" | "unix" | "dbus" | "mqueue" | "io_uring" | "userns";
  readonly qualifiers: Qualifiers;
  readonly permissions: readonly string[];
  readonly local: readonly Condition[];
  readonly peer: readonly Condition[];
  /** What stands without a key, for example the name of an mqueue. */
  readonly operand: string | null;
}

/** `mount fstype=ext4 options=(ro) /dev/sda -> /mnt,`, and remount, umount, pivot_root. */
export interface MountRuleValue {
  readonly kind: "mount" | "remount" | "umount" | "pivot_root";
  readonly qualifiers: Qualifiers;
  readonly conditions: readonly Condition[];
  readonly source: string | null;
  readonly target: string | null;
  /** The profile of pivot_root's `-> profile`. */
  readonly transition: string | null;
}

/** `link subset /a -> /b,`. */
export interface LinkRuleValue {
  readonly kind: "link";
  readonly qualifiers: Qualifiers;
  readonly subset: boolean;
  readonly path: string;
  readonly target: string;
}

/** `change_profile safe /exec -> profile,`. */
export interface ChangeProfileRuleValue {
  readonly kind: "change_profile";
  readonly qualifiers: Qualifiers;
  readonly safety: "safe" | "unsafe" | null;
  readonly exec: string | null;
  readonly target: string | null;
}

/** `set rlimit nofile <= 1024,`; the value as written, unit included. */
export interface RlimitRuleValue {
  readonly kind: "rlimit";
  readonly qualifiers: Qualifiers;
  readonly resource: string;
  readonly value: string;
}

/** `all,`. */
export interface AllRuleValue {
  readonly kind: "all";
  readonly qualifiers: Qualifiers;
}

/** A rule of any kind. */
export type RuleValue =
  | FileRuleValue
  | CapabilityRuleValue
  | NetworkRuleValue
  | PeerRuleValue
  | MountRuleValue
  | LinkRuleValue
  | ChangeProfileRuleValue
  | RlimitRuleValue
  | AllRuleValue;
