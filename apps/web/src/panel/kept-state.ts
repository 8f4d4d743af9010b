import type { FileView, ProfileView } from "@hauberk/core/design";
import { useCallback } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

import { designStore, profileOf, type ProfileRef, refOf, useDesign } from "../store/index.ts";
import { shownNow } from "./use-edit.ts";

interface Entry<T> {
  readonly design: string | null;
  readonly profile: ProfileRef;
  readonly place: string;
  readonly value: T;
}

/** The state of a place in the panels of the shown profile, and how it is changed. */
export type KeptState<T> = readonly [value: T, change: (update: (before: T) => T) => void];

/**
 * Makes a hook for state that outlives the part that shows it: for each design, profile and place, as long as the page
 * lives. `nothing` stands where nothing is kept.
 */
export function keptState<T>(nothing: T): (place: string) => KeptState<T> {
  const store = createStore<{ readonly entries: readonly Entry<T>[] }>()(() => ({ entries: [] }));
  return (place) => {
    const entries = useStore(store, (state) => state.entries);
    // The value alone is looked at: who shows it need not be drawn again with each change of the text.
    const value = useDesign(({ id }) => {
      const here = entries.filter((each) => each.place === place && each.design === id);
      const shown = here.length === 0 ? null : shownNow();
      return (shown === null ? undefined : here.find(({ profile }) => isOf(profile, shown)))?.value ?? nothing;
    });
    const change = useCallback(
      (update: (before: T) => T) => {
        const now = shownNow();
        const profile = now === null ? null : refOf(now.file, now.profile);
        if (now === null || profile === null) return;
        const { id } = designStore.getState();
        const all = store.getState().entries;
        const before = all.find((each) => each.place === place && each.design === id && isOf(each.profile, now));
        const next = update(before === undefined ? nothing : before.value);
        const others = all.filter((each) => each !== before);
        store.setState({
          entries: next === nothing ? others : [...others, { design: id, profile, place, value: next }],
        });
      },
      [place],
    );
    return [value, change];
  };
}

/** True where a remembered profile is this one: by its name, or by its place where nothing has that name any more. */
function isOf(ref: ProfileRef, { file, profile }: { readonly file: FileView; readonly profile: ProfileView }): boolean {
  const now = refOf(file, profile);
  if (now?.path !== ref.path) return false;
  const named = namesOf(ref) === namesOf(now);
  return named || (ref.indexes.join() === now.indexes.join() && !isNamed(file, ref));
}

function isNamed(file: FileView, ref: ProfileRef): boolean {
  const profile = profileOf(file, ref);
  const found = profile === null ? null : refOf(file, profile);
  return found !== null && namesOf(found) === namesOf(ref);
}

const namesOf = ({ names }: ProfileRef): string => names.join("//");
