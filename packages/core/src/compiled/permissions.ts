/**
 * What a policy says at a state of its automaton: masks of permission bits, in the kernel's own numbering since 5.x
 * (security/apparmor/include/perms.h); policies that still hold accept words are mapped to it as the kernel maps them.
 */
export interface Permissions {
  readonly allow: number;
  /** Denied by a rule, whatever `allow` says. Accept words can't tell it: there a denial is only what is not allowed. */
  readonly deny: number;
  readonly subtree: number;
  readonly cond: number;
  readonly kill: number;
  readonly complain: number;
  readonly prompt: number;
  /** Logged though allowed. */
  readonly audit: number;
  /** Not logged when refused. */
  readonly quiet: number;
  readonly hide: number;
  /** What an exec leads to; `execTransition` reads it. */
  readonly xindex: number;
  readonly tag: number;
  readonly label: number;
}

/** The names of the fields, in the order in which a table of permissions holds them behind a reserved one. */
export const permissionFields = [
  "allow",
  "deny",
  "subtree",
  "cond",
  "kill",
  "complain",
  "prompt",
  "audit",
  "quiet",
  "hide",
  "xindex",
  "tag",
  "label",
] as const;

/** Nothing is allowed, and every refusal is told. */
export const noPermissions: Permissions = {
  allow: 0,
  deny: 0,
  subtree: 0,
  cond: 0,
  kill: 0,
  complain: 0,
  prompt: 0,
  audit: 0,
  quiet: 0,
  hide: 0,
  xindex: 0,
  tag: 0,
  label: 0,
};

/** Everything is allowed: what a class of access is that a policy does not mediate. */
export const allPermissions: Permissions = { ...noPermissions, allow: 0xffff_ffff };

/** Bits that stand for the same in every class. */
export const permissionBits = {
  exec: 0x1,
  write: 0x2,
  read: 0x4,
  append: 0x8,
  create: 0x10,
  delete: 0x20,
  open: 0x40,
  rename: 0x80,
  setattr: 0x100,
  getattr: 0x200,
  chmod: 0x1000,
  chown: 0x2000,
  lock: 0x8000,
  mmap: 0x1_0000,
  link: 0x4_0000,
  /** Not a permission: more is said behind this state. */
  goesOn: 0x800_0000,
  stack: 0x1000_0000,
  onexec: 0x2000_0000,
  changeProfile: 0x4000_0000,
} as const;

const xBits = {
  name: 0x400_0000,
  table: 0x800_0000,
  unsafe: 0x1000_0000,
  child: 0x2000_0000,
  inherit: 0x4000_0000,
  unconfined: 0x8000_0000,
} as const;

/** What happens to a program's confinement when it executes what a state matches. */
export interface ExecTransition {
  /**
   * `named`: to the profile (or child) that the policy names; `attached`: to the profile (or child) that attaches to the
   * program; `none`: neither.
   */
  readonly to: "named" | "attached" | "none";
  /** Of `named`: the name as the rule says it; `:ns:name` with a namespace, `&name` for a stack. */
  readonly name: string | null;
  /** Among the children of this profile. */
  readonly child: boolean;
  /** Where there is no such profile: this one goes on (`ix`), or none at all (`ux`), or with neither the exec is refused. */
  readonly inherit: boolean;
  readonly unconfined: boolean;
  /** The environment is not scrubbed (`px`, `cx`, `ux` in lower case). */
  readonly unsafe: boolean;
}

/** Reads the `xindex` of permissions; `transitions` are the names that the policy's `xtable` holds. */
export function execTransition(xindex: number, transitions: readonly string[]): ExecTransition {
  const named = (xindex & xBits.table) !== 0;
  return {
    to: named ? "named" : (xindex & xBits.name) !== 0 ? "attached" : "none",
    name: named ? (transitions[xindex & 0xff_ffff] ?? null) : null,
    child: (xindex & xBits.child) !== 0,
    inherit: (xindex & xBits.inherit) !== 0,
    unconfined: (xindex & xBits.unconfined) !== 0,
    unsafe: (xindex & xBits.unsafe) !== 0,
  };
}

/** Whether an `xindex` names a transition that the table does not hold. */
export function isBeyondTransitions(xindex: number, count: number): boolean {
  return (xindex & (xBits.table | xBits.name)) === xBits.table && (xindex & 0xff_ffff) >= count;
}

/** What the two accept words of a state of the file rules say to the owner of a file and to everybody else. */
export function fileWords(
  accept: number,
  accept2: number,
): { readonly owner: Permissions; readonly other: Permissions } {
  return { owner: fileHalf(accept, accept2, accept), other: fileHalf(accept >>> 14, accept2 >>> 14, accept) };
}

function fileHalf(half: number, half2: number, accept: number): Permissions {
  // Changing of profiles does not depend on whose the file is: it lies above both halves.
  const changes =
    ((accept & 0x8000_0000) === 0 ? 0 : permissionBits.changeProfile) |
    ((accept & 0x4000_0000) === 0 ? 0 : permissionBits.onexec);
  return {
    ...noPermissions,
    allow: (fileBits(half & 0x7f) | permissionBits.getattr | changes) >>> 0,
    audit: fileBits(half2 & 0x7f),
    quiet: fileBits((half2 >>> 7) & 0x7f),
    xindex: oldTransition(half & 0x3fff),
  };
}

/** The seven bits `x w r a l k m` as the permissions that each stands for. */
function fileBits(old: number): number {
  const bits = permissionBits;
  let found = old & 0xf;
  if ((old & bits.read) !== 0) found |= bits.getattr | bits.open;
  if ((old & bits.write) !== 0) {
    found |= bits.setattr | bits.create | bits.delete | bits.chmod | bits.chown | bits.open;
  }
  if ((old & 0x10) !== 0) found |= bits.link;
  // Beside a link this bit asks for a subset of the target's permissions, else it is the lock.
  if ((old & 0x20) !== 0) found |= bits.lock;
  if ((old & 0x40) !== 0) found |= bits.mmap;
  return found;
}

function oldTransition(half: number): number {
  const index = (half >>> 10) & 0xf;
  let found = 0;
  if ((half & 0x100) !== 0) found |= xBits.unsafe;
  if ((half & 0x200) !== 0) found |= xBits.inherit;
  if ((half & 0x80) !== 0 || index === 1) found |= xBits.unconfined;
  if (index === 2 || index === 3) found |= xBits.name;
  if (index === 3) found |= xBits.child;
  if (index > 3) found |= xBits.table | (index - 4);
  return found >>> 0;
}

/**
 * What the two accept words of a state of the other rules say. The upper half, the others' in file rules, widens the set of
 * permissions here; since policy version 9 the exec bits do so too.
 */
export function classWords(accept: number, accept2: number, version: number): Permissions {
  const isLate = version > 8;
  return {
    ...noPermissions,
    allow:
      ((accept & 0x8000_007f) |
        widerBits(accept >>> 14) |
        (isLate ? execBits((accept >>> 7) & 0x7f) : permissionBits.lock)) >>>
      0,
    audit: ((accept2 & 0x7f) | widerBits(accept2 >>> 14)) >>> 0,
    quiet:
      (((accept2 >>> 7) & 0x7f) | widerBits(accept2 >>> 21) | (isLate ? execBits((accept2 >>> 21) & 0x7f) : 0)) >>> 0,
  };
}

function widerBits(half: number): number {
  return ((half & 0x3) << 8) | ((half & 0x1c) << 18) | ((half & 0x60) << 19);
}

function execBits(bits: number): number {
  return ((bits & 0x1) << 7) | ((bits & 0x7e) << 9);
}

/** What the accept word of a state of an attachment says: that it matches, or not. */
export function attachmentWord(accept: number): Permissions {
  return { ...noPermissions, allow: (accept & 0x8000_007f) >>> 0 };
}
