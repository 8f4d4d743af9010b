/**
 * The flags of mount(2) as the parser's words set or clear them, by bit. Two words that name one bit with opposite
 * meaning contradict each other.
 */

const bit = (place: number): number => (1 << place) >>> 0;

const recursive = bit(14);
const bind = bit(12);
const move = bit(13);
const remount = bit(5);
const makeBits = (bit(17) | bit(18) | bit(19) | bit(20) | recursive) >>> 0;
/** Every flag that is an operation rather than a property of the mount. */
const commands = (move | remount | bind | makeBits) >>> 0;

const setting: ReadonlyMap<string, number> = new Map([
  ["ro", bit(0)],
  ["r", bit(0)],
  ["read-only", bit(0)],
  ["nosuid", bit(1)],
  ["nodev", bit(2)],
  ["noexec", bit(3)],
  ["sync", bit(4)],
  ["remount", remount],
  ["mand", bit(6)],
  ["dirsync", bit(7)],
  ["nosymfollow", bit(8)],
  ["noatime", bit(10)],
  ["nodiratime", bit(11)],
  ["bind", bind],
  ["B", bind],
  ["move", move],
  ["M", move],
  ["rbind", bind | recursive],
  ["R", bind | recursive],
  ["verbose", bit(15)],
  ["silent", bit(15)],
  ["acl", bit(16)],
  ["relatime", bit(21)],
  ["iversion", bit(23)],
  ["strictatime", bit(24)],
  ["lazytime", bit(25)],
  ["nouser", bit(31)],
  ...(["unbindable", "private", "slave", "shared"] as const).flatMap((name, index): [string, number][] => [
    [name, bit(17 + index)],
    [`make-${name}`, bit(17 + index)],
    [`r${name}`, (bit(17 + index) | recursive) >>> 0],
    [`make-r${name}`, (bit(17 + index) | recursive) >>> 0],
  ]),
]);

const clearing: ReadonlyMap<string, number> = new Map([
  ["rw", bit(0)],
  ["w", bit(0)],
  ["suid", bit(1)],
  ["dev", bit(2)],
  ["exec", bit(3)],
  ["async", bit(4)],
  ["nomand", bit(6)],
  ["symfollow", bit(8)],
  ["atime", bit(10)],
  ["diratime", bit(11)],
  ["loud", bit(15)],
  ["noacl", bit(16)],
  ["norelatime", bit(21)],
  ["noiversion", bit(23)],
  ["nostrictatime", bit(24)],
  ["nolazytime", bit(25)],
  ["user", bit(31)],
]);

/** What a list of options comes to: the bits it sets, those it clears, and the words that are no flags. */
export interface MountFlags {
  readonly set: number;
  readonly clear: number;
  readonly unknown: readonly number[];
}

/** Reads the words of one `options=`; `unknown` holds the places of the words in the list. */
export function readMountFlags(words: readonly string[]): MountFlags {
  let set = 0;
  let clear = 0;
  const unknown: number[] = [];
  for (const [index, word] of words.entries()) {
    const sets = setting.get(word);
    const clears = clearing.get(word);
    if (sets === undefined && clears === undefined) unknown.push(index);
    set = (set | (sets ?? 0)) >>> 0;
    clear = (clear | (clears ?? 0)) >>> 0;
  }
  return { set, clear, unknown };
}

/** What a mount rule names beside its flags. */
export interface MountOperands {
  readonly source: boolean;
  readonly target: boolean;
  readonly fstype: boolean;
}

/**
 * True where the flags and operands make a mount call that can exist: a bind or move has no file system type, a change of
 * propagation has a mount point alone. `optional` are the flags of `options in`.
 */
export function isPossibleMount(flags: number, optional: number, operands: MountOperands): boolean {
  const { source, target, fstype } = operands;
  if (flags === 0) return true;
  if ((flags & remount) !== 0 && !source && !fstype) return true;
  if ((flags & bind) !== 0 && !fstype) return true;
  if ((flags & makeBits) !== 0 && !(source && target) && !fstype) return true;
  if ((flags & move) !== 0 && !fstype) return true;
  return ((flags | optional) & ~commands) !== 0;
}

/** The bit of `remount`, which a remount rule always has. */
export const remountFlag = remount;
