import { strToU8 } from "fflate";
import { capabilityNamed } from "../vocabulary/index.ts";
import { permissionNames, socketBits, type SocketPermission } from "./access-classes.ts";
import { deadState } from "./automaton.ts";
import type { CompiledProfile } from "./compiled-profile.ts";
import { familyNames, socketTypeNames } from "./kernel-numbers.ts";
import {
  allPermissions,
  execTransition,
  noPermissions,
  permissionBits,
  type ExecTransition,
  type Permissions,
} from "./permissions.ts";
import { permissionsAt } from "./policy-database.ts";
import { fileRules, hasUnixRules, socketRules, type RuleStart } from "./rules-of-profile.ts";

/** What is asked of a socket, in the words of rules. */
export interface SocketQuestion {
  /** `inet`, `unix`, `netlink` … */
  readonly family: string;
  /** `stream`, `dgram`, `raw` … */
  readonly type: string;
  /** The number of the protocol; 0, which lets the kernel choose, where it is not given. */
  readonly protocol?: number;
  readonly permission: SocketPermission;
  /**
   * Of a unix socket: its own address and that of its peer, and the profile that the peer runs under. Not given: the socket has
   * no address, and the peer none and is unconfined.
   */
  readonly address?: string;
  readonly peerAddress?: string;
  readonly peerLabel?: string;
}

/** What a profile says to an access. */
export interface FileAnswer {
  /** The names of what is allowed: `read`, `write`, `exec` … */
  readonly allowed: readonly string[];
  /** Allowed, and logged. */
  readonly audited: readonly string[];
  /** Refused without a log line. */
  readonly quiet: readonly string[];
  /** What an exec leads to; null where it is not allowed. */
  readonly exec: ExecTransition | null;
}

/**
 * What a profile lets a program do with a path, for the owner of the file or for others; modes are left aside, so in complain
 * mode the rest is logged and not refused.
 */
export function fileAllowed(
  profile: CompiledProfile,
  path: string,
  { owner }: { readonly owner: boolean },
): FileAnswer {
  const { permissions, transitions } = permissionsOf(fileRules(profile), strToU8(path), owner);
  const allowed = permissions.allow & ~permissions.deny;
  return {
    allowed: permissionNames("file", allowed & filePermissionBits),
    audited: permissionNames("file", permissions.audit & allowed & filePermissionBits),
    quiet: permissionNames("file", permissions.quiet & ~allowed & filePermissionBits),
    exec: (allowed & permissionBits.exec) === 0 ? null : execTransition(permissions.xindex, transitions),
  };
}

const filePermissionBits = 0x7_f3ff;

/** Whether a profile lets a program use a capability; false for names that there are none of. Modes are left aside. */
export function capabilityAllowed(profile: CompiledProfile, name: string): boolean {
  const number = capabilityNamed(name)?.number;
  if (number === undefined) return false;
  return profile.mode === "unconfined" || ((profile.capabilities.allow >> BigInt(number)) & 1n) === 1n;
}

/**
 * Whether a profile lets a program do this with a socket; false for families and types that there are none of. A class that
 * the policy does not mediate lets everything. Modes are left aside.
 */
export function socketAllowed(profile: CompiledProfile, question: SocketQuestion): boolean {
  const family = familyNames.indexOf(question.family);
  const type = socketTypeNames.indexOf(question.type);
  if (family < 0 || type < 0) return false;
  const bit = socketBits[question.permission];
  const start = socketRules(profile);
  if (start.kind !== "rules") return start.kind === "open";
  if (question.family === "unix" && hasUnixRules(profile)) return unixAllowed(start, type, question, bit);
  const socket = start.database.automaton.walk(start.state, [...wide(family), ...wide(type)]);
  const early = permissionsAt(start.database, socket);
  if (isAllowed(early, bit)) return true;
  // Only a policy that says so tells protocols apart.
  if ((early.allow & permissionBits.goesOn) === 0) return false;
  const state = start.database.automaton.walk(socket, wide(question.protocol ?? 0));
  return isAllowed(permissionsAt(start.database, state), bit);
}

const peerPermissions = socketBits.connect | socketBits.send | socketBits.receive;
const optionPermissions = socketBits.getopt | socketBits.setopt;

function unixAllowed(
  { database, state }: Extract<RuleStart, { readonly kind: "rules" }>,
  type: number,
  question: SocketQuestion,
  bit: number,
): boolean {
  const walked: number[] = [...wide(1), ...wide(type), ...wide(question.protocol ?? 0)];
  if (bit !== socketBits.create) {
    walked.push(...address(question.address), 0, 0);
    if ((bit & peerPermissions) !== 0) {
      walked.push(1, ...address(question.peerAddress), 0, ...strToU8(question.peerLabel ?? "unconfined"));
    } else if (bit === socketBits.listen) {
      walked.push(2, 0, 0);
    } else if ((bit & optionPermissions) !== 0) {
      walked.push(4, 0, 0);
    }
  }
  return isAllowed(permissionsAt(database, database.automaton.walk(state, walked)), bit);
}

/** The bytes of a unix socket's address: none, an abstract one behind a NUL (written with `@`), or a path. */
function address(text: string | undefined): number[] {
  if (text === undefined) return [1];
  return text.startsWith("@") ? [0, ...strToU8(text.slice(1))] : [...strToU8(text)];
}

function isAllowed({ allow, deny }: Permissions, bit: number): boolean {
  return (allow & ~deny & bit) === bit;
}

function permissionsOf(
  start: RuleStart,
  bytes: Iterable<number>,
  owner: boolean,
): { readonly permissions: Permissions; readonly transitions: readonly string[] } {
  if (start.kind !== "rules") {
    return { permissions: start.kind === "open" ? allPermissions : noPermissions, transitions: [] };
  }
  const state = start.state === deadState ? deadState : start.database.automaton.walk(start.state, bytes);
  return { permissions: permissionsAt(start.database, state, owner), transitions: start.database.transitions };
}

function wide(value: number): [number, number] {
  return [(value >>> 8) & 0xff, value & 0xff];
}
