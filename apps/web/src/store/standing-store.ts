import type { StandingRow } from "@hauberk/contract";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Texts } from "./history.ts";

/** What a target made of every rule, and the texts that it was asked about. */
export interface StandingAnswer {
  readonly texts: Texts;
  readonly rows: readonly StandingRow[];
}

/** A target of the design, and the last that is known of the rules there. */
export interface StandingTarget {
  readonly id: string;
  readonly label: string;
  /** Of this text or, until the next one is there, of an older one; null where nothing was ever answered. */
  readonly answer: StandingAnswer | null;
  /**
   * Whether the answer is of the text as it is now: `known`, or on its way, or not to be had. `why` says the last in a
   * sentence.
   */
  readonly state: "known" | "asking" | "unknown";
  readonly why: string | null;
}

interface StandingState {
  /** In the order in which the design names them. */
  readonly targets: readonly StandingTarget[];
}

/** What the rules of the open design come to on its targets. */
export const standingStore = createStore<StandingState>()(() => ({ targets: [] }));

/** A part of it. */
export function useStandings<T>(part: (targets: readonly StandingTarget[]) => T): T {
  return useStore(standingStore, ({ targets }) => part(targets));
}
