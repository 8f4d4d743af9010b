import { applyEdits } from "@hauberk/core/text";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDesignStore, emptyHistory } from "../../store/index.ts";
import { baseOptions, baseTexts, differences, hunkWords, takeBack } from "./diff-model.ts";

const path = "apparmor.d/x";

function openStore() {
  const store = createDesignStore();
  store.getState().open("one", {
    name: "X",
    files: [
      [path, "one\ntwo\n"],
      ["hauberk.json", "{}"],
    ],
    history: emptyHistory,
    activePath: path,
    activeProfile: null,
  });
  return store;
}

describe("comparing a design", () => {
  it("with what was imported, what was downloaded, and each step before", () => {
    const store = openStore();
    store.getState().replaceText(path, "one\nTWO\n", "shout");
    store.getState().setDownloaded();
    store.getState().replaceText(path, "one\nTWO\nthree\n", "count on");
    const state = store.getState();
    expect(baseOptions(state).map(({ value }) => value)).toEqual(["opened", "downloaded", "undo 1", "undo 2"]);
    expect(baseTexts(state, "opened").get(path)).toBe("one\ntwo\n");
    expect(baseTexts(state, "downloaded").get(path)).toBe("one\nTWO\n");
    expect(baseTexts(state, "undo 1").get(path)).toBe("one\nTWO\n");
    expect(baseTexts(state, "undo 2").get(path)).toBe("one\ntwo\n");
    const [file] = differences(baseTexts(state, "opened"), state.texts);
    expect(file).toMatchObject({ way: "changed", added: 2, removed: 1 });
    expect(file?.hunks.map(hunkWords)).toEqual(["lines 2–3 changed"]);
  });

  it("counts an imported file from its import on, and tells new and removed files", () => {
    const store = openStore();
    store.getState().changeFiles("import y", [["apparmor.d/y", "y\n"]]);
    expect(differences(store.getState().bases.opened, store.getState().texts)[0]?.way).toBe("added");
    store.getState().setOpened([["apparmor.d/y", "y\n"]]);
    expect(differences(store.getState().bases.opened, store.getState().texts)).toEqual([]);
    store.getState().changeFiles("delete y", [], ["apparmor.d/y"]);
    expect(differences(store.getState().bases.opened, store.getState().texts)[0]?.way).toBe("removed");
  });

  it("takes changes back one by one until nothing differs", () => {
    const text = fc.array(fc.constantFrom("a\n", "b\n", "c\r\n", "d"), { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (from, to) => {
        let now = to;
        for (;;) {
          const [file] = differences(new Map([[path, from]]), new Map([[path, now]]));
          const [hunk] = file?.hunks ?? [];
          if (file === undefined || hunk === undefined) break;
          const next = applyEdits(now, [takeBack(file, hunk)]);
          expect(next).not.toBe(now);
          now = next;
        }
        expect(now).toBe(from);
      }),
    );
  });
});
