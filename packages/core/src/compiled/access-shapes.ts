import { accessBits, allBits } from "./access-classes.ts";
import { mountFlagNames, signalNames } from "./kernel-numbers.ts";
import { permissionBits } from "./permissions.ts";
import { nowhere, once, position, text, type Asking, type Field, type Position } from "./positions.ts";

/** Paths and what they lead to: `link` and `change_onexec` have a second text behind the first. */
const changeBits = allBits("change_profile");
export const fileShape: Position = text(
  "path",
  [
    { accessClass: "file", bits: allBits("file") },
    { accessClass: "change_profile", bits: changeBits },
  ],
  text(
    "target",
    [
      { accessClass: "link", bits: accessBits.link.link | accessBits.link.subset },
      { accessClass: "change_profile", bits: permissionBits.onexec },
    ],
    null,
  ),
);

/** A signal's number, and the label of whom it goes to or comes from. */
export const signalShape: Position = position(
  { field: { name: "signal", kind: "signal" }, apart: signalNames.length },
  once(() => text("peer", [{ accessClass: "signal", bits: allBits("signal") }], null)),
);

/** The label of who is traced or traces, behind the number of the class. */
export const ptraceShape: Position = text("peer", [{ accessClass: "ptrace", bits: allBits("ptrace") }], null);

const mountOptions: Field = { name: "options", kind: "mountFlags" };

function mount(bits: number): readonly Asking[] {
  return [{ accessClass: "mount", bits }];
}

/** The bit that tells the kernel that data matters (security/apparmor/include/mount.h). */
const dataMatters = 0x40;

const mountData: Position = {
  ...text("data", mount(accessBits.mount.mount), null),
  after: { bits: accessBits.mount.mount, goesOn: dataMatters },
};

/** Behind the flag with this number only those above it follow, and behind all of them the data. */
const mountFlags: (least: number) => Position = once((least) =>
  position(
    {
      field: mountOptions,
      asks: mount(accessBits.mount.mount),
      apart: mountFlagNames.length + 1,
    },
    (byte) => (byte === 0 ? mountData : byte > least && byte <= mountFlagNames.length ? mountFlags(byte) : null),
  ),
);

/** Where, what, which file system, which flags (each as its bit's number, counted from 1), which data. */
export const mountShape: Position = text(
  "mountpoint",
  mount(accessBits.mount.umount),
  text("source", mount(accessBits.mount.pivot_root), text("fstype", [], mountFlags(0))),
);

function dbus(bits: number): readonly Asking[] {
  return [{ accessClass: "dbus", bits }];
}

/** The bus, and of whom; the daemon asks the kernel for it. */
export const dbusShape: Position = text(
  "bus",
  dbus(accessBits.dbus.eavesdrop),
  text(
    "name",
    dbus(accessBits.dbus.bind),
    text(
      "peer_label",
      [],
      text(
        "path",
        [],
        text("interface", [], text("member", dbus(accessBits.dbus.send | accessBits.dbus.receive), null)),
      ),
    ),
  ),
);

const creditor = text("label", [{ accessClass: "io_uring", bits: accessBits.io_uring.override_creds }], null);

/** The label whose rights are taken; at the class itself it is asked for a thread of the kernel's own. */
export const ioUringShape: Position = {
  ...creditor,
  asks: [{ accessClass: "io_uring", bits: accessBits.io_uring.sqpoll }],
};

/** Asked at the class itself. */
export const usernsShape: Position = position({ asks: [{ accessClass: "userns", bits: allBits("userns") }] }, nowhere);

/** A class that is not known here: every state may be asked. */
export const otherShape: Position = otherBytes();

function otherBytes(): Position {
  const field: Field = { name: "bytes", kind: "text" };
  const inside: Position = position({ field, asks: [{ accessClass: "other", bits: 0xffff_ffff }] }, () => inside);
  return inside;
}
