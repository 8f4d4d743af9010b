import type { Position } from "./positions.ts";
import { deadState, type Automaton } from "./automaton.ts";
import { allPermissions, noPermissions, type Permissions } from "./permissions.ts";
import { permissionsAt } from "./policy-database.ts";
import type { RuleStart } from "./rules-of-profile.ts";

/** One side of a walk: where a profile stands, or that it does not mediate what is walked. */
class Side {
  readonly #start: RuleStart;
  readonly #automaton: Automaton | null;
  readonly first: number;

  constructor(start: RuleStart) {
    this.#start = start;
    this.#automaton = start.kind === "rules" ? start.database.automaton : null;
    this.first = start.kind === "rules" ? start.state : deadState;
  }

  next(state: number, byte: number): number {
    return this.#automaton === null || state === deadState ? deadState : this.#automaton.next(state, byte);
  }

  /** Marks the bytes that lead from a state elsewhere than the rest. */
  mark(state: number, marks: Uint8Array): void {
    if (this.#automaton === null || state === deadState) return;
    if (this.#automaton.hasClasses) marks.fill(1);
    else this.#automaton.markTold(state, marks);
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
  readonly a: number;
  readonly b: number;
  readonly settledA: number;
  readonly settledB: number;
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
  const [sideA, sideB] = sides;
  const isBothRules = first.kind === "rules" && second.kind === "rules";
  const bytes = new Representatives(sides);
  const seen = new SeenPlaces();
  const start: Node = {
    position: shape,
    a: sideA.first,
    b: sideB.first,
    settledA: 0,
    settledB: 0,
    from: null,
    byte: -1,
  };
  seen.isNew(start.position, start.a, start.b, 0, 0);
  const queue = [start];
  // The queue grows while it is walked.
  for (const node of queue) {
    if (node.position.asks.length > 0 && !meet(meetingAt(node, sides))) return true;
    // Two dead automata say nothing more, unless what is not mediated meets what is dead.
    if (sideA.isSettled(node.a) && sideB.isSettled(node.b) && first.kind === second.kind) continue;
    if (queue.length > mostNodes) return false;
    let lastPosition: Position | null = null;
    let lastA = -1;
    let lastB = -1;
    for (const byte of bytes.of(node)) {
      const position = node.position.next(byte);
      if (position === null) continue;
      const left = position.after === null ? node : leave(node, position.after, sides);
      const a = sideA.next(left.a, byte);
      const b = sideB.next(left.b, byte);
      // Most bytes lead where the byte before led.
      if (a === lastA && b === lastB && position === lastPosition) continue;
      lastPosition = position;
      lastA = a;
      lastB = b;
      const { settledA, settledB } = left;
      // Both are dead, and neither was told anything on the way that the other was not.
      if (a === deadState && b === deadState && isBothRules && settledA === settledB) continue;
      if (!seen.isNew(position, a, b, settledA, settledB)) continue;
      queue.push({ position, a, b, settledA, settledB, from: node, byte });
    }
  }
  return true;
}

/** Where a walk has been: by position, the pairs of states. */
class SeenPlaces {
  readonly #all = new Map<Position, Set<number | string>>();
  #position: Position | null = null;
  #pairs = new Set<number | string>();

  isNew(position: Position, a: number, b: number, settledA: number, settledB: number): boolean {
    if (position !== this.#position) {
      const pairs = this.#all.get(position) ?? new Set();
      this.#all.set(position, pairs);
      this.#position = position;
      this.#pairs = pairs;
    }
    // States are fewer than 2 ** 24, so that two of them fit into a number that is exact.
    const key = settledA === 0 && settledB === 0 ? a * 0x100_0000 + b : `${a} ${b} ${settledA} ${settledB}`;
    const before = this.#pairs.size;
    return this.#pairs.add(key).size > before;
  }
}

/** What holds on where the kernel asked before it walked on: what it settled, and who it walks on with. */
function leave(
  node: Node,
  { bits, goesOn }: NonNullable<Position["after"]>,
  [sideA, sideB]: readonly [Side, Side],
): Pick<Node, "a" | "b" | "settledA" | "settledB"> {
  const [allowedA, allowedB] = [sideA.permissions(node.a, false).allow, sideB.permissions(node.b, false).allow];
  return {
    a: (allowedA & goesOn) === 0 ? deadState : node.a,
    b: (allowedB & goesOn) === 0 ? deadState : node.b,
    settledA: node.settledA | (allowedA & bits),
    settledB: node.settledB | (allowedB & bits),
  };
}

function meetingAt(node: Node, [sideA, sideB]: readonly [Side, Side]): Meeting {
  const { a, b } = node;
  return {
    position: node.position,
    owner: [sideA.permissions(a, true), sideB.permissions(b, true)],
    other: [sideA.permissions(a, false), sideB.permissions(b, false)],
    settled: [node.settledA, node.settledB],
    transitions: [sideA.transitions, sideB.transitions],
    way: () => wayTo(node),
  };
}

function wayTo(end: Node): Uint8Array {
  const bytes: number[] = [];
  for (let node: Node | null = end; node?.from; node = node.from) bytes.push(node.byte);
  return Uint8Array.from(bytes.toReversed());
}

/** Which bytes are to be tried: all that one of the two automata or the position tells from the rest, and one of the rest. */
class Representatives {
  readonly #sides: readonly [Side, Side];
  readonly #marks = new Uint8Array(256);

  constructor(sides: readonly [Side, Side]) {
    this.#sides = sides;
  }

  /** The bytes to try from a node, those first that a person reads most easily. */
  of({ position: { apart, field }, a, b }: Node): number[] {
    const [sideA, sideB] = this.#sides;
    const marks = this.#marks.fill(0);
    sideA.mark(a, marks);
    sideB.mark(b, marks);
    marks.fill(1, 0, apart);
    const found: number[] = [];
    let hasRest = false;
    for (const byte of field?.kind === "number" || field?.kind === "ip" ? byNumber : byReadability) {
      if (marks[byte] === 1) found.push(byte);
      else if (!hasRest) {
        hasRest = true;
        found.push(byte);
      }
    }
    return found;
  }
}

const easy = "abcdefghijklmnopqrstuvwxyz0123456789_-./ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const byNumber = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const byReadability = Uint8Array.from(
  new Set([
    ...Array.from(easy, (sign) => sign.charCodeAt(0)),
    ...Array.from({ length: 94 }, (_, index) => index + 33),
    ...byNumber,
  ]),
);
