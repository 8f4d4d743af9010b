import {
  addressWordRanges,
  peerWishProblem,
  readPeerAddress,
  readPorts,
  type PeerAddress,
  type PeerWish,
  type PortRange,
} from "../design/index.ts";
import { peerProtocolNamed, type PeerProtocol } from "../vocabulary/index.ts";

/** The addresses of one IP version that a wish means. */
export type FamilyAddresses =
  | { readonly kind: "any" }
  /** Addresses and ranges in canonical form, none of them in another. */
  | { readonly kind: "ranges"; readonly ranges: readonly string[] }
  /** Those that a host name has when it is looked up. */
  | { readonly kind: "name"; readonly name: string };

/** A wish, read: what generators write rules from. Everything in it is of a form that no language reads otherwise. */
export interface PeerMatch {
  readonly wish: PeerWish;
  readonly protocol: PeerProtocol;
  readonly address: PeerAddress;
  /** The addresses by IP version; a version that the wish can't mean is missing. */
  readonly families: ReadonlyMap<4 | 6, FamilyAddresses>;
  /** Sorted, without overlaps; null for any. */
  readonly ports: readonly PortRange[] | null;
  readonly connects: boolean;
  readonly listens: boolean;
}

/** The wish as a match, or why it is none. */
export type PeerMatchReading =
  | { readonly ok: true; readonly match: PeerMatch }
  | { readonly ok: false; readonly reason: string };

/** Reads a wish of `hauberk.json`. */
export function readPeerMatch(wish: PeerWish): PeerMatchReading {
  const problem = peerWishProblem(wish);
  if (problem !== null) return { ok: false, reason: problem.reason };
  const reading = readPeerAddress(wish.address);
  if (!reading.ok) return reading;
  const ports = readPorts(wish.port);
  if (ports === undefined) return { ok: false, reason: "the ports can't be read" };
  const protocol = peerProtocolNamed(wish.protocol);
  const families = new Map(
    ([4, 6] as const).flatMap((family) => {
      const addresses = addressesOf(reading.address, family);
      return addresses === null || (protocol.family ?? family) !== family ? [] : [[family, addresses] as const];
    }),
  );
  return {
    ok: true,
    match: {
      wish,
      protocol,
      address: reading.address,
      families,
      ports: ports === null ? null : mergedPorts(ports),
      connects: wish.direction !== "listen",
      listens: wish.direction !== "connect",
    },
  };
}

function addressesOf(address: PeerAddress, family: 4 | 6): FamilyAddresses | null {
  if (address.kind === "name") return { kind: "name", name: address.name };
  if (address.kind === "ip") {
    if (address.range.family !== family) return null;
    return address.range.prefix === 0 ? { kind: "any" } : { kind: "ranges", ranges: [address.text] };
  }
  if (address.word === "any") return { kind: "any" };
  return {
    kind: "ranges",
    ranges: addressWordRanges[address.word].filter((range) => range.includes(":") === (family === 6)),
  };
}

function mergedPorts(ports: readonly PortRange[]): PortRange[] {
  const merged: PortRange[] = [];
  for (const { low, high } of ports.toSorted((a, b) => a.low - b.low)) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last.high + 1)
      merged[merged.length - 1] = { low: last.low, high: Math.max(last.high, high) };
    else merged.push({ low, high });
  }
  return merged;
}

/** `80` or `8000-8010`. */
export function portText({ low, high }: PortRange): string {
  return low === high ? String(low) : `${low}-${high}`;
}

/** True where every address is meant, of one IP version at least. */
export function isOpenToAll({ families }: PeerMatch): boolean {
  return [...families.values()].some(({ kind }) => kind === "any");
}

/** True where only addresses of the machine itself are meant. */
export function isLoopback({ address }: PeerMatch): boolean {
  if (address.kind === "word") return address.word === "loopback";
  if (address.kind === "name") return false;
  const { range } = address;
  return range.family === 4 ? range.bytes[0] === 127 && range.prefix >= 8 : address.text === "::1";
}
