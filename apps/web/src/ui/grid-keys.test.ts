import { describe, expect, it } from "vitest";
import { cellAfter } from "./grid-keys.ts";

const shape = { rows: 30, columns: 5 };

describe("cellAfter", () => {
  it("moves by one and stops at the edges", () => {
    expect(cellAfter("ArrowDown", false, { row: 0, column: 2 }, shape)).toEqual({ row: 1, column: 2 });
    expect(cellAfter("ArrowUp", false, { row: 0, column: 2 }, shape)).toEqual({ row: 0, column: 2 });
    expect(cellAfter("ArrowRight", false, { row: 3, column: 4 }, shape)).toEqual({ row: 3, column: 4 });
  });

  it("goes to the ends of the row, and with control to the corners", () => {
    expect(cellAfter("Home", false, { row: 7, column: 3 }, shape)).toEqual({ row: 7, column: 0 });
    expect(cellAfter("End", true, { row: 7, column: 3 }, shape)).toEqual({ row: 29, column: 4 });
    expect(cellAfter("PageDown", false, { row: 25, column: 3 }, shape)).toEqual({ row: 29, column: 3 });
  });

  it("leaves other keys and empty grids alone", () => {
    expect(cellAfter("x", false, { row: 0, column: 0 }, shape)).toBeNull();
    expect(cellAfter("ArrowDown", false, { row: 0, column: 0 }, { rows: 0, columns: 5 })).toBeNull();
  });
});
