import { permissionNames, type WalkedClass } from "./access-classes.ts";
import type { AccessDifference, Witness } from "./access-difference.ts";
import type { Position } from "./positions.ts";
import { execTransition, permissionBits, type ExecTransition, type Permissions } from "./permissions.ts";
import { walkTogether, type Meeting } from "./product-walk.ts";
import type { PolicyDatabase } from "./policy-database.ts";
import { readWitness } from "./read-witness.ts";
import type { RuleStart } from "./rules-of-profile.ts";

/** Witnesses that are told of one difference; sockets have at most some hundred kinds, which are told all. */
const mostWitnesses = 8;
const mostSockets = 400;

interface Found {
  readonly difference: Omit<AccessDifference, "witness" | "furtherWitnesses" | "isCut">;
  readonly witnesses: Witness[];
  isCut: boolean;
}

/** Gathers differences; those that say the same of other accesses become its witnesses. */
export class Differences {
  readonly #found = new Map<string, Found>();
  readonly #isOneEnough: boolean;
  #hasAny = false;

  /** `isOneEnough`: it is asked only whether there is any difference. */
  constructor(isOneEnough = false) {
    this.#isOneEnough = isOneEnough;
  }

  /** It is asked only whether there is any: what it is and where it shows need not be told. */
  get isOneEnough(): boolean {
    return this.#isOneEnough;
  }

  /** Nothing more is to be looked for. */
  get isEnough(): boolean {
    return this.#isOneEnough && !this.isEmpty;
  }

  /** There is a difference, whatever it is. */
  addAny(): void {
    this.#hasAny = true;
  }

  add(difference: Found["difference"], witness: () => Witness): void {
    const { exec } = difference;
    const key = JSON.stringify([difference, exec]);
    const known = this.#found.get(key) ?? { difference, witnesses: [], isCut: false };
    this.#found.set(key, known);
    const most = difference.class === "network" ? mostSockets : mostWitnesses;
    if (known.witnesses.length < most) known.witnesses.push(witness());
    else known.isCut = true;
  }

  get isEmpty(): boolean {
    return !this.#hasAny && this.#found.size === 0;
  }

  all(): AccessDifference[] {
    return [...this.#found.values()].flatMap(({ difference, witnesses, isCut }) => {
      const [witness, ...furtherWitnesses] = witnesses;
      return witness === undefined ? [] : [{ ...difference, witness, furtherWitnesses, isCut }];
    });
  }
}

/** Compares two sets of rules wherever the kernel could ask them. */
export function compareRules(first: RuleStart, second: RuleStart, shape: Position, into: Differences): void {
  if (isSameStart(first, second)) return;
  const known = new KnownSayings();
  const isWhole = walkTogether(first, second, shape, (meeting) => {
    compareMeeting(meeting, shape, known, into);
    return !into.isEnough;
  });
  if (isWhole) return;
  const undecided = {
    class: classOfShape(shape),
    change: "undecided",
    aspect: "allowed",
    permissions: [],
    subject: "anyone",
    exec: null,
  } as const;
  into.add(undecided, () => ({ fields: {}, bytes: [] }));
}

function classOfShape(shape: Position): WalkedClass {
  return (shape.asks[0] ?? shape.next(0x61)?.asks[0])?.accessClass ?? "other";
}

/** Rules that begin alike in the same bytes mean the same: most of a profile, where one rule differs. */
function isSameStart(first: RuleStart, second: RuleStart): boolean {
  if (first.kind !== "rules" || second.kind !== "rules") return first.kind === second.kind;
  return first.state === second.state && isSameDatabase(first.database, second.database);
}

/** What was found of two databases: each class of the same two profiles asks again. */
const knownPairs = new WeakMap<PolicyDatabase, WeakMap<PolicyDatabase, boolean>>();

function isSameDatabase(first: PolicyDatabase, second: PolicyDatabase): boolean {
  const ofFirst = knownPairs.get(first) ?? new WeakMap<PolicyDatabase, boolean>();
  knownPairs.set(first, ofFirst);
  const known = ofFirst.get(second);
  if (known !== undefined) return known;
  const isSame =
    sameNumbers(first.automaton.bytes, second.automaton.bytes) &&
    sameNumbers(first.ownerPlaces, second.ownerPlaces) &&
    sameNumbers(first.otherPlaces, second.otherPlaces) &&
    JSON.stringify([first.permissions, first.transitions]) === JSON.stringify([second.permissions, second.transitions]);
  ofFirst.set(second, isSame);
  return isSame;
}

function sameNumbers(first: Uint8Array | Uint32Array, second: Uint8Array | Uint32Array): boolean {
  if (first === second) return true;
  if (first.length !== second.length) return false;
  for (let index = 0; index < first.length; index++) if (first[index] !== second[index]) return false;
  return true;
}

function compareMeeting(meeting: Meeting, shape: Position, known: KnownSayings, into: Differences): void {
  const owner = known.of(meeting, meeting.owner);
  const isOneForAll = meeting.owner.every((permissions, side) => permissions === meeting.other[side]);
  const other = isOneForAll ? owner : known.of(meeting, meeting.other);
  if (into.isOneEnough) {
    if (owner.length > 0 || other.length > 0) into.addAny();
    return;
  }
  const both = owner.filter((one) => other.some((same) => isSameSaid(one, same)));
  const witness = (): Witness => readWitness(shape, meeting.way());
  for (const one of both) into.add({ ...told(one), subject: "anyone" }, witness);
  for (const one of owner) if (!both.includes(one)) into.add({ ...told(one), subject: "owner" }, witness);
  for (const one of other) {
    if (!both.some((same) => isSameSaid(one, same))) into.add({ ...told(one), subject: "others" }, witness);
  }
}

/** Of many states two profiles say the same: what differs there is found once. */
class KnownSayings {
  readonly #known = new Map<Position, Map<Permissions, Map<Permissions, readonly Said[]>>>();

  of(meeting: Meeting, both: readonly [Permissions, Permissions]): readonly Said[] {
    // What was settled on the way differs from way to way.
    if (meeting.settled[0] !== 0 || meeting.settled[1] !== 0) return saidOf(meeting, both);
    const byFirst = this.#known.get(meeting.position) ?? new Map<Permissions, Map<Permissions, readonly Said[]>>();
    this.#known.set(meeting.position, byFirst);
    const bySecond = byFirst.get(both[0]) ?? new Map<Permissions, readonly Said[]>();
    byFirst.set(both[0], bySecond);
    const said = bySecond.get(both[1]) ?? saidOf(meeting, both);
    bySecond.set(both[1], said);
    return said;
  }
}

/** What one profile says and the other does not. */
interface Said {
  readonly class: WalkedClass;
  readonly change: "gained" | "lost";
  readonly aspect: "allowed" | "audited" | "quiet";
  readonly bits: number;
  readonly exec: ExecTransition | null;
}

function told({ class: accessClass, change, aspect, bits, exec }: Said): Omit<Found["difference"], "subject"> {
  return { class: accessClass, change, aspect, permissions: permissionNames(accessClass, bits), exec };
}

function isSameSaid(first: Said, second: Said): boolean {
  return (
    first.class === second.class &&
    first.change === second.change &&
    first.aspect === second.aspect &&
    first.bits === second.bits &&
    JSON.stringify(first.exec) === JSON.stringify(second.exec)
  );
}

function saidOf(meeting: Meeting, [first, second]: readonly [Permissions, Permissions]): Said[] {
  const [settledA, settledB] = meeting.settled;
  if (first === second && settledA === settledB) return [];
  const [allowA, allowB] = [(first.allow & ~first.deny) | settledA, (second.allow & ~second.deny) | settledB];
  const found: Said[] = [];
  const { asks, defers } = meeting.position;
  const decided = decidedBits(first, allowA, defers) & decidedBits(second, allowB, defers);
  for (const { accessClass, bits: asked } of asks) {
    const bits = asked & decided;
    const add = (aspect: Said["aspect"], before: number, after: number): void => {
      const [gained, lost] = [after & ~before & bits, before & ~after & bits];
      if (lost !== 0) found.push(changed(accessClass, "lost", aspect, lost, first, meeting.transitions[0]));
      if (gained !== 0) found.push(changed(accessClass, "gained", aspect, gained, second, meeting.transitions[1]));
    };
    add("allowed", allowA, allowB);
    add("audited", first.audit & allowA, second.audit & allowB);
    // A refusal is only quieter than a refusal.
    const refused = ~allowA & ~allowB;
    add("quiet", first.quiet & refused, second.quiet & refused);
    if (accessClass === "file" && (allowA & allowB & bits & permissionBits.exec) !== 0) {
      found.push(...execChange(first, second, meeting.transitions));
    }
  }
  return found;
}

/** What is said finally here: everything, or only what is allowed where the kernel would walk on for the rest. */
function decidedBits({ allow }: Permissions, allowed: number, defers: number): number {
  return defers !== 0 && (allow & defers) !== 0 ? allowed : ~0;
}

function changed(
  accessClass: WalkedClass,
  change: Said["change"],
  aspect: Said["aspect"],
  bits: number,
  permissions: Permissions,
  transitions: readonly string[],
): Said {
  const isExec = accessClass === "file" && aspect === "allowed" && (bits & permissionBits.exec) !== 0;
  const exec = isExec ? execTransition(permissions.xindex, transitions) : null;
  return { class: accessClass, change, aspect, bits, exec };
}

/** An exec that both allow and that leads elsewhere. */
function execChange(
  first: Permissions,
  second: Permissions,
  [transitionsA, transitionsB]: Meeting["transitions"],
): Said[] {
  const before = execTransition(first.xindex, transitionsA);
  const after = execTransition(second.xindex, transitionsB);
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const same = { class: "file", aspect: "allowed", bits: permissionBits.exec } as const;
  return [
    { ...same, change: "lost", exec: before },
    { ...same, change: "gained", exec: after },
  ];
}
