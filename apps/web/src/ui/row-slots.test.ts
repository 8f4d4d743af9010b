import { describe, expect, it } from "vitest";
import { RowSlots, rowWindow } from "./row-slots.ts";

describe("rowWindow", () => {
  it("holds the rows in sight and some around them, within the list", () => {
    expect(rowWindow(0, 280, 28, 100, 2)).toEqual({ first: 0, last: 11 });
    expect(rowWindow(1400, 280, 28, 100, 2)).toEqual({ first: 48, last: 61 });
    expect(rowWindow(99_999, 280, 28, 100, 2)).toEqual({ first: 99, last: 99 });
    expect(rowWindow(0, 280, 28, 0, 2)).toEqual({ first: 0, last: -1 });
  });
});

describe("RowSlots", () => {
  it("keeps the slot of a row that stays and hands on those of rows that went", () => {
    const slots = new RowSlots();
    const first = slots.assign([0, 1, 2, 3]);
    const second = slots.assign([2, 3, 4, 5]);
    expect(second.get(2)).toBe(first.get(2));
    expect(second.get(3)).toBe(first.get(3));
    expect(new Set(second.values())).toEqual(new Set(first.values()));
  });

  it("never gives one slot to two rows, and no more slots than rows at once", () => {
    const slots = new RowSlots();
    for (let top = 0; top < 500; top += 13) {
      const rows = [3, ...Array.from({ length: 30 }, (_, at) => top + at)].filter(
        (row, at, all) => all.indexOf(row) === at,
      );
      const given = [...slots.assign(rows).values()];
      expect(new Set(given).size).toBe(rows.length);
      expect(Math.max(...given)).toBeLessThan(33);
    }
  });
});
