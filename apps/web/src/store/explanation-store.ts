import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { designStore, useDesign } from "./hooks.ts";

interface ExplanationState {
  /** The design that is being explained, and the step that is shown, from 0; null while none is. */
  readonly shown: { readonly design: string; readonly step: number } | null;
  /** Shows a step of the open design's explanation; null ends it. */
  readonly show: (step: number | null) => void;
}

/** Where the explanation of a design stands that a starting point wrote. */
export const explanationStore = createStore<ExplanationState>()((set) => ({
  shown: null,
  show(step) {
    const { id } = designStore.getState();
    set({ shown: id === null || step === null ? null : { design: id, step } });
  },
}));

/** The step that is shown of the open design's explanation; null while it is not being explained. */
export function useExplanationStep(): number | null {
  const id = useDesign((state) => state.id);
  return useStore(explanationStore, ({ shown }) => (shown !== null && shown.design === id ? shown.step : null));
}
