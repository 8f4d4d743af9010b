import type { EditOutcome } from "@hauberk/core/edit";
import type { FileView, ProfileView } from "@hauberk/core/design";
import { useCallback, useState } from "react";

import { designStore, fileView, profileOf } from "../store/index.ts";

/** The profile that the panels show, as the store has it at this moment: for event handlers. */
export interface Shown {
  readonly file: FileView;
  readonly profile: ProfileView;
}

/** What the panels show now, or null where the file has no profile. */
export function shownNow(): Shown | null {
  const state = designStore.getState();
  const file = fileView(state.texts, state.activePath);
  const profile = profileOf(file, state.activeProfile);
  return file === null || profile === null ? null : { file, profile };
}

/** A wish that was refused: where it was made, and why. */
export interface Refusal {
  /** Names the place of the wish within its panel, so that the words stand there. */
  readonly at: string;
  readonly reason: string;
}

/** Makes wishes and keeps the words of the last refused one. */
export interface Editing {
  readonly refusal: Refusal | null;
  /** The words for a place, or null. */
  readonly refusedAt: (at: string) => string | null;
  /** Makes a wish about the shown profile; true where it was done. */
  readonly edit: (at: string, wish: (shown: Shown) => EditOutcome) => boolean;
  /** Makes an outcome that is about another file. */
  readonly perform: (at: string, outcome: EditOutcome) => boolean;
  readonly refuse: (at: string, reason: string) => void;
  readonly forget: () => void;
}

/** Edits through the store; a refusal is kept to be shown at its place instead of as a passing notice. */
export function useEdit(): Editing {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const refuse = useCallback((at: string, reason: string) => setRefusal({ at, reason }), []);
  const forget = useCallback(() => setRefusal(null), []);
  const perform = useCallback((at: string, outcome: EditOutcome): boolean => {
    if (!outcome.ok) {
      setRefusal({ at, reason: outcome.reason });
      return false;
    }
    setRefusal(null);
    return designStore.getState().apply(outcome);
  }, []);
  const edit = useCallback(
    (at: string, wish: (shown: Shown) => EditOutcome): boolean => {
      const shown = shownNow();
      return shown !== null && perform(at, wish(shown));
    },
    [perform],
  );
  const refusedAt = (at: string): string | null => (refusal?.at === at ? refusal.reason : null);
  return { refusal, refusedAt, edit, perform, refuse, forget };
}
