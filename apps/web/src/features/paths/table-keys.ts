import { cellAfter } from "../../ui/index.ts";
import { columnCount } from "./table-columns.ts";

/** A place in the table, by position and column. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The place that an element lies in, or null. The path of a row counts for the whole row. */
export function placeOf(element: EventTarget | null): Place | null {
  if (!(element instanceof Element)) return null;
  const row = element.closest("[data-at]");
  if (!(row instanceof HTMLElement)) return null;
  const cell = element.closest("[data-column]");
  const column = cell instanceof HTMLElement && row.contains(cell) ? Number(cell.dataset["column"]) : 0;
  return { row: Number(row.dataset["at"]), column };
}

/** Where a key leads within a table of so many rows, or null. */
export function placeAfter(key: string, control: boolean, from: Place, rows: number): Place | null {
  return cellAfter(key, control, from, { rows, columns: columnCount });
}

/** Gives the keys to a place; a row without that column (a folder, a path being written) gets them on its last one before. */
export function focusPlace(grid: Element, { row, column }: Place): boolean {
  const line = grid.querySelector(`[data-at="${row}"]`);
  if (line === null) return false;
  for (let at = column; at >= 0; at--) {
    const cell = line.querySelector(`[data-column="${at}"]`);
    if (!(cell instanceof HTMLElement)) continue;
    cell.focus();
    return true;
  }
  return false;
}

/** Frames to wait for a row that scrolls into sight. */
const patience = 20;

/** The same, also for a row that only comes into the document. */
export function focusSoon(grid: Element, place: Place, frames: number = patience): void {
  if (focusPlace(grid, place) || frames === 0) return;
  requestAnimationFrame(() => focusSoon(grid, place, frames - 1));
}
