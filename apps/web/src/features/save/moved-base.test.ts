import { describe, expect, it } from "vitest";
import type { History, HistoryEntry } from "../../store/index.ts";
import { movedBase } from "./moved-base.ts";

const revision = (number: number) => ({ number, hash: `hash ${number}` });
const plain = (label: string): HistoryEntry => ({ label, changes: [], touched: null, typing: null });
const merge: HistoryEntry = { ...plain("merge"), base: { before: revision(5), after: revision(7) } };
const edit = plain("edit");

function history(past: readonly HistoryEntry[], future: readonly HistoryEntry[]): History {
  return { past, future };
}

/** As the store passes steps on. */
const again = (entries: readonly HistoryEntry[]) => entries.map((entry) => ({ ...entry, typing: null }));

describe("what the texts are made from", () => {
  it("is the revision before the merge once that is undone, and the later one once it is made again", () => {
    const [merged, undone] = [history([edit, merge, edit], []), history([edit], again([edit, merge]))];
    expect(movedBase(revision(7), merged, undone)).toEqual(revision(5));
    expect(movedBase(revision(5), undone, merged)).toEqual(revision(7));
  });

  it("stays where other steps are undone, and where a revision was saved since", () => {
    expect(movedBase(revision(7), history([merge, edit], []), history([merge], [edit]))).toEqual(revision(7));
    expect(movedBase(revision(8), history([merge], []), history([], [merge]))).toEqual(revision(8));
  });

  it("stays where something new is done in place of what was undone", () => {
    expect(movedBase(revision(5), history([], [merge]), history([plain("new")], []))).toEqual(revision(5));
  });
});
