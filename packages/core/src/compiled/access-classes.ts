import { permissionBits } from "./permissions.ts";

/** What an access is about. `other` is a class of mediation that no kernel of the targets asks for. */
export type AccessClass =
  | "file"
  | "link"
  | "change_profile"
  | "network"
  | "unix"
  | "signal"
  | "ptrace"
  | "mount"
  | "dbus"
  | "mqueue"
  | "io_uring"
  | "userns"
  | "other"
  | "capability"
  | "rlimit"
  | "secmark"
  | "flags"
  | "data";

/** The first byte of a walk through the rules of a profile (security/apparmor/include/apparmor.h). */
export const mediationClasses = {
  file: 2,
  mount: 7,
  ptrace: 9,
  signal: 10,
  network: 14,
  /** Since policies with `network_v9`: unix sockets in all their details, and all other families anew. */
  networkV9: 15,
  label: 16,
  mqueue: 17,
  userns: 21,
  ioUring: 22,
  dbus: 32,
} as const;

/** Bits of sockets (security/apparmor/include/net.h). */
export const socketBits = {
  send: 0x2,
  receive: 0x4,
  create: 0x10,
  shutdown: 0x20,
  connect: 0x40,
  setattr: 0x100,
  getattr: 0x200,
  accept: 0x10_0000,
  bind: 0x20_0000,
  listen: 0x40_0000,
  setopt: 0x100_0000,
  getopt: 0x200_0000,
} as const;

/** The name of a permission of a socket, as rules name it. */
export type SocketPermission = keyof typeof socketBits;

const fileBits = {
  exec: permissionBits.exec,
  write: permissionBits.write,
  read: permissionBits.read,
  append: permissionBits.append,
  create: permissionBits.create,
  delete: permissionBits.delete,
  open: permissionBits.open,
  rename: permissionBits.rename,
  setattr: permissionBits.setattr,
  getattr: permissionBits.getattr,
  chmod: permissionBits.chmod,
  chown: permissionBits.chown,
  lock: permissionBits.lock,
  mmap: permissionBits.mmap,
  link: permissionBits.link,
} as const;

/** The names of the permissions of each class, by bit. */
export const accessBits = {
  file: fileBits,
  link: { link: permissionBits.link, subset: permissionBits.lock },
  change_profile: {
    change_profile: permissionBits.changeProfile,
    change_onexec: permissionBits.onexec,
  },
  network: socketBits,
  unix: socketBits,
  signal: { send: 0x2, receive: 0x4 },
  ptrace: { trace: 0x2, read: 0x4, tracedby: 0x8, readby: 0x10 },
  mount: { pivot_root: 0x1, mount: 0x2, umount: 0x4 },
  dbus: { send: 0x2, receive: 0x4, eavesdrop: 0x20, bind: 0x40 },
  mqueue: { write: 0x2, read: 0x4, create: 0x10, delete: 0x20, open: 0x40, setattr: 0x100, getattr: 0x200 },
  io_uring: { override_creds: 0x8, sqpoll: 0x10 },
  userns: { create: 0x8 },
} as const satisfies Partial<Record<AccessClass, Readonly<Record<string, number>>>>;

/** A class whose permissions are bits. */
export type WalkedClass = keyof typeof accessBits | "other";

/** The names of the bits that are set, in the order of the class's own table; `0x…` for what has no name. */
export function permissionNames(accessClass: WalkedClass, mask: number): string[] {
  const names: string[] = [];
  let rest = mask;
  for (const [name, bit] of Object.entries(accessClass === "other" ? {} : accessBits[accessClass])) {
    if ((rest & bit) === 0) continue;
    names.push(name);
    rest &= ~bit;
  }
  return rest === 0 ? names : [...names, `0x${(rest >>> 0).toString(16)}`];
}

/** All bits of a class together. */
export function allBits(accessClass: keyof typeof accessBits): number {
  return Object.values(accessBits[accessClass]).reduce((all: number, bit) => all | bit, 0) >>> 0;
}
