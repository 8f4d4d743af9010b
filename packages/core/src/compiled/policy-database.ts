import type { Automaton } from "./automaton.ts";
import { deadState } from "./automaton.ts";
import { noPermissions, type Permissions } from "./permissions.ts";

/** An automaton with what it says at each state: of an attachment, of the file rules, or of all other rules. */
export interface PolicyDatabase {
  readonly automaton: Automaton;
  /** Where the walk of a class begins: its number is the first byte. */
  readonly start: number;
  /** Where the walk of a path begins. */
  readonly fileStart: number;
  /** What there is to say; states with the same to say share a place. */
  readonly permissions: readonly Permissions[];
  /** By state, the place of what is said to the owner of a file. */
  readonly ownerPlaces: Uint32Array;
  /** By state, the place of what is said to everybody else; the same array where nobody's ownership is asked for. */
  readonly otherPlaces: Uint32Array;
  /** Names of profiles that an exec may lead to. */
  readonly transitions: readonly string[];
  /** The version of a table of permissions that the policy brings; null where they lie in accept words. */
  readonly tableVersion: number | null;
}

/** What is said at a state, to the owner of a file or to others. */
export function permissionsAt(database: PolicyDatabase, state: number, isOwner = false): Permissions {
  const places = isOwner ? database.ownerPlaces : database.otherPlaces;
  return database.permissions[places[state] ?? 0] ?? noPermissions;
}

/** Where the walk of a class begins; `deadState` where the policy does not mediate that class. */
export function classStart(database: PolicyDatabase | null, mediationClass: number): number {
  return database === null ? deadState : database.automaton.next(database.start, mediationClass);
}
