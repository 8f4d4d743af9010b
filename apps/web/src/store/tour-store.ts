import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { workbenchStore } from "./workbench-store.ts";

interface TourState {
  /** The step that is shown, from 0; null while no tour is under way. */
  readonly step: number | null;
  /** How many bundles had been downloaded when the tour began. */
  readonly downloadsBefore: number;
  readonly begin: () => void;
  /** Shows a step; null ends the tour. */
  readonly show: (step: number | null) => void;
}

/** Where the tour stands. */
export const tourStore = createStore<TourState>()((set) => ({
  step: null,
  downloadsBefore: 0,
  begin: () => set({ step: 0, downloadsBefore: workbenchStore.getState().downloads }),
  show: (step) => set({ step }),
}));

/** A part of where the tour stands. */
export function useTour<T>(part: (state: TourState) => T): T {
  return useStore(tourStore, part);
}
