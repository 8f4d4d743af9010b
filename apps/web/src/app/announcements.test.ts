import { beforeEach, describe, expect, it } from "vitest";
import { createDesignStore, emptyHistory } from "../store/index.ts";
import { type Announcement, watchDesign } from "./announcements.ts";

const path = "apparmor.d/x";

describe("announcements", () => {
  const store = createDesignStore();
  let said: Announcement[] = [];
  watchDesign(store, (announcement) => said.push(announcement));
  const words = () => said.map(({ text }) => text);

  beforeEach(() => {
    const files = [[path, "profile x {\n  /a r,\n}\n"]] as const;
    store.getState().open("one", { name: "X", files, history: emptyHistory, activePath: path, activeProfile: null });
    said = [];
  });

  it("names edits, what undo took back and what redo made again", () => {
    store.getState().replaceText(path, "profile x {\n}\n", "remove /a");
    store.getState().undo();
    store.getState().redo();
    expect(words()).toEqual(["Remove /a", "Undone: remove /a", "Redone: remove /a"]);
    expect(said.map(({ seen }) => seen)).toEqual([false, true, true]);
  });

  it("counts steps that are passed at once", () => {
    for (const text of ["a", "b", "c"]) store.getState().replaceText(path, text, `write ${text}`);
    said = [];
    store.getState().undo(2);
    expect(store.getState().texts.get(path)).toBe("a");
    store.getState().redo(2);
    expect(store.getState().texts.get(path)).toBe("c");
    expect(words()).toEqual(["2 steps undone", "2 steps redone"]);
  });

  it("is silent while a person types, and when a panel selects its own row", () => {
    store.getState().type(path, [{ range: { start: 0, end: 0 }, newText: "#" }], 0);
    store.getState().type(path, [{ range: { start: 1, end: 1 }, newText: "x" }], 10);
    store.getState().select({ path, range: { start: 0, end: 1 } }, "panel");
    expect(words()).toEqual([]);
  });

  it("says the line where a problem or the outline leads", () => {
    store.getState().select({ path, range: { start: 14, end: 19 } }, "problem");
    expect(words()).toEqual(["x, line 2"]);
  });
});
