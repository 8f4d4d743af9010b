import { accessBits, allBits, socketBits, type WalkedClass } from "./access-classes.ts";
import { familyNames, mountFlagNames, signalNames, socketTypeNames, unixFamily } from "./kernel-numbers.ts";
import { permissionBits } from "./permissions.ts";

/** How the bytes of a field are told to a person. */
export type FieldKind = "text" | "address" | "number" | "family" | "type" | "signal" | "mountFlags";

/** A piece of an access, of which the kernel makes the bytes that it walks. */
export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
}

/** What the kernel asks for at a place of its walk. */
export interface Asking {
  readonly accessClass: WalkedClass;
  readonly bits: number;
}

/**
 * A place in the walk of the kernel: which field the next byte belongs to, what is asked for here, and where each byte leads.
 * The kernel looks at permissions only where it asks, so what an automaton says elsewhere means nothing.
 */
export interface Position {
  readonly field: Field | null;
  readonly asks: readonly Asking[];
  /** Bytes below this lead to places of their own; all others are alike. */
  readonly apart: number;
  /**
   * Set where the kernel comes here only after it has asked at the place before: what was allowed there of `bits` is settled,
   * and it walks on only if the bit `goesOn` was allowed there too.
   */
  readonly after: { readonly bits: number; readonly goesOn: number } | null;
  next(byte: number): Position | null;
}

interface Place {
  readonly field?: Field | null;
  readonly asks?: readonly Asking[];
  readonly apart?: number;
  readonly after?: Position["after"];
}

function position(place: Place, next: (byte: number) => Position | null): Position {
  return {
    field: place.field ?? null,
    asks: place.asks ?? [],
    apart: place.apart ?? 1,
    after: place.after ?? null,
    next,
  };
}

/** Makes what a byte leads to once, so that equal ways meet in the same place. */
function once<P extends Position | null>(make: (byte: number) => P): (byte: number) => P {
  const made = new Map<number, P>();
  return (byte) => {
    const known = made.get(byte);
    if (known !== undefined) return known;
    const place = make(byte);
    made.set(byte, place);
    return place;
  };
}

const nowhere = (): null => null;

/** A text up to its NUL. Asked for only where it is not empty. */
function text(name: string, asks: readonly Asking[], behind: Position | null): Position {
  const field: Field = { name, kind: "text" };
  const inside: Position = position({ field, asks }, (byte) => (byte === 0 ? behind : inside));
  return position({ field }, (byte) => (byte === 0 ? behind : inside));
}

/** A number of two bytes, big-endian, whose value makes no other way. */
function wide(name: string, behind: Position): Position {
  const field: Field = { name, kind: "number" };
  const low = position({ field }, () => behind);
  return position({ field }, () => low);
}

/** A number of two bytes, each value with a way of its own; only values that `make` knows. */
function told(field: Field, most: number, make: (value: number) => Position | null): Position {
  const low = position(
    { field, apart: most + 1 },
    once((byte) => (byte <= most ? make(byte) : null)),
  );
  return position({ field, apart: 1 }, (byte) => (byte === 0 ? low : null));
}

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

const family: Field = { name: "family", kind: "family" };
const type: Field = { name: "type", kind: "type" };

/** Sockets by family and type, and by protocol where the policy says that it tells more. */
export function networkShape(withUnix: boolean): Position {
  return told(family, familyNames.length - 1, (number) => {
    const name = familyNames[number] ?? null;
    if (name === null || (number === unixFamily && !withUnix)) return null;
    const asks: readonly Asking[] = [
      { accessClass: number === unixFamily ? "unix" : "network", bits: allBits("network") },
    ];
    return told(type, socketTypeNames.length - 1, (kind) => {
      if ((socketTypeNames[kind] ?? null) === null) return null;
      const protocol: Field = { name: "protocol", kind: "number" };
      const end = position({ asks }, nowhere);
      const after = { bits: allBits("network"), goesOn: permissionBits.goesOn };
      const low = position({ field: protocol, after }, () => end);
      return position({ field: protocol, asks }, () => low);
    });
  });
}

/** An address of a unix socket: none (1), an abstract name behind a NUL, or a path; then a NUL. */
function address(name: string, behind: Position): Position {
  const field: Field = { name, kind: "address" };
  const end = position({ field }, (byte) => (byte === 0 ? behind : null));
  const inside: Position = position({ field }, (byte) => (byte === 0 ? behind : inside));
  return position({ field, apart: 4 }, (byte) => (byte > 0 && byte < 4 ? end : inside));
}

function unix(bits: number): readonly Asking[] {
  return [{ accessClass: "unix", bits }];
}

/** Unix sockets as kernels with `network_v9` mediate them, from their family on. */
export const unixShape: Position = told(family, unixFamily, (number) => (number === unixFamily ? unixTypes() : null));

function unixTypes(): Position {
  const peer = address(
    "peer_addr",
    text("peer_label", unix(socketBits.connect | socketBits.send | socketBits.receive), null),
  );
  const backlog = wide("backlog", position({ asks: unix(socketBits.listen) }, nowhere));
  const option = wide("option", position({ asks: unix(socketBits.getopt | socketBits.setopt) }, nowhere));
  const own = socketBits.bind | socketBits.accept | socketBits.shutdown | socketBits.getattr | socketBits.setattr;
  const commands: ReadonlyMap<number, Position> = new Map([
    [1, peer],
    [2, backlog],
    [4, option],
  ]);
  const local = position({ asks: unix(own), apart: 5 }, (byte) => commands.get(byte) ?? null);
  // Between the address and what is asked a label may stand; kernels of today leave it empty.
  const label = position({}, (byte) => (byte === 0 ? local : null));
  const addressed = address("addr", label);
  return told(type, socketTypeNames.length - 1, (kind) => {
    if (!["stream", "dgram", "seqpacket"].includes(socketTypeNames[kind] ?? "")) return null;
    // With its protocol a socket is made; with the address behind it all else is asked.
    const made = position({ ...addressed, asks: unix(socketBits.create) }, (byte) => addressed.next(byte));
    return wide("protocol", made);
  });
}

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
