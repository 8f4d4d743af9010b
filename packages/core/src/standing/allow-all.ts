import type { RuleValue } from "../rules/index.ts";

/**
 * A rule that hardly meets any other: a profile of it alone is the profile without the rule in question. Parsers were seen
 * to crash on profiles that hold a single deny and nothing else.
 */
export const besideRule = "/.hauberk-beside r,";

/** A network rule that hardly meets any other. */
export const besideNetworkRule = "network rose rdm,";

const fileAll = "/{**,} rwmlkix,";
const socketsAll = "network,\n  unix,";

/**
 * Rules that allow all of a kind: what a deny of that kind closes shows only where something is open. Each is known to
 * every parser that knows the kind.
 */
export function allowAllOf(kind: RuleValue["kind"]): string {
  switch (kind) {
    case "file":
    case "link":
      return fileAll;
    case "network":
    case "unix":
      return socketsAll;
    case "mount":
    case "remount":
    case "umount":
      return "mount,\n  remount,\n  umount,";
    case "change_profile":
      return "change_profile -> **,";
    case "rlimit":
      return "";
    case "all":
      return `${fileAll}\n  capability,\n  ${socketsAll}`;
    case "capability":
    case "signal":
    case "ptrace":
    case "dbus":
    case "mqueue":
    case "io_uring":
    case "userns":
    case "pivot_root":
      return `${kind},`;
  }
}
