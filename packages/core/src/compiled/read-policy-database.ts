import { deadState, readAutomaton, type Automaton } from "./automaton.ts";
import {
  attachmentWord,
  classWords,
  fileWords,
  isBeyondTransitions,
  noPermissions,
  permissionFields,
  type Permissions,
} from "./permissions.ts";
import type { PolicyDatabase } from "./policy-database.ts";
import type { TaggedValues } from "./tagged-values.ts";
import { Unreadable } from "./unreadable.ts";

/** Which of a profile's three automata: their accept words mean different things. */
export type DatabaseKind = "attachment" | "file" | "classes";

/** The version of a table from which on the second word of a state holds flags. */
const versionWithFlags = 3;
const ownerFlag = 1;

/** Reads an automaton with its permissions and transitions; null where none is next. */
export function readDatabase(values: TaggedValues, kind: DatabaseKind, version: number): PolicyDatabase | null {
  const at = values.offset;
  const table = readPermissionTable(values);
  const tableVersion = table === null ? null : values.optionalU32("permsv");
  const blob = values.optionalBlob("aadfa");
  if (blob === null) {
    if (table !== null) values.fail("permissions have no automaton");
    // Earlier parsers wrote names of transitions without one; the kernel drops them.
    readTransitions(values);
    return null;
  }
  const automaton = readAutomaton(values.bytes, withoutPadding(blob));
  const start = values.optionalU32("start") ?? 1;
  const fileStart = values.optionalU32("dfa_start") ?? 1;
  if (start >= automaton.stateCount || fileStart >= automaton.stateCount) {
    throw new Unreadable("an automaton starts outside of its states", values.offset);
  }
  const transitions = readTransitions(values);
  const places =
    table === null
      ? placesOfWords(automaton, kind, version, at)
      : placesOfTable(automaton, table, (tableVersion ?? 0) >= versionWithFlags, at);
  if (places.permissions.some(({ xindex }) => isBeyondTransitions(xindex, transitions.length))) {
    throw new Unreadable("an exec leads to a name that is not there", at);
  }
  return {
    automaton,
    start,
    fileStart,
    ...places,
    transitions,
    tableVersion: table === null ? null : (tableVersion ?? 2),
  };
}

/** The automaton within its blob lies on a multiple of eight, counted as the parser counted: from the end of the blob. */
function withoutPadding({ start, end }: { readonly start: number; readonly end: number }): {
  readonly start: number;
  readonly end: number;
} {
  const place = start - (end & 7);
  return { start: Math.min(end, start + (((-place % 8) + 8) % 8)), end };
}

function readPermissionTable(values: TaggedValues): Permissions[] | null {
  if (!values.optionalStruct("perms")) return null;
  const version = values.u32("the version of a table of permissions", "version");
  if (version !== 1) values.fail(`a table of permissions has version ${version}, which is not known here`);
  const count = values.array("a table of permissions");
  const table: Permissions[] = [];
  for (let index = 0; index < count; index++) {
    // The first number of each entry is reserved.
    values.u32("an entry of a table of permissions");
    const entry = { ...noPermissions };
    for (const field of permissionFields) entry[field] = values.u32("an entry of a table of permissions");
    table.push(entry);
  }
  values.arrayEnd("a table of permissions");
  values.structEnd("a table of permissions");
  return table;
}

/** The names that execs lead to. A namespace is told from its profile by a NUL in the place of the second colon. */
function readTransitions(values: TaggedValues): string[] {
  if (!values.optionalStruct("xtable")) return [];
  const count = values.array("the names of transitions");
  const names: string[] = [];
  for (let index = 0; index < count; index++) names.push(values.text("the name of a transition").replace("\0", ":"));
  values.arrayEnd("the names of transitions");
  values.structEnd("the names of transitions");
  return names;
}

type Places = Pick<PolicyDatabase, "permissions" | "ownerPlaces" | "otherPlaces">;

/** Gathers what states say, so that equal words are read once. */
class Gathered {
  readonly permissions: Permissions[] = [];
  readonly #places = new Map<string, number>();

  place(permissions: Permissions): number {
    const key = permissionFields.map((field) => permissions[field]).join();
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.permissions.length);
    return this.permissions.push(permissions) - 1;
  }
}

/** Permissions that lie in the accept words of each state. */
function placesOfWords(automaton: Automaton, kind: DatabaseKind, version: number, at: number): Places {
  const { accept, accept2, stateCount } = automaton;
  if (accept2 === null) throw new Unreadable("an automaton lacks the second word of its states", at);
  const gathered = new Gathered();
  const known = new Map<number, Map<number, readonly [number, number]>>();
  const owner = new Uint32Array(stateCount);
  const other = kind === "file" ? new Uint32Array(stateCount) : owner;
  for (let state = 0; state < stateCount; state++) {
    const [first, second] = [accept[state] ?? 0, accept2[state] ?? 0];
    // The dead state says nothing, whatever its words are; of files it says what the words say.
    const isDead = state === deadState && kind !== "file";
    const ofFirst = known.get(first) ?? new Map<number, readonly [number, number]>();
    known.set(first, ofFirst);
    const places =
      (isDead ? undefined : ofFirst.get(second)) ??
      placesOf(isDead ? null : { first, second }, kind, version, gathered);
    if (!isDead) ofFirst.set(second, places);
    [owner[state], other[state]] = places;
  }
  return { permissions: gathered.permissions, ownerPlaces: owner, otherPlaces: other };
}

function placesOf(
  words: { readonly first: number; readonly second: number } | null,
  kind: DatabaseKind,
  version: number,
  gathered: Gathered,
): readonly [number, number] {
  if (words === null) return same(gathered.place(noPermissions));
  const { first, second } = words;
  if (kind === "attachment") return same(gathered.place(attachmentWord(first)));
  if (kind === "classes") return same(gathered.place(classWords(first, second, version)));
  const halves = fileWords(first, second);
  return [gathered.place(halves.owner), gathered.place(halves.other)];
}

function same(place: number): readonly [number, number] {
  return [place, place];
}

/**
 * Permissions that lie in a table. A state whose flags say so has two entries, the owner's and then the others'. Without
 * flags the kernel takes the first for everybody: so 7.2 reads what parser 4.1.0 writes, and `owner` is lost.
 */
function placesOfTable(automaton: Automaton, table: readonly Permissions[], hasFlags: boolean, at: number): Places {
  const { accept, accept2, stateCount } = automaton;
  const gathered = new Gathered();
  const shared = table.map((permissions) => gathered.place(permissions));
  const placeOf = (index: number): number => {
    const place = shared[index];
    if (place === undefined) throw new Unreadable("a state has no entry in the table of permissions", at);
    return place;
  };
  const flags = hasFlags ? accept2 : null;
  const owner = new Uint32Array(stateCount);
  const other = flags === null ? owner : new Uint32Array(stateCount);
  for (let state = 0; state < stateCount; state++) {
    const index = accept[state] ?? 0;
    owner[state] = placeOf(index);
    if (flags !== null) other[state] = placeOf(((flags[state] ?? 0) & ownerFlag) === 0 ? index : index + 1);
  }
  return { permissions: gathered.permissions, ownerPlaces: owner, otherPlaces: other };
}
