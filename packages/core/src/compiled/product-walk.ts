import type { Position } from "./access-shapes.ts";
import { deadState } from "./automaton.ts";
import { allPermissions, noPermissions, type Permissions } from "./permissions.ts";
import { permissionsAt } from "./policy-database.ts";
import type { RuleStart } from "./rules-of-profile.ts";

/** One side of a walk: where a profile stands, or that it does not mediate what is walked. */
class Side {
  readonly #start: RuleStart;
  readonly first: number;

  constructor(start: RuleStart) {
    this.#start = start;
    this.first = start.kind === "rules" ? start.state : deadState;
  }

  next(state: number, byte: number): number {
    return this.#start.kind === "rules" && state !== deadState
      ? this.#start.database.automaton.next(state, byte)
      : deadState;
  }

  classOf(byte: number): number {
    return this.#start.kind === "rules" ? this.#start.database.automaton.classOf(byte) : 0;
  }

  permissions(state: number, isOwner: boolean): Permissions {
    if (this.#start.kind === "open") return allPermissions;
    return this.#start.kind === "closed" ? noPermissions : permissionsAt(this.#start.database, state, isOwner);
  }

  get transitions(): readonly string[] {
    return this.#start.kind === "rules" ? this.#start.database.transitions : [];
  }

  /** Nothing else is said from here on, whatever follows. */
  isSettled(state: number): boolean {
    return this.#start.kind !== "rules" || state === deadState;
  }
}

/** What both profiles say at a place where the kernel asks. */
export interface Meeting {
  readonly position: Position;
  /** The first profile's, and the second's; of files to the owner, and to others. */
  readonly owner: readonly [Permissions, Permissions];
  readonly other: readonly [Permissions, Permissions];
  /** Bits that were allowed at an earlier place of the walk, and hold on. */
  readonly settled: readonly [number, number];
  readonly transitions: readonly [readonly string[], readonly string[]];
  /** The bytes that lead here: of all ways to what both say here one of the shortest. */
  way(): Uint8Array;
}

interface Node {
  readonly position: Position;
  readonly states: readonly [number, number];
  readonly settled: readonly [number, number];
  readonly from: Node | null;
  readonly byte: number;
}

/** Places of two automata together that a walk looks at before it gives up. Debian's largest profile needs a tenth. */
const mostNodes = 400_000;

/**
 * Walks two sets of rules side by side, breadth first, through everything that the kernel could ask, and tells what both say
 * wherever it asks, until `meet` answers that it has heard enough. The answer is false where there was more than could be
 * looked at.
 */
export function walkTogether(
  first: RuleStart,
  second: RuleStart,
  shape: Position,
  meet: (meeting: Meeting) => boolean,
): boolean {
  const sides: readonly [Side, Side] = [new Side(first), new Side(second)];
  const bothRules = first.kind === "rules" && second.kind === "rules";
  const bytes = new Representatives(sides);
  const seen = new Map<Position, Set<number | string>>();
  const queue: Node[] = [];
  const add = (node: Node): void => {
    const known = seen.get(node.position) ?? new Set();
    const [a, b] = node.states;
    const [settledA, settledB] = node.settled;
    const plain = settledA === 0 && settledB === 0;
    // Two numbers below 2 ** 24 and their automata's sizes fit into one that is exact.
    const key = plain ? a * 0x400_0000 + b : `${a} ${b} ${settledA} ${settledB}`;
    if (known.has(key)) return;
    seen.set(node.position, known.add(key));
    queue.push(node);
  };
  add({ position: shape, states: [sides[0].first, sides[1].first], settled: [0, 0], from: null, byte: -1 });
  for (let index = 0; index < queue.length; index++) {
    const node = queue[index];
    if (node === undefined) break;
    if (node.position.asks.length > 0 && !meet(meetingAt(node, sides))) return true;
    const [a, b] = node.states;
    // Two dead automata say nothing more, unless what is not mediated meets what is dead.
    if (sides[0].isSettled(a) && sides[1].isSettled(b) && first.kind === second.kind) continue;
    if (queue.length > mostNodes) return false;
    for (const byte of bytes.of(node.position)) {
      const position = node.position.next(byte);
      if (position === null) continue;
      const left = leave(node, position, sides);
      const a = sides[0].next(left.states[0], byte);
      const b = sides[1].next(left.states[1], byte);
      // Both are dead, and neither was told anything on the way that the other was not.
      if (a === deadState && b === deadState && bothRules && left.settled[0] === left.settled[1]) continue;
      add({ position, states: [a, b], settled: left.settled, from: node, byte });
    }
  }
  return true;
}

/** What holds on where the kernel asked before it walked on: what it settled, and who it walks on with. */
function leave(node: Node, to: Position, sides: readonly [Side, Side]): Pick<Node, "states" | "settled"> {
  const { after } = to;
  if (after === null) return node;
  const [a, b] = node.states;
  const [allowedA, allowedB] = [sides[0].permissions(a, false).allow, sides[1].permissions(b, false).allow];
  return {
    states: [(allowedA & after.goesOn) === 0 ? deadState : a, (allowedB & after.goesOn) === 0 ? deadState : b],
    settled: [node.settled[0] | (allowedA & after.bits), node.settled[1] | (allowedB & after.bits)],
  };
}

function meetingAt(node: Node, sides: readonly [Side, Side]): Meeting {
  const [a, b] = node.states;
  return {
    position: node.position,
    owner: [sides[0].permissions(a, true), sides[1].permissions(b, true)],
    other: [sides[0].permissions(a, false), sides[1].permissions(b, false)],
    settled: node.settled,
    transitions: [sides[0].transitions, sides[1].transitions],
    way: () => wayTo(node),
  };
}

function wayTo(end: Node): Uint8Array {
  const bytes: number[] = [];
  for (let node: Node | null = end; node?.from; node = node.from) bytes.push(node.byte);
  return Uint8Array.from(bytes.toReversed());
}

/** Bytes that stand for all that no automaton tells apart; of each set the one that a person reads most easily. */
class Representatives {
  readonly #sides: readonly [Side, Side];
  readonly #made = new Map<number, readonly number[]>();

  constructor(sides: readonly [Side, Side]) {
    this.#sides = sides;
  }

  /** One of each set, where bytes below the position's `apart` are sets of their own. */
  of({ apart, field }: Position): readonly number[] {
    const isNumber = field?.kind === "number";
    const known = this.#made.get(isNumber ? -apart : apart);
    if (known !== undefined) return known;
    const sets = new Map<number, number>();
    for (const byte of isNumber ? byNumber : byReadability) {
      const set = byte < apart ? -1 - byte : this.#sides[0].classOf(byte) * 256 + this.#sides[1].classOf(byte);
      if (!sets.has(set)) sets.set(set, byte);
    }
    const found = [...sets.values()];
    this.#made.set(isNumber ? -apart : apart, found);
    return found;
  }
}

const easy = "abcdefghijklmnopqrstuvwxyz0123456789_-./ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const byNumber: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte);
const byReadability: readonly number[] = [
  ...new Set([
    ...Array.from(easy, (sign) => sign.charCodeAt(0)),
    ...Array.from({ length: 94 }, (_, index) => index + 33),
    ...byNumber,
  ]),
];
