import { describe, expect, it } from "vitest";
import { createDesignStore, type DesignStore } from "./design-store.ts";
import { emptyHistory } from "./history.ts";

const path = "apparmor.d/usr.bin.x";
const profile = "profile x /usr/bin/x {\n  /a r,\n}\n";

function openStore(): DesignStore {
  const store = createDesignStore();
  store.getState().open("one", {
    name: "X",
    files: [
      ["hauberk.json", '{ "format": 1, "name": "X", "targets": ["debian-12"] }\n'],
      [path, profile],
    ],
    history: emptyHistory,
    activePath: null,
    activeProfile: null,
  });
  return store;
}

const textOf = (store: DesignStore, of = path) => store.getState().texts.get(of);

/** The files of a design in the order of their paths. */
function sorted(texts: ReadonlyMap<string, string>): [string, string][] {
  return [...texts].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

describe("the design store", () => {
  it("shows the first policy file of a design and takes its name from hauberk.json", () => {
    const state = openStore().getState();
    expect(state.activePath).toBe(path);
    expect(state.name).toBe("X");
  });

  it("goes back over ticks, typing and files in one order, and forth again", () => {
    const store = openStore();
    const states = [sorted(store.getState().texts)];
    const did = () => states.push(sorted(store.getState().texts));
    const state = () => store.getState();
    state().apply({
      ok: true,
      label: "tick r",
      edits: [{ path, edits: [{ range: { start: 25, end: 25 }, newText: "/b r,\n  " }] }],
    });
    did();
    state().type(path, [{ range: { start: 0, end: 0 }, newText: "#" }], 10);
    did();
    state().changeFiles("new file", [["apparmor.d/tunables/t", "@{T} = 1\n"]]);
    did();
    state().renameFile(path, "apparmor.d/x");
    did();
    state().changeFiles("delete", [], ["apparmor.d/x"]);
    did();
    for (let step = states.length - 2; step >= 0; step--) {
      state().undo();
      expect(sorted(state().texts)).toEqual(states[step]);
    }
    expect(state().history.past).toEqual([]);
    for (let step = 1; step < states.length; step++) {
      state().redo();
      expect(sorted(state().texts)).toEqual(states[step]);
    }
  });

  it("names each step, so that undo can say what it undoes", () => {
    const store = openStore();
    store.getState().apply({
      ok: true,
      label: "tick net_raw",
      edits: [{ path, edits: [{ range: { start: 0, end: 0 }, newText: "\n" }] }],
    });
    expect(store.getState().history.past.at(-1)?.label).toBe("tick net_raw");
  });

  it("changes nothing and says why where a wish can't be done", () => {
    const store = openStore();
    expect(store.getState().apply({ ok: false, reason: "there is no profile" })).toBe(false);
    expect(textOf(store)).toBe(profile);
    expect(store.getState().notices.at(-1)?.text).toBe("there is no profile");
  });

  it("refuses edits made for an older text", () => {
    const store = openStore();
    expect(
      store.getState().applyEdits("fix", [{ path, edits: [{ range: { start: 900, end: 901 }, newText: "" }] }]),
    ).toBe(false);
    expect(textOf(store)).toBe(profile);
    expect(store.getState().history.past).toEqual([]);
  });

  it("keeps the selection on its rule while text before it changes", () => {
    const store = openStore();
    const start = profile.indexOf("/a r,");
    store.getState().select({ path, range: { start, end: start + 5 } }, "panel");
    store.getState().type(path, [{ range: { start: 0, end: 0 }, newText: "# x\n" }], 0);
    const { selection } = store.getState();
    expect(textOf(store)?.slice(selection?.range.start, selection?.range.end)).toBe("/a r,");
    store.getState().undo();
    expect(textOf(store)?.slice(store.getState().selection?.range.start, store.getState().selection?.range.end)).toBe(
      "/a r,",
    );
  });

  it("says where the last tick shows, and not where something was typed", () => {
    const store = openStore();
    store.getState().type(path, [{ range: { start: 0, end: 0 }, newText: "x" }], 0);
    expect(store.getState().touched).toBeNull();
    store.getState().replaceText(path, profile, "put back");
    expect(store.getState().touched?.path).toBe(path);
  });

  it("keeps the last readable name while hauberk.json is broken", () => {
    const store = openStore();
    store.getState().replaceText("hauberk.json", "{", "break it");
    expect(store.getState().name).toBe("X");
  });
});
