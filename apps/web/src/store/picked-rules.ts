import { createStore } from "zustand/vanilla";
import type { ProfileRef } from "./design-state.ts";
import { fileView, profileOf } from "./file-views.ts";
import { designStore } from "./hooks.ts";

/** Rules of one profile (of the file itself where `profile` is null), by their numbers. Plain data. */
export interface RulePick {
  readonly path: string;
  readonly profile: ProfileRef | null;
  readonly indexes: readonly number[];
  /** Their texts, so that other rules in their place are never taken for them. */
  readonly texts: readonly string[];
}

/** Rules of the shown profile that a table has chosen several of, by their numbers among its rules. */
const picked = createStore<{ readonly indexes: readonly number[]; readonly of: unknown }>()(() => ({
  indexes: [],
  of: null,
}));

/** What is chosen holds for one parse of one profile: with the text, the numbers may change. */
function shownProfile(): unknown {
  const { texts, activePath, activeProfile } = designStore.getState();
  return profileOf(fileView(texts, activePath), activeProfile);
}

/** A table says which rules are chosen, so that menus, keys and the palette act on all of them. */
export function pickRules(indexes: readonly number[]): void {
  picked.setState({ indexes, of: shownProfile() });
}

/** The numbers of the rules that are chosen together; empty where only one or none is. */
export function pickedRules(): readonly number[] {
  const { indexes, of } = picked.getState();
  return indexes.length > 0 && of === shownProfile() ? indexes : [];
}
