import { type History, type Texts, undoChanges } from "./history.ts";

/** Texts that the design can be compared with. */
export interface Bases {
  /** As each file was when it came into the design: imported, opened or made. */
  readonly opened: Texts;
  /** As the design was when a bundle of it was downloaded last. */
  readonly downloaded: Texts | null;
}

/** The bases of a design that has none yet: what its history says it was at the beginning. */
export function basesFromHistory(texts: Texts, history: History): Bases {
  return { opened: textsBefore(texts, history, history.past.length), downloaded: null };
}

/** The texts as they were before the last steps; the nearest earlier ones where a step does not fit. */
export function textsBefore(texts: Texts, history: History, steps: number): Texts {
  let before = texts;
  for (let step = 1; step <= Math.min(steps, history.past.length); step++) {
    const entry = history.past[history.past.length - step];
    if (entry === undefined) break;
    try {
      before = undoChanges(before, entry.changes);
    } catch {
      // A history that was cut short does not reach further back.
      break;
    }
  }
  return before;
}
