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

/** What would bring about what was refused, ready to be done: by the text of the moment when it is taken. */
export interface RefusalOffer {
  /** For a button. */
  readonly title: string;
  /** True where it was done. */
  readonly take: () => boolean;
}

/** Why a wish was refused, and what can be done instead. */
export interface Refused {
  readonly reason: string;
  readonly offer: RefusalOffer | null;
}

/** A wish that was refused: where it was made, and why. */
export interface Refusal extends Refused {
  /** Names the place of the wish within its panel, so that the words stand there. */
  readonly at: string;
}

/** Makes wishes and keeps the words of the last refused one. */
export interface Editing {
  readonly refusal: Refusal | null;
  /** The words for a place, or null. */
  readonly refusedAt: (at: string) => string | null;
  /** What is offered at a place instead of what was refused there, or null. */
  readonly offerAt: (at: string) => RefusalOffer | null;
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
  const refuse = useCallback((at: string, reason: string) => setRefusal({ at, reason, offer: null }), []);
  const forget = useCallback(() => setRefusal(null), []);
  const perform = useCallback((at: string, outcome: EditOutcome): boolean => {
    if (!outcome.ok) {
      setRefusal({ at, reason: outcome.reason, offer: null });
      return false;
    }
    setRefusal(null);
    return designStore.getState().apply(outcome);
  }, []);
  const edit = useCallback(
    (at: string, wish: (shown: Shown) => EditOutcome): boolean => {
      const shown = shownNow();
      if (shown === null) return false;
      const outcome = wish(shown);
      if (outcome.ok || outcome.offer === undefined) return perform(at, outcome);
      const offer = offerOf(outcome.offer.title, wish, (now) => perform(at, now));
      setRefusal({ at, reason: outcome.reason, offer });
      return false;
    },
    [perform],
  );
  const refusedAt = (at: string): string | null => (refusal?.at === at ? refusal.reason : null);
  const offerAt = (at: string): RefusalOffer | null => (refusal?.at === at ? refusal.offer : null);
  return { refusal, refusedAt, offerAt, edit, perform, refuse, forget };
}

/** The offer of a refused wish. The text may be another one when it is taken: the wish is made anew then. */
export function offerOf(
  title: string,
  wish: (shown: Shown) => EditOutcome,
  perform: (outcome: EditOutcome) => boolean,
): RefusalOffer {
  const take = () => {
    const shown = shownNow();
    if (shown === null) return false;
    const outcome = wish(shown);
    return perform(outcome.ok ? outcome : (outcome.offer?.outcome ?? outcome));
  };
  return { title, take };
}

/** An offer with what is to follow once it was taken. */
export function offerThen(offer: RefusalOffer | null, then: () => void): RefusalOffer | null {
  if (offer === null) return null;
  const take = () => {
    const done = offer.take();
    if (done) then();
    return done;
  };
  return { title: offer.title, take };
}
