import type { CompanionKind, PeerWish } from "../design/index.ts";
import type { Hold } from "./companion.ts";
import { arrivesByPort, nameSets } from "./nft-table.ts";
import type { Owner } from "./owner.ts";
import { isOpenToAll, type PeerMatch } from "./peer-match.ts";
import type { SystemdPlan } from "./systemd-drop-in.ts";

/** What a wish says that can be held or not, in the order in which people ask. */
export const facets = ["address", "peerPort", "ownPort", "interface", "direction"] as const;

export type Facet = (typeof facets)[number];

/** A facet in the middle of a sentence. */
const facetWords: Readonly<Record<Facet, string>> = {
  address: "the address",
  peerPort: "the peer's port",
  ownPort: "its own port",
  interface: "the interface",
  direction: "who begins",
};

/** What a kind of companion holds of a wish, and what has to be added in words. */
export interface Holding {
  readonly held: ReadonlySet<Facet>;
  readonly remarks: readonly string[];
}

/** The facets that a wish has: what it leaves open, nobody has to hold. */
export function facetsOf(match: PeerMatch): Facet[] {
  const { connects, listens, ports, wish } = match;
  return facets.filter(
    (facet) =>
      ({
        address: !isOpenToAll(match),
        peerPort: connects && ports !== null,
        ownPort: listens && ports !== null,
        interface: wish.interface !== undefined,
        direction: !(connects && listens),
      })[facet],
  );
}

/** What the drop-in holds of a wish. systemd.resource-control(5) says what each setting is; here nothing of it is proven. */
export function systemdHolding(match: PeerMatch, plan: SystemdPlan, all: readonly PeerMatch[]): Holding {
  const held = new Set<Facet>();
  const remarks: string[] = [];
  if (plan.addresses !== null) {
    held.add("address");
    if (all.length > 1) remarks.push("Every address of the service's peers is open at every port, both ways.");
  } else if (!isOpenToAll(match) && plan.whyNoAddresses !== null) {
    remarks.push(`No address is held: ${plan.whyNoAddresses}.`);
  }
  if (match.listens) held.add("ownPort");
  if (match.wish.interface !== undefined && plan.interfaces !== null) held.add("interface");
  if (match.wish.interface !== undefined && plan.interfaces === null) {
    remarks.push(
      "The interface is not held: another peer of the service names none, and systemd has one list for all.",
    );
  }
  if (!match.listens && plan.binds.length === 0) held.add("direction");
  return { held, remarks };
}

/** What the table holds of a wish; each of these is shown by packets in the tests. */
export function nftHolding(match: PeerMatch, owner: Owner): Holding {
  const { listens, protocol, ports } = match;
  const held = new Set<Facet>(facets);
  const remarks: string[] = [];
  if (listens && arrivesByPort(owner)) {
    remarks.push(
      ports === null || !protocol.hasPorts
        ? "What arrives belongs to no user yet, and no port tells it: only the answers are held."
        : "What arrives belongs to no user yet: at this port the table holds for whoever listens there. At other ports only the answers are held, so that single datagrams come in.",
    );
    if (ports === null || !protocol.hasPorts) held.delete("address");
  } else if (listens && !protocol.arrivalHasSocket) {
    remarks.push(
      `The kernel finds the receiver of TCP and UDP alone: what arrives by ${protocol.label} comes in, and only the answers are held.`,
    );
    held.delete("address");
    held.delete("interface");
  }
  const [set] = nameSets([match]);
  if (set !== undefined) {
    remarks.push(
      `The addresses of \`${set.name}\` are looked up when the table is loaded and every five minutes, and stay for an hour: who answers for the name decides who is reached, and until the first answer nobody is.`,
    );
  }
  return { held, remarks };
}

/** A holding in words. */
export function holdOf(match: PeerMatch, { held, remarks }: Holding): Hold {
  const wanted = facetsOf(match);
  const kept = wanted.filter((facet) => held.has(facet));
  const open = wanted.filter((facet) => !held.has(facet));
  const parts = [
    ...(kept.length === 0 ? [] : [`Holds ${inWords(kept)}.`]),
    ...(open.length === 0 ? [] : [`Does not hold ${inWords(open, "or")}.`]),
    ...(wanted.length === 0 ? ["The wish leaves everything open; others are refused."] : []),
    ...remarks,
  ];
  const degree = open.length === 0 ? "whole" : kept.length === 0 ? "nothing" : "part";
  return { degree, words: parts.join(" ") };
}

/** What stays open of a wish when all of these work together. AppArmor holds none of it on the kernels of Debian but who begins. */
export function riskOf(match: PeerMatch, holdings: ReadonlyMap<CompanionKind, Holding>): string {
  const held = new Set([...holdings.values()].flatMap((holding) => [...holding.held]));
  const open = facetsOf(match).filter((facet) => !held.has(facet) && facet !== "direction");
  if (open.length > 0) return `Nobody holds ${inWords(open)}: ${consequence(match.wish, open)}`;
  if (holdings.size === 0) return "Nothing but the kind of socket is held, and that by AppArmor.";
  return "Held whole, once the companion is in place.";
}

function consequence({ direction }: PeerWish, open: readonly Facet[]): string {
  const where = [
    ...(open.includes("address") ? ["every address"] : []),
    ...(open.includes("peerPort") || open.includes("ownPort") ? ["every port"] : []),
    ...(open.includes("interface") ? ["every interface"] : []),
  ];
  const verb = {
    connect: "the program can reach",
    listen: "the program can be reached by",
    both: "the program can speak with",
  }[direction];
  const joined = where.join(" and ");
  return direction === "listen" && !open.includes("address") ? `it can listen at ${joined}.` : `${verb} ${joined}.`;
}

function inWords(list: readonly Facet[], last = "and"): string {
  const words = list.map((facet) => facetWords[facet]);
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1) ?? ""}`;
}
