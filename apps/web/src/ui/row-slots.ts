/** Which rows of a list are to be in the document: those in sight, some around them, and the one that has the keys. */
export interface RowWindow {
  readonly first: number;
  readonly last: number;
}

/** The rows that a window of `height` pixels at `top` shows, with `around` more at either end. */
export function rowWindow(top: number, height: number, rowHeight: number, count: number, around: number): RowWindow {
  const first = Math.max(0, Math.floor(top / rowHeight) - around);
  const last = Math.min(count - 1, Math.ceil((top + height) / rowHeight) - 1 + around);
  return { first: Math.min(first, Math.max(0, count - 1)), last };
}

/**
 * Gives each row in the document a slot, and the slot of a row that went to one that comes: what is drawn there is changed
 * instead of made anew, which costs a third.
 */
export class RowSlots {
  #slots = new Map<number, number>();

  /** Next time the slots are given in the order of the rows. */
  forget(): void {
    this.#slots = new Map();
  }

  /** The slot of each of these rows; a row that stays keeps its own. */
  assign(rows: readonly number[]): ReadonlyMap<number, number> {
    const next = new Map<number, number>();
    const taken = new Set<number>();
    for (const row of rows) {
      const slot = this.#slots.get(row);
      if (slot === undefined) continue;
      next.set(row, slot);
      taken.add(slot);
    }
    let free = 0;
    for (const row of rows) {
      if (next.has(row)) continue;
      while (taken.has(free)) free += 1;
      next.set(row, free);
      taken.add(free);
    }
    this.#slots = next;
    return next;
  }
}
