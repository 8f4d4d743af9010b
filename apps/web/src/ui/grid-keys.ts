import type { KeyboardEvent } from "react";
import type { KeyNotes } from "./key-note.ts";

/** What `moveInGrid` heeds, and what a cell does by itself. */
export const gridKeyNotes: KeyNotes = {
  region: "Tables and grids",
  notes: [
    { keys: ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"], does: "Go to the next cell" },
    { keys: ["PageUp", "PageDown"], does: "Pass a screenful of rows" },
    { keys: ["Home", "End"], does: "Go to the first or last cell of the row" },
    { keys: ["Ctrl+Home", "Ctrl+End"], does: "Go to the first or last row" },
    { keys: ["Space"], does: "Toggle the cell" },
  ],
};

/** The size of a grid whose cells carry `data-row` and `data-column`. */
export interface GridShape {
  readonly rows: number;
  readonly columns: number;
  /** Rows that Page Up and Page Down pass; 12 unless told. */
  readonly page?: number;
  /** Brings a row into the document that is not in sight. */
  readonly reveal?: (row: number) => void;
}

/** Where a key leads from a cell, or null where it leads nowhere. */
export function cellAfter(
  key: string,
  control: boolean,
  from: { readonly row: number; readonly column: number },
  { rows, columns, page = 12 }: GridShape,
): { readonly row: number; readonly column: number } | null {
  const { row, column } = from;
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    PageUp: [-page, 0],
    PageDown: [page, 0],
    Home: control ? [-rows, -columns] : [0, -columns],
    End: control ? [rows, columns] : [0, columns],
  };
  const step = steps[key];
  if (step === undefined || rows === 0) return null;
  return {
    row: Math.max(0, Math.min(rows - 1, row + step[0])),
    column: Math.max(0, Math.min(columns - 1, column + step[1])),
  };
}

/** Focuses a cell of a grid; true where it is in the document. */
export function focusCell(grid: Element, row: number, column: number): boolean {
  const cell = grid.querySelector(`[data-row="${row}"][data-column="${column}"]`);
  if (!(cell instanceof HTMLElement)) return false;
  cell.focus();
  return true;
}

/** The cell in which an element lies, or null. */
export function cellOf(element: EventTarget | null): { readonly row: number; readonly column: number } | null {
  if (!(element instanceof Element)) return null;
  const cell = element.closest("[data-row][data-column]");
  if (!(cell instanceof HTMLElement)) return null;
  return { row: Number(cell.dataset["row"]), column: Number(cell.dataset["column"]) };
}

/** Frames to wait for a row that scrolls into sight. */
const patience = 20;

function focusLater(grid: Element, row: number, column: number, frames: number): void {
  if (focusCell(grid, row, column) || frames === 0) return;
  requestAnimationFrame(() => focusLater(grid, row, column, frames - 1));
}

/** Moves the focus between the cells of a grid; true where the key was one of its own. Text fields keep their keys. */
export function moveInGrid(event: KeyboardEvent<HTMLElement>, shape: GridShape): boolean {
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return false;
  if (event.altKey || event.metaKey) return false;
  const from = cellOf(event.target);
  const to = from === null ? null : cellAfter(event.key, event.ctrlKey, from, shape);
  if (to === null) return false;
  event.preventDefault();
  if (!focusCell(event.currentTarget, to.row, to.column)) {
    shape.reveal?.(to.row);
    focusLater(event.currentTarget, to.row, to.column, patience);
  }
  return true;
}
