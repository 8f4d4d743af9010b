import { beforeEach, describe, expect, it } from "vitest";
import { closeOtherTabs, closeTab, moveTab, shiftTab, shownTabs } from "./file-tabs.ts";
import { emptyHistory } from "./history.ts";
import { designStore } from "./hooks.ts";

const paths = ["a", "b", "c"].map((name) => `apparmor.d/${name}`);
const [a = "", b = "", c = ""] = paths;

describe("tabs of files", () => {
  beforeEach(() => {
    const state = designStore.getState();
    state.open("none", { name: "", files: [], history: emptyHistory, activePath: null, activeProfile: null });
    state.open(`design ${Math.random()}`, {
      name: "X",
      files: paths.map((path) => [path, "x"] as const),
      history: emptyHistory,
      activePath: a,
      activeProfile: null,
    });
    for (const path of [b, c]) state.setActivePath(path);
  });

  it("open with what is shown and close to their neighbour; the last one stays", () => {
    expect(shownTabs()).toEqual([a, b, c]);
    designStore.getState().setActivePath(b);
    closeTab(b);
    expect(designStore.getState().activePath).toBe(c);
    closeTab(c);
    expect(designStore.getState().activePath).toBe(a);
    closeTab(a);
    expect(shownTabs()).toEqual([a]);
  });

  it("stand where they are put, and a new one behind the one that was shown", () => {
    shiftTab(a, 1);
    expect(shownTabs()).toEqual([b, a, c]);
    shiftTab(a, 1);
    shiftTab(a, 1);
    expect(shownTabs()).toEqual([b, c, a]);
    moveTab(a, b);
    expect(shownTabs()).toEqual([a, b, c]);
    closeOtherTabs(b);
    expect(shownTabs()).toEqual([b]);
    designStore.getState().setActivePath(c);
    expect(shownTabs()).toEqual([b, c]);
  });

  it("go with a removed file and come back with its undo", () => {
    designStore.getState().changeFiles("delete c", [], [c]);
    expect(shownTabs()).toEqual([a, b]);
    designStore.getState().undo();
    expect(shownTabs()).toEqual([a, b, c]);
  });
});
