import { readConfig, type HauberkConfig } from "../design/index.ts";
import {
  entriesOf,
  freshPeerId,
  isJsonObject,
  putSetting,
  renumberPeers,
  settingsOf,
  type SettingPlace,
} from "../edit/index.ts";
import { mergeLines } from "./merge-lines.ts";
import { saySetting, settingName } from "./say-setting.ts";

/** A setting that both sides gave another value: JSON, null where it is not there. */
export interface SettingConflict {
  readonly place: SettingPlace;
  readonly name: string;
  readonly base: string | null;
  readonly mine: string | null;
  readonly theirs: string | null;
  readonly says: { readonly mine: string | null; readonly theirs: string | null };
}

/** Two texts of `hauberk.json` made of the same one, put together; mine where they can't be. */
export interface MergedSettings {
  readonly text: string;
  readonly conflicts: readonly SettingConflict[];
}

/**
 * Merges `hauberk.json` by what it says: key by key, and in lists entry by entry. Mine is edited with what theirs changed, so
 * that it reads whatever stands beside what. Null where one of the two can't be read.
 */
export function mergeSettings(base: string, mine: string, theirs: string): MergedSettings | null {
  const [was, other] = [settingsOf(base) ?? new Map<string, unknown>(), settingsOf(theirs)];
  const before = settingsOf(mine);
  if (before === null || other === null) return null;
  const start = renumberPeers(mine, idsFor(was, before, other));
  const merge = new Merge(start, { was, own: settingsOf(start) ?? before, other });
  for (const key of new Set([...before.keys(), ...other.keys()])) merge.key(key);
  const { text, conflicts } = merge;
  if (conflicts.length > 0) {
    const [own, their] = [readConfig(text), readConfig(theirs)];
    if (!own.ok || !their.ok) return null;
    return { text, conflicts: conflicts.map((each) => told(each, own.config, their.config)) };
  }
  return { text: laidOutAsBoth([base, mine, theirs], text), conflicts: [] };
}

type Settings = ReadonlyMap<string, unknown>;

interface Values {
  readonly was: unknown;
  readonly own: unknown;
  readonly other: unknown;
}

interface NewConflict extends Values {
  readonly place: SettingPlace;
}

class Merge {
  text: string;
  readonly conflicts: NewConflict[] = [];
  readonly #sides: { readonly was: Settings; readonly own: Settings; readonly other: Settings };

  constructor(text: string, sides: { readonly was: Settings; readonly own: Settings; readonly other: Settings }) {
    this.text = text;
    this.#sides = sides;
  }

  key(key: string): void {
    const [was, own, other] = [this.#sides.was.get(key), this.#sides.own.get(key), this.#sides.other.get(key)];
    const [then, mine, theirs] = [entriesOf(key, was), entriesOf(key, own), entriesOf(key, other)];
    if (then === null || mine === null || theirs === null) {
      this.#put({ key, entry: null }, { was, own, other });
      return;
    }
    for (const entry of new Set([...then.keys(), ...mine.keys(), ...theirs.keys()])) {
      this.#put({ key, entry }, { was: then.get(entry), own: mine.get(entry), other: theirs.get(entry) });
    }
    // Where mine left the list alone, theirs may have put it in another order, too.
    const now = settingsOf(this.text)?.get(key);
    if (isSame(was, own) && other !== undefined && !isSame(now, other)) {
      this.text = putSetting(this.text, { key, entry: null }, other);
    }
  }

  #put(place: SettingPlace, { was, own, other }: Values): void {
    if (isSame(own, other) || isSame(was, other)) return;
    if (isSame(was, own)) this.text = putSetting(this.text, place, other);
    else this.conflicts.push({ place, was, own, other });
  }
}

/** The ids that peers get which mine added: that of the same peer in theirs, another one where theirs added another under it. */
function idsFor(was: Settings, own: Settings, other: Settings): ReadonlyMap<string, string> {
  const [then, mine, theirs] = [peersOf(was), peersOf(own), peersOf(other)];
  const added = [...mine].filter(([id]) => !then.has(id));
  const open = new Map([...theirs].filter(([id]) => !then.has(id)));
  const taken = new Set([...then.keys(), ...mine.keys(), ...theirs.keys()]);
  const clashing = new Set(open.keys());
  const ids = new Map<string, string>();
  for (const [id, peer] of added) {
    const isTwin = (each: unknown): boolean => isSame(withoutId(each), withoutId(peer));
    const twin = isTwin(open.get(id)) ? id : [...open].find(([, each]) => isTwin(each))?.[0];
    if (twin === undefined) continue;
    ids.set(id, twin);
    open.delete(twin);
  }
  for (const [id] of added) {
    if (ids.has(id) || !clashing.has(id)) continue;
    const fresh = freshPeerId(taken);
    ids.set(id, fresh);
    taken.add(fresh);
  }
  return ids;
}

function peersOf(side: Settings): Settings {
  return entriesOf("peers", side.get("peers")) ?? new Map<string, unknown>();
}

function withoutId(peer: unknown): unknown {
  return isJsonObject(peer) ? { ...peer, id: "" } : peer;
}

/** The lines of both, which keep the layout of both, where they say the same; else the text that is known to be right. */
function laidOutAsBoth([base, mine, theirs]: readonly [string, string, string], text: string): string {
  const segments = mergeLines(base, mine, theirs);
  const lines = segments.map(({ merged }) => merged ?? "").join("");
  const [now, wanted] = [settingsOf(lines), settingsOf(text)];
  if (now === null || wanted === null) return text;
  return isSame(Object.fromEntries(now), Object.fromEntries(wanted)) ? lines : text;
}

/** True for values that say the same, whatever the order of their keys. */
function isSame(one: unknown, other: unknown): boolean {
  return inOrder(one) === inOrder(other);
}

function inOrder(value: unknown): string {
  if (value === undefined) return "";
  return JSON.stringify(value, (_key, each: unknown) =>
    isJsonObject(each) ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}

function told({ place, was, own, other }: NewConflict, mine: HauberkConfig, theirs: HauberkConfig): SettingConflict {
  return {
    place,
    name: settingName(place),
    base: written(was),
    mine: written(own),
    theirs: written(other),
    says: { mine: saySetting(mine, place), theirs: saySetting(theirs, place) },
  };
}

function written(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value, null, 2);
}
