import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits } from "@hauberk/core/text";
import {
  differenceEdit,
  editChange,
  emptyHistory,
  type FileChange,
  type History,
  type HistoryEntry,
  historyLimit,
  movedPlace,
  recorded,
  redoChanges,
  type Texts,
  undoChanges,
} from "./history.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "\r\n", " ", "é", "😀", "\uD83D", "{") });

/** A change that fits the texts: made from two numbers, so that fast-check can shrink it. */
function changeOf(texts: Texts, pick: number, at: number, words: string): FileChange {
  const paths = [...texts.keys()];
  const path = paths[pick % paths.length];
  if (pick % 7 === 0 || path === undefined) {
    // A file is made only where there is none: over another one it would be an edit.
    let free = `f${pick}`;
    while (texts.has(free)) free += "+";
    return { kind: "create", path: free, text: words };
  }
  const old = texts.get(path) ?? "";
  if (pick % 7 === 1 && paths.length > 1) return { kind: "delete", path, text: old };
  const start = at % (old.length + 1);
  const end = Math.min(old.length, start + (pick % 4));
  return editChange(path, old, [{ range: { start, end }, newText: words }]);
}

/** The files of a design in the order of their paths. */
function sorted(texts: ReadonlyMap<string, string>): [string, string][] {
  return [...texts].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

describe("undo and redo", () => {
  it("undo brings back the texts before, and redo those after, over any run of changes", () => {
    const moves = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), text), { maxLength: 30 });
    fc.assert(
      fc.property(text, moves, (first, all) => {
        let texts: Texts = new Map([["a", first]]);
        const seen: { before: Texts; after: Texts; change: FileChange }[] = [];
        for (const [pick, at, words] of all) {
          const change = changeOf(texts, pick, at, words);
          const after = redoChanges(texts, [change]);
          seen.push({ before: texts, after, change });
          texts = after;
        }
        const changes = seen.map(({ change }) => change);
        expect(sorted(undoChanges(texts, changes))).toEqual([["a", first]]);
        expect(sorted(redoChanges(new Map([["a", first]]), changes))).toEqual(sorted(texts));
        for (const { before, after, change } of seen) {
          expect(sorted(undoChanges(after, [change]))).toEqual(sorted(before));
        }
      }),
      { numRuns: 200 },
    );
  });
});

const typed = (history: History, before: string, at: number, letters: string, time: number): [History, string] => {
  const edits = [{ range: { start: at, end: at }, newText: letters }];
  const entry: HistoryEntry = {
    label: "typing",
    changes: [editChange("a", before, edits)],
    touched: { path: "a", range: { start: at, end: at + letters.length } },
    typing: { path: "a", at: at + letters.length, time, way: "insert" },
  };
  return [recorded(history, entry), applyEdits(before, edits)];
};

describe("typing", () => {
  it("makes one step of a word typed letter by letter, whose undo takes the whole word back", () => {
    fc.assert(
      fc.property(text, fc.nat(100), fc.stringMatching(/^[a-z]{1,12}$/), (before, place, word) => {
        const start = place % (before.length + 1);
        let history = emptyHistory;
        let now = before;
        for (const [index, letter] of word.split("").entries()) {
          [history, now] = typed(history, now, start + index, letter, index * 100);
        }
        expect(history.past).toHaveLength(1);
        const step = history.past[0];
        expect(step?.changes).toHaveLength(1);
        expect(undoChanges(new Map([["a", now]]), step?.changes ?? []).get("a")).toBe(before);
        expect(redoChanges(new Map([["a", before]]), step?.changes ?? []).get("a")).toBe(now);
      }),
    );
  });

  it("begins a new step after a pause, at another place, and at a new line", () => {
    const [one, textOne] = typed(emptyHistory, "", 0, "a", 0);
    expect(typed(one, textOne, 1, "b", 5000)[0].past).toHaveLength(2);
    expect(typed(one, textOne, 0, "b", 10)[0].past).toHaveLength(2);
    expect(typed(one, textOne, 1, "\n", 10)[0].past).toHaveLength(2);
    expect(typed(one, textOne, 1, "b", 10)[0].past).toHaveLength(1);
  });

  it("forgets what was undone once something new is done", () => {
    const [one] = typed(
      { past: [], future: [{ label: "x", changes: [], touched: null, typing: null }] },
      "",
      0,
      "a",
      0,
    );
    expect(one.future).toEqual([]);
  });

  it("keeps a bounded number of steps, the latest", () => {
    let history = emptyHistory;
    for (let step = 0; step < historyLimit + 5; step++) {
      history = recorded(history, { label: String(step), changes: [], touched: null, typing: null });
    }
    expect(history.past).toHaveLength(historyLimit);
    expect(history.past.at(-1)?.label).toBe(String(historyLimit + 4));
  });
});

describe("differenceEdit", () => {
  it("turns one text into the other, and keeps surrogate pairs whole", () => {
    fc.assert(
      fc.property(text, text, text, text, (head, from, to, tail) => {
        const before = head + from + tail;
        const after = head + to + tail;
        const edit = differenceEdit(before, after);
        expect(edit === null ? before : applyEdits(before, [edit])).toBe(after);
        fc.pre(before.isWellFormed() && after.isWellFormed());
        expect((edit?.newText ?? "").isWellFormed()).toBe(true);
        expect(before.slice(edit?.range.start ?? 0, edit?.range.end ?? 0).isWellFormed()).toBe(true);
      }),
    );
  });
});

const alike = fc.nat(3000).map((count) => "a".repeat(count));

describe("differenceEdit of long texts", () => {
  it("is the same as of short ones, wherever they differ", () => {
    fc.assert(
      fc.property(alike, fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 }), alike, (head, from, to, tail) => {
        const before = head + from + tail;
        const after = head + to + tail;
        const edit = differenceEdit(before, after);
        expect(edit === null ? before : applyEdits(before, [edit])).toBe(after);
        // No part that both share is in the edit.
        expect(
          (edit?.newText.length ?? 0) + (edit === null ? 0 : edit.range.end - edit.range.start),
        ).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe("movedPlace", () => {
  it("keeps a place on its text when something is put in before it, and back again on undo", () => {
    const change = editChange("a", "one two", [{ range: { start: 0, end: 0 }, newText: "zero " }]);
    const place = { path: "a", range: { start: 4, end: 7 } };
    expect(movedPlace(place, [change], "redo")).toEqual({ path: "a", range: { start: 9, end: 12 } });
    expect(movedPlace({ path: "a", range: { start: 9, end: 12 } }, [change], "undo")).toEqual(place);
  });

  it("lets a place go whose file is deleted", () => {
    const place = { path: "a", range: { start: 0, end: 1 } };
    expect(movedPlace(place, [{ kind: "delete", path: "a", text: "x" }], "redo")).toBeNull();
  });
});
