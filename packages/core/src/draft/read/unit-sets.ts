import { capabilities } from "../../vocabulary/index.ts";
import type { UnitEntry, UnitFile } from "./unit-file.ts";

/** What the lines of a unit leave of something: only what is named, or all but what is named. */
export interface UnitSet {
  readonly kind: "only" | "without";
  /** In AppArmor's spelling, each with the line that says it. */
  readonly names: ReadonlyMap<string, UnitEntry>;
}

/** A word of a line that systemd passes over, or that is read as none of the names. */
export interface UnknownWord {
  readonly entry: UnitEntry;
  readonly word: string;
}

/** A setting whose lines are merged: what they come to, and what of them is not understood. */
export interface UnitSetReading {
  readonly set: UnitSet;
  readonly unknown: readonly UnknownWord[];
}

const all: UnitSet = { kind: "without", names: new Map() };
const none: UnitSet = { kind: "only", names: new Map() };

/** Whether a name is among what is left. */
export function allows({ kind, names }: UnitSet, name: string): boolean {
  return names.has(name) === (kind === "only");
}

/** Whether nothing at all is left. */
export function isNone({ kind, names }: UnitSet): boolean {
  return kind === "only" && names.size === 0;
}

/** What `CapabilityBoundingSet=` leaves. */
export function boundingOf(unit: UnitFile): UnitSetReading {
  return capabilitySet(unit, "CapabilityBoundingSet", all);
}

/** What `AmbientCapabilities=` gives. */
export function ambientOf(unit: UnitFile): UnitSetReading {
  return capabilitySet(unit, "AmbientCapabilities", none);
}

/** What `RestrictAddressFamilies=` leaves, as AppArmor names families: `inet` for `AF_INET`. */
export function familiesOf(unit: UnitFile): UnitSetReading {
  // Null: no line has said yet whether the list is of what is left or of what is taken away.
  let set: UnitSet | null = null;
  let isNothing = false;
  const unknown: UnknownWord[] = [];
  for (const entry of entriesOf(unit, "RestrictAddressFamilies")) {
    if (entry.value === "" || entry.value === "none") {
      set = null;
      isNothing = entry.value === "none";
      continue;
    }
    const { takesAway, names } = wordsOf(entry, familyName, unknown);
    set = merged(set ?? (takesAway ? all : none), entry, names, takesAway);
  }
  return { set: set ?? (isNothing ? none : all), unknown };
}

function entriesOf(unit: UnitFile, key: string): UnitEntry[] {
  return unit.entries.filter((entry) => entry.section === "Service" && entry.key === key);
}

/** Merges as systemd does it: a line without a name, or one that finds the set as it began, says anew what the set is. */
function capabilitySet(unit: UnitFile, key: string, initial: UnitSet): UnitSetReading {
  let set = initial;
  const unknown: UnknownWord[] = [];
  for (const entry of entriesOf(unit, key)) {
    const { takesAway, names } = wordsOf(entry, capabilityName, unknown);
    const isNew = names.length === 0 || (set.kind === initial.kind && set.names.size === 0);
    set = merged(isNew ? (takesAway ? all : none) : set, entry, names, takesAway);
  }
  return { set, unknown };
}

/** One line more adds to what there is, or with `~` takes away from it. */
function merged(set: UnitSet, entry: UnitEntry, names: readonly string[], takesAway: boolean): UnitSet {
  const left = new Map(set.names);
  for (const name of names) {
    if (takesAway === (set.kind === "only")) left.delete(name);
    else left.set(name, entry);
  }
  return { kind: set.kind, names: left };
}

/** The names on a line. Only a `~` before all of them takes away. */
function wordsOf(
  entry: UnitEntry,
  nameOf: (word: string) => string | null,
  unknown: UnknownWord[],
): { readonly takesAway: boolean; readonly names: readonly string[] } {
  const takesAway = entry.value.startsWith("~");
  const names: string[] = [];
  for (const word of entry.value.slice(takesAway ? 1 : 0).split(/\s+/u)) {
    const name = nameOf(word);
    if (name !== null) names.push(name);
    else if (word !== "") unknown.push({ entry, word });
  }
  return { takesAway, names };
}

const knownCapabilities: ReadonlySet<string> = new Set(capabilities.map(({ name }) => name));

function capabilityName(word: string): string | null {
  const name = /^CAP_([A-Z_]+)$/iu.exec(word)?.[1]?.toLowerCase();
  return name !== undefined && knownCapabilities.has(name) ? name : null;
}

/** Other names of families, which mean the same. */
const otherNames: Readonly<Record<string, string>> = { local: "unix", file: "unix", route: "netlink" };

function familyName(word: string): string | null {
  const name = /^AF_([A-Z0-9]+)$/iu.exec(word)?.[1]?.toLowerCase();
  return name === undefined ? null : (otherNames[name] ?? name);
}
