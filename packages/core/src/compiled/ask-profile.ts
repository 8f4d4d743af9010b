import { strToU8 } from "fflate";
import { capabilityNamed } from "../vocabulary/index.ts";
import { allBits, permissionNames, socketBits, type SocketPermission } from "./access-classes.ts";
import type { CompiledProfile } from "./compiled-profile.ts";
import { familyNames, socketTypeNames, unixFamily } from "./kernel-numbers.ts";
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

/** What the rules of a profile say to one access; modes are left aside. */
export interface AccessAnswer {
  readonly allowed: boolean;
  /** Allowed, and logged. */
  readonly audited: boolean;
  /** Refused without a log line. */
  readonly quiet: boolean;
}

/** What comes of an access in the end. */
export interface AccessOutcome {
  readonly passes: boolean;
  readonly logged: boolean;
}

/** What a profile says to all accesses to a path. */
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

/** True where two profiles surely let a program do different things with a path, whoever owns the file. Cheaper than two answers. */
export function differAtPath(first: CompiledProfile, second: CompiledProfile, path: string): boolean {
  const bytes = strToU8(path);
  return [true, false].some((owner) => {
    const a = permissionsOf(fileRules(first), bytes, owner);
    const b = permissionsOf(fileRules(second), bytes, owner);
    const [allowA, allowB] = [a.permissions, b.permissions].map(
      ({ allow, deny }) => allow & ~deny & filePermissionBits,
    );
    if (allowA !== allowB) return true;
    if (allowA === undefined || (allowA & permissionBits.exec) === 0) return false;
    const [execA, execB] = [a, b].map(({ permissions, transitions }) =>
      execTransition(permissions.xindex, transitions),
    );
    return JSON.stringify(execA) !== JSON.stringify(execB);
  });
}

const filePermissionBits = allBits("file");

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
  return socketAnswer(profile, question).allowed;
}

/**
 * What the rules of a profile say to a socket. Of inet only the family, the type and the protocol are asked: for a kernel that
 * tells addresses apart the answer is that of no address, so it may refuse what some addresses are allowed.
 */
export function socketAnswer(profile: CompiledProfile, question: SocketQuestion): AccessAnswer {
  const family = familyNames.indexOf(question.family);
  const type = socketTypeNames.indexOf(question.type);
  const bit = socketBits[question.permission];
  const start = socketRules(profile);
  if (start.kind === "open") return answerOf(allPermissions, bit);
  if (family < 0 || type < 0 || start.kind === "closed") return answerOf(noPermissions, bit);
  const isUnix = question.family === "unix" && hasUnixRules(profile);
  const permissions = isUnix
    ? unixPermissions(start, type, question, bit)
    : networkPermissions(start, [...wide(family), ...wide(type)], question.protocol ?? 0, bit);
  return answerOf(permissions, bit);
}

/** What comes of an access under the mode and the flags of a profile. */
export function outcomeOf(profile: CompiledProfile, { allowed, audited, quiet }: AccessAnswer): AccessOutcome {
  if (profile.mode === "unconfined") return { passes: true, logged: false };
  if (allowed) return { passes: true, logged: audited || profile.audit };
  // What is refused without a line is refused in complain mode too; the flag `audit` makes every refusal a loud one.
  const isQuiet = quiet && !profile.audit;
  return { passes: profile.mode === "complain" && !isQuiet, logged: !isQuiet };
}

function answerOf({ allow, deny, audit, quiet }: Permissions, bit: number): AccessAnswer {
  const allowed = (allow & ~deny & bit) === bit;
  return { allowed, audited: allowed && (audit & bit) !== 0, quiet: !allowed && (quiet & bit) !== 0 };
}

type Rules = Extract<RuleStart, { readonly kind: "rules" }>;

/** The kernel stops at the type where that allows the access; only a policy that says so tells protocols apart. */
function networkPermissions({ database, state }: Rules, walked: number[], protocol: number, bit: number): Permissions {
  const socket = database.automaton.walk(state, walked);
  const early = permissionsAt(database, socket);
  if ((early.allow & bit) === bit || (early.allow & permissionBits.goesOn) === 0) return early;
  return permissionsAt(database, database.automaton.walk(socket, wide(protocol)));
}

const peerPermissions = socketBits.connect | socketBits.send | socketBits.receive;
const optionPermissions = socketBits.getopt | socketBits.setopt;

function unixPermissions({ database, state }: Rules, type: number, question: SocketQuestion, bit: number): Permissions {
  const walked: number[] = [...wide(unixFamily), ...wide(type), ...wide(question.protocol ?? 0)];
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
  return permissionsAt(database, database.automaton.walk(state, walked));
}

/** The bytes of a unix socket's address: none, an abstract one behind a NUL (written with `@`), or a path. */
function address(text: string | undefined): number[] {
  if (text === undefined) return [1];
  return text.startsWith("@") ? [0, ...strToU8(text.slice(1))] : [...strToU8(text)];
}

function permissionsOf(
  start: RuleStart,
  bytes: Iterable<number>,
  owner: boolean,
): { readonly permissions: Permissions; readonly transitions: readonly string[] } {
  if (start.kind !== "rules") {
    return { permissions: start.kind === "open" ? allPermissions : noPermissions, transitions: [] };
  }
  const { database } = start;
  const state = database.automaton.walk(start.state, bytes);
  return { permissions: permissionsAt(database, state, owner), transitions: database.transitions };
}

function wide(value: number): [number, number] {
  return [(value >>> 8) & 0xff, value & 0xff];
}
