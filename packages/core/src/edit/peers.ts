import { checkPeerWish, type DesignFile, type PeerWish } from "../design/index.ts";
import { accept, refuse } from "./answer.ts";
import type { EditOutcome } from "./edit-outcome.ts";
import { itemAdded, itemChanged, itemRemoved, openList } from "./json-list.ts";

/** What a person says of a peer; the id is given when it is added. */
export type PeerDraft = Omit<PeerWish, "id">;

/** Adds a peer at the end of the list of `hauberk.json`; the outcome's text holds it under a fresh id. */
export function addPeer(file: DesignFile, draft: PeerDraft): EditOutcome {
  const opened = openList(file, "peers");
  if (!opened.ok) return opened;
  const wish: PeerWish = { id: freshPeerId(new Set(opened.config.peers.map((peer) => peer.id))), ...draft };
  const check = checkPeerWish(wish);
  if (!check.ok) return check;
  return accept(file, `add peer ${nameOfPeer(wish)}`, itemAdded(opened, ordered(wish)));
}

/** Changes what is said of a peer; values that stay keep their text. A note or interface set to undefined goes. */
export function changePeer(file: DesignFile, id: string, to: Partial<PeerDraft>): EditOutcome {
  const opened = openList(file, "peers");
  if (!opened.ok) return opened;
  const index = opened.config.peers.findIndex((peer) => peer.id === id);
  const before = opened.config.peers[index];
  if (before === undefined) return refuse(`there is no peer \`${id}\` in ${file.path}`);
  const after: PeerWish = { ...before, ...to };
  const check = checkPeerWish(after);
  if (!check.ok) return check;
  const changed = wishKeys.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]] as const);
  return accept(file, `change peer ${nameOfPeer(after)}`, itemChanged(opened, index, new Map(changed)));
}

/** Takes a peer out of `hauberk.json`. */
export function removePeer(file: DesignFile, id: string): EditOutcome {
  const opened = openList(file, "peers");
  if (!opened.ok) return opened;
  const index = opened.config.peers.findIndex((peer) => peer.id === id);
  const peer = opened.config.peers[index];
  if (peer === undefined) return refuse(`there is no peer \`${id}\` in ${file.path}`);
  return accept(file, `remove peer ${nameOfPeer(peer)}`, itemRemoved(opened, index));
}

const wishKeys = ["profile", "direction", "protocol", "address", "port", "interface", "note"] as const;

/** The keys in the order that a reader expects; what is not said is not written. */
function ordered({ id, profile, direction, protocol, address, port, interface: by, note }: PeerWish): PeerWish {
  return {
    id,
    profile,
    direction,
    protocol,
    address,
    port,
    ...(by === undefined ? {} : { interface: by }),
    ...(note === undefined ? {} : { note }),
  };
}

/** An id for a new peer that no other has. */
export function freshPeerId(taken: ReadonlySet<string>): string {
  for (let number = taken.size + 1; ; number += 1) if (!taken.has(`peer-${number}`)) return `peer-${number}`;
}

function nameOfPeer({ address, protocol, port }: PeerWish): string {
  return port === null ? `${address} ${protocol}` : `${address} ${protocol} ${port}`;
}
