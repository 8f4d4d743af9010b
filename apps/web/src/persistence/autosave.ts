import { type Bases, type DesignSnapshot, type DesignStore, snapshotOf, type Texts } from "../store/index.ts";
import { type DesignStorage, newDesignId, type StoredDesign } from "./design-storage.ts";
import { joinTexts } from "./join-texts.ts";
import type { Journal } from "./journal.ts";

/** How tabs tell one another what was saved. */
export interface TabChannel {
  post(message: SavedMessage): void;
  listen(hear: (message: SavedMessage) => void): void;
}

/** "This design has this version now." */
export interface SavedMessage {
  readonly id: string;
  readonly version: number;
}

interface AutosaveParts {
  readonly store: DesignStore;
  readonly storage: DesignStorage;
  readonly journal: Journal;
  readonly channel: TabChannel;
  /** Called when the open design goes on under another identity: the address has to follow. */
  readonly onMoved: (id: string) => void;
  /** Milliseconds from a change to its write; further changes in between ride along. */
  readonly delay?: number;
}

/** The open design is kept: at each change, and at once when the page is left. */
export interface Autosave {
  /** Loads a design into the store. False where none is kept under that identity. */
  open(id: string): Promise<boolean>;
  /** Opens a new design under a new identity and saves it. */
  create(snapshot: DesignSnapshot): Promise<string>;
  /** Writes what is not written yet; resolves when nothing is left to write. */
  flush(): Promise<void>;
  /** The page is going away: writes the journal synchronously where something is not written yet. */
  leave(): void;
}

/** Begins to keep the store's design. */
export function startAutosave({ store, storage, journal, channel, onMoved, delay = 60 }: AutosaveParts): Autosave {
  /** The stored version that the store's state follows, and what of the state was written last. */
  let version = 0;
  let written: Marks | null = null;
  let keptBases: Bases | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<void> | null = null;

  const marks = (): Marks => {
    const { id, texts, history, activePath, activeProfile, bases } = store.getState();
    return { id, texts, history, activePath, activeProfile, bases };
  };
  const dirty = () => store.getState().id !== null && !(same(written, marks()) && store.getState().bases === keptBases);
  /** Something that a person made is not written yet; what is only shown is no work. */
  const work = () => !sameWork(written, marks());

  const tellSaving = () => {
    if (store.getState().save.kind !== "saving") store.getState().setSave({ kind: "saving" });
  };

  const adopt = (id: string, snapshot: DesignSnapshot, from: number, bases: Bases | null) => {
    version = from;
    store.getState().open(id, snapshot, bases ?? undefined);
    written = marks();
    // Bases that were read off the history are kept with the next write.
    keptBases = bases === null ? null : written.bases;
  };

  const follow = (stored: StoredDesign) => {
    version = stored.version;
    store.getState().follow(stored.snapshot);
    written = marks();
  };

  /** Someone else's newer work stays; this tab's goes on as a design of its own. */
  const part = async (snapshot: DesignSnapshot) => {
    const id = newDesignId();
    version = 0;
    await storage.save(id, snapshot, 0);
    version = 1;
    store.setState({ id });
    onMoved(id);
    store
      .getState()
      .notify(
        "warn",
        "Another tab changed the same place of this design. Your work here goes on as a design of its own.",
      );
  };

  /** Another tab wrote first: its work and this tab's are joined where they do not touch, else the ways part. */
  const meet = async (stored: StoredDesign, snapshot: DesignSnapshot): Promise<"joined" | "parted"> => {
    const base = written;
    const mine = store.getState().texts;
    if (base !== null && base.id === stored.id) {
      const theirs = new Map(stored.snapshot.files);
      const joined = base.texts === mine ? theirs : joinTexts(base.texts, mine, theirs);
      if (joined !== null) {
        const label = store.getState().history.past.at(-1)?.label ?? "work of two tabs";
        follow(stored);
        const put = [...joined].filter(([path, text]) => theirs.get(path) !== text);
        const gone = [...theirs.keys()].filter((path) => !joined.has(path));
        const { activePath } = store.getState();
        store.getState().changeFiles(label, put, gone);
        if (activePath !== null) store.getState().setActivePath(activePath);
        return "joined";
      }
    }
    await part(snapshot);
    return "parted";
  };

  const writeOnce = async () => {
    const state = store.getState();
    const { id } = state;
    if (id === null) return;
    const now = marks();
    const snapshot = snapshotOf(state);
    tellSaving();
    try {
      if (keptBases !== now.bases) {
        await storage.saveBases(id, now.bases);
        keptBases = now.bases;
      }
      if (!same(written, now)) await writeDesign(id, snapshot, now);
      journal.clear(id);
      store.getState().setSave({ kind: "saved" });
    } catch (error) {
      written = null;
      const why = error instanceof Error ? error.message : String(error);
      store.getState().setSave({ kind: "failed", why });
      throw error;
    }
  };

  const writeDesign = async (id: string, snapshot: DesignSnapshot, now: Marks) => {
    const outcome = await storage.save(id, snapshot, version);
    if (store.getState().id !== id) return;
    if (outcome.kind === "newer") {
      if ((await meet(outcome.stored, snapshot)) === "joined") return;
      // The design of its own has the same bases; they are written anew under its identity.
      keptBases = null;
    } else {
      version = outcome.version;
      channel.post({ id, version });
    }
    written = { ...now, id: store.getState().id };
  };

  const flush = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    while (writing !== null || dirty()) {
      writing ??= writeOnce().finally(() => (writing = null));
      await writing;
    }
  };

  store.subscribe(() => {
    if (!dirty()) return;
    // Told at once: what is told to be saved has to outlive a crash in the very next moment.
    if (store.getState().save.kind === "saved") tellSaving();
    if (timer !== null || writing !== null) return;
    timer = setTimeout(() => {
      // A failed write is told by the save state and tried again with the next change.
      flush().catch(() => undefined);
    }, delay);
  });

  channel.listen((message) => {
    if (message.id !== store.getState().id || message.version <= version) return;
    // With work of our own not yet written, that write will find the newer version and join the two.
    if (work() || writing !== null) return;
    void storage.load(message.id).then((stored) => {
      if (stored === null || stored.id !== store.getState().id || work() || writing !== null) return;
      if (stored.version > version) follow(stored);
    });
  });

  return {
    async open(id) {
      await flush().catch(() => undefined);
      const stored = await storage.load(id);
      const bases = await storage.loadBases(id).catch(() => null);
      const entry = journal.read(id);
      if (stored === null && entry === null) return false;
      adopt(
        id,
        stored?.snapshot ?? {
          name: "",
          files: [],
          history: { past: [], future: [] },
          activePath: null,
          activeProfile: null,
        },
        stored?.version ?? 0,
        bases,
      );
      if (entry === null) return true;
      if (entry.base === version) {
        // The last change did not reach the database: it is the newest text.
        store.getState().open(id, entry.snapshot, store.getState().bases);
        await flush().catch(() => undefined);
      } else if (!sameFiles(entry.snapshot, stored?.snapshot)) {
        await this.create({ ...entry.snapshot });
        store.getState().notify("warn", "Work that was not saved in time was found and opened as a design of its own.");
      }
      journal.clear(id);
      return true;
    },
    async create(snapshot) {
      await flush().catch(() => undefined);
      const id = newDesignId();
      version = 0;
      written = null;
      keptBases = null;
      store.getState().open(id, snapshot);
      onMoved(id);
      await flush().catch(() => undefined);
      return id;
    },
    flush,
    leave() {
      const state = store.getState();
      if (state.id === null || !(dirty() || writing !== null)) return;
      journal.write(state.id, version, snapshotOf(state));
      flush().catch(() => undefined);
    },
  };
}

/** What counts as a change worth saving; compared by identity. */
interface Marks {
  readonly id: string | null;
  readonly texts: Texts;
  readonly history: unknown;
  readonly activePath: string | null;
  readonly activeProfile: unknown;
  readonly bases: Bases;
}

function sameWork(a: Marks | null, b: Marks): boolean {
  return a !== null && a.id === b.id && a.texts === b.texts && a.history === b.history;
}

function same(a: Marks | null, b: Marks): boolean {
  return sameWork(a, b) && a?.activePath === b.activePath && a.activeProfile === b.activeProfile;
}

function sameFiles(a: DesignSnapshot, b: DesignSnapshot | undefined): boolean {
  return b !== undefined && JSON.stringify(a.files) === JSON.stringify(b.files);
}
