import { allBits, socketBits } from "./access-classes.ts";
import { familyNames, socketTypeNames, unixFamily } from "./kernel-numbers.ts";
import { permissionBits } from "./permissions.ts";
import { nowhere, position, text, told, wide, type Asking, type Field, type Position } from "./positions.ts";

const family: Field = { name: "family", kind: "family" };
const type: Field = { name: "type", kind: "type" };

const peerBits = socketBits.connect | socketBits.send | socketBits.receive;
const ownBits = socketBits.bind | socketBits.accept | socketBits.shutdown | socketBits.getattr | socketBits.setattr;
const optionBits = socketBits.getopt | socketBits.setopt;

/** Families whose addresses a policy may tell apart. */
const withAddresses = new Set(["inet", "inet6"]);

/**
 * Sockets by family and type. Where the policy says that it tells more, the kernel walks on: with the protocol, and with the
 * addresses of inet where a kernel mediates them (`af_inet` in its features; none of Debian's does).
 */
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
      const end = withAddresses.has(name)
        ? { ...inetAddresses, asks: network(socketBits.create) }
        : position({ asks }, nowhere);
      const low = position({ field: protocol, after: early }, () => end);
      return position({ field: protocol, asks, defers: permissionBits.goesOn }, () => low);
    });
  });
}

/** What an early answer settles, and the bit without which it is the last. */
const early = { bits: allBits("network"), goesOn: permissionBits.goesOn } as const;

function network(bits: number): readonly Asking[] {
  return [{ accessClass: "network", bits }];
}

/** How an address of inet is told: none, four bytes, or sixteen. */
const addressSizes = [0, 4, 16] as const;

/** A port and an address with the NUL behind it; then `behind`. */
function inetAddress(prefix: string, behind: Position): Position {
  const ip: Field = { name: `${prefix}ip`, kind: "ip" };
  const places = addressSizes.map((size) => {
    let place = position({}, (byte) => (byte === 0 ? behind : null));
    for (let left = size; left > 0; left--) {
      const next = place;
      place = position({ field: ip }, () => next);
    }
    return place;
  });
  const sized = position({ apart: addressSizes.length }, (byte) => places[byte] ?? null);
  return wide(`${prefix}port`, sized);
}

/** An address that answers early; then a label that kernels of today leave empty, and `behind`. */
function answering(prefix: string, bits: number, behind: Position): Position {
  const final: Position = { ...behind, asks: [...behind.asks, ...network(bits)], after: null };
  const label = position({ asks: network(bits), defers: permissionBits.goesOn }, (byte) =>
    byte === 0 ? entered : null,
  );
  const entered: Position = { ...final, after: early };
  return inetAddress(prefix, label);
}

/** What follows an address: nothing else than these commands. */
function commands(places: Readonly<Record<number, Position>>): Position {
  return position({ apart: 5 }, (byte) => places[byte] ?? null);
}

const inetEnd = position({}, nowhere);
const inetLocal = answering(
  "",
  ownBits | socketBits.listen | optionBits,
  commands({
    2: wide("backlog", position({ asks: network(socketBits.listen) }, nowhere)),
    4: wide("level", wide("option", position({ asks: network(optionBits) }, nowhere))),
  }),
);
const inetPeer = answering("peer_", peerBits, commands({ 1: secondAddress() }));

/** The socket's own address behind that of its peer. */
function secondAddress(): Position {
  const local = answering("", peerBits, inetEnd);
  return position({ apart: 3 }, (byte) => (byte < 2 ? local : null));
}

/** Which address comes first: the socket's own, its own with a port that asks for a capability, or that of its peer. */
const inetAddresses: Position = position({ apart: 3 }, (byte) => (byte === 2 ? inetPeer : byte < 2 ? inetLocal : null));

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
  const peer = address("peer_addr", text("peer_label", unix(peerBits), null));
  const backlog = wide("backlog", position({ asks: unix(socketBits.listen) }, nowhere));
  const option = wide("option", position({ asks: unix(optionBits) }, nowhere));
  const commandPlaces: ReadonlyMap<number, Position> = new Map([
    [1, peer],
    [2, backlog],
    [4, option],
  ]);
  const local = position({ asks: unix(ownBits), apart: 5 }, (byte) => commandPlaces.get(byte) ?? null);
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
