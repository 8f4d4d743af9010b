import { describe, expect, it } from "vitest";
import { type Bases, createDesignStore, type DesignSnapshot } from "../store/index.ts";
import { type SavedMessage, startAutosave, type TabChannel } from "./autosave.ts";
import type { DesignStorage, StoredDesign } from "./design-storage.ts";
import type { Journal } from "./journal.ts";

const path = "apparmor.d/x";
const snapshot: DesignSnapshot = {
  name: "X",
  files: [[path, "one"]],
  history: { past: [], future: [] },
  activePath: path,
  activeProfile: null,
};

/** One browser: a database, a local storage, and a channel between its tabs. */
function browser() {
  const stored = new Map<string, StoredDesign>();
  const bases = new Map<string, Bases>();
  const journals = new Map<string, { base: number; snapshot: DesignSnapshot }>();
  const ears = new Set<{ owner: object; hear: (message: SavedMessage) => void }>();
  let broken: string | null = null;
  let dead = false;
  const storage: DesignStorage = {
    load: async (id) => stored.get(id) ?? null,
    save: async (id, next, base) => {
      await Promise.resolve();
      // A page that is gone hears nothing any more.
      if (dead) return new Promise(() => undefined);
      if (broken !== null) throw new Error(broken);
      const old = stored.get(id);
      if (old !== undefined && old.version !== base) return { kind: "newer", stored: old };
      stored.set(id, { format: 1, id, version: base + 1, snapshot: structuredClone(next) });
      return { kind: "saved", version: base + 1 };
    },
    list: async () => [],
    remove: async (id) => void stored.delete(id),
    loadBases: async (id) => bases.get(id) ?? null,
    saveBases: async (id, next) => {
      if (broken !== null) throw new Error(broken);
      bases.set(id, structuredClone(next));
    },
  };
  const journal: Journal = {
    write: (id, base, next) => void journals.set(id, { base, snapshot: structuredClone(next) }),
    read: (id) => journals.get(id) ?? null,
    clear: (id) => void journals.delete(id),
  };
  const tab = () => {
    const owner = {};
    const channel: TabChannel = {
      post: (message) => {
        for (const ear of ears) if (ear.owner !== owner) ear.hear(message);
      },
      listen: (hear) => void ears.add({ owner, hear }),
    };
    const store = createDesignStore();
    const moved: string[] = [];
    const autosave = startAutosave({ store, storage, journal, channel, onMoved: (id) => moved.push(id), delay: 0 });
    return { store, autosave, moved, text: () => store.getState().texts.get(path) };
  };
  return { tab, stored, journals, fail: (why: string | null) => (broken = why), die: (now: boolean) => (dead = now) };
}

const write = (tab: { store: ReturnType<typeof createDesignStore> }, text: string) =>
  tab.store.getState().replaceText(path, text, "write");

describe("autosave", () => {
  it("keeps every change, undo steps included, for the next start", async () => {
    const { tab } = browser();
    const one = tab();
    const id = await one.autosave.create(snapshot);
    write(one, "two");
    await one.autosave.flush();
    const again = tab();
    expect(await again.autosave.open(id)).toBe(true);
    expect(again.text()).toBe("two");
    again.store.getState().undo();
    expect(again.text()).toBe("one");
  });

  it("loses nothing when the page goes away before the database has it", async () => {
    const { tab, die } = browser();
    const one = tab();
    const id = await one.autosave.create(snapshot);
    die(true);
    write(one, "two");
    one.autosave.leave();
    die(false);
    const again = tab();
    await again.autosave.open(id);
    expect(again.text()).toBe("two");
    expect(again.store.getState().history.past.at(-1)?.label).toBe("write");
  });

  it("tells a change as saved only once it is written", async () => {
    const { tab, stored } = browser();
    const one = tab();
    const id = await one.autosave.create(snapshot);
    expect(one.store.getState().save.kind).toBe("saved");
    write(one, "two");
    expect(one.store.getState().save.kind).toBe("saving");
    await one.autosave.flush();
    expect(one.store.getState().save.kind).toBe("saved");
    expect(stored.get(id)?.snapshot.files).toEqual([[path, "two"]]);
  });

  it("opens work left in the journal as a design of its own where the design has newer work", async () => {
    const { tab, die, stored } = browser();
    const one = tab();
    const id = await one.autosave.create(snapshot);
    die(true);
    write(one, "left behind");
    one.autosave.leave();
    die(false);
    const two = tab();
    stored.set(id, { format: 1, id, version: 7, snapshot: { ...snapshot, files: [[path, "newer"]] } });
    await two.autosave.open(id);
    expect(two.text()).toBe("left behind");
    expect(two.store.getState().id).not.toBe(id);
    expect(stored.get(id)?.snapshot.files[0]?.[1]).toBe("newer");
  });

  it("shows another tab's work where this one has none of its own", async () => {
    const { tab } = browser();
    const one = tab();
    const id = await one.autosave.create(snapshot);
    const two = tab();
    await two.autosave.open(id);
    write(two, "from two");
    await two.autosave.flush();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(one.text()).toBe("from two");
    expect(one.store.getState().notices).toEqual([]);
  });

  it("joins the work of two tabs on different lines into one design, each with its own view", async () => {
    const { tab, stored } = browser();
    const one = tab();
    const lines = {
      ...snapshot,
      files: [
        [path, "one\ntwo\nthree\n"],
        ["apparmor.d/y", "y"],
      ] as const,
    };
    const id = await one.autosave.create(lines);
    const two = tab();
    await two.autosave.open(id);
    two.store.getState().setActivePath("apparmor.d/y");
    write(one, "ONE\ntwo\nthree\n");
    write(two, "one\ntwo\nTHREE\n");
    await Promise.all([one.autosave.flush(), two.autosave.flush()]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([one.autosave.flush(), two.autosave.flush()]);
    expect(stored.size).toBe(1);
    expect(one.text()).toBe("ONE\ntwo\nTHREE\n");
    expect(two.text()).toBe("ONE\ntwo\nTHREE\n");
    expect(one.store.getState().activePath).toBe(path);
    expect(two.store.getState().activePath).toBe("apparmor.d/y");
    two.store.getState().undo();
    expect(two.text()).toBe("ONE\ntwo\nthree\n");
  });

  it("lets two tabs look at different files without a copy of the design", async () => {
    const { tab, stored } = browser();
    const one = tab();
    const id = await one.autosave.create({
      ...snapshot,
      files: [
        [path, "one"],
        ["apparmor.d/y", "y"],
      ],
    });
    const two = tab();
    await two.autosave.open(id);
    one.store.getState().setActivePath("apparmor.d/y");
    two.store.getState().setActivePath(path);
    two.store.getState().setActiveProfile({ path, names: ["x"], indexes: [0] });
    await Promise.all([one.autosave.flush(), two.autosave.flush()]);
    expect(stored.size).toBe(1);
    expect(one.store.getState().activePath).toBe("apparmor.d/y");
    expect(two.store.getState().activePath).toBe(path);
  });

  it("keeps what the design was when it was opened, also for designs kept before there was such a thing", async () => {
    const { tab } = browser();
    const one = tab();
    const id = await one.autosave.create(snapshot);
    write(one, "two");
    one.store.getState().setDownloaded();
    write(one, "three");
    await one.autosave.flush();
    const again = tab();
    await again.autosave.open(id);
    expect(again.store.getState().bases.opened.get(path)).toBe("one");
    expect(again.store.getState().bases.downloaded?.get(path)).toBe("two");
    const old = browser();
    const history = one.store.getState().history;
    old.stored.set("old", {
      format: 1,
      id: "old",
      version: 1,
      snapshot: { ...snapshot, files: [[path, "three"]], history },
    });
    const later = old.tab();
    await later.autosave.open("old");
    expect(later.store.getState().bases.opened.get(path)).toBe("one");
  });

  it("overwrites nobody: work of two tabs at once becomes two designs", async () => {
    const { tab, stored } = browser();
    const one = tab();
    const id = await one.autosave.create(snapshot);
    const two = tab();
    await two.autosave.open(id);
    write(one, "from one");
    write(two, "from two");
    await Promise.all([one.autosave.flush(), two.autosave.flush()]);
    const texts = [...stored.values()].map((design) => design.snapshot.files[0]?.[1]);
    expect(new Set(texts)).toEqual(new Set(["from one", "from two"]));
    expect(one.store.getState().id).not.toBe(two.store.getState().id);
  });

  it("says when the browser can't save, and saves once it can", async () => {
    const { tab, stored, fail } = browser();
    const one = tab();
    const id = await one.autosave.create(snapshot);
    fail("the quota is used up");
    write(one, "two");
    await expect(one.autosave.flush()).rejects.toThrow("quota");
    expect(one.store.getState().save).toEqual({ kind: "failed", why: "the quota is used up" });
    fail(null);
    write(one, "three");
    await one.autosave.flush();
    expect(stored.get(id)?.snapshot.files[0]?.[1]).toBe("three");
  });

  it("says no where nothing is kept under an identity", async () => {
    expect(await browser().tab().autosave.open("nowhere")).toBe(false);
  });
});
