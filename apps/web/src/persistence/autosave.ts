import { type DesignSnapshot, type DesignStore, snapshotOf } from "../store/index.ts";
import { type DesignStorage, newDesignId } from "./design-storage.ts";
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
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<void> | null = null;

  const marks = (): Marks => {
    const { id, texts, history, activePath, activeProfile } = store.getState();
    return { id, texts, history, activePath, activeProfile };
  };
  const dirty = () => store.getState().id !== null && !same(written, marks());

  const adopt = (id: string, snapshot: DesignSnapshot, from: number) => {
    version = from;
    store.getState().open(id, snapshot);
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
        "Another tab changed this design at the same time. Your work here goes on as a design of its own.",
      );
  };

  const writeOnce = async () => {
    const state = store.getState();
    const { id } = state;
    if (id === null) return;
    const now = marks();
    const snapshot = snapshotOf(state);
    state.setSave({ kind: "saving" });
    try {
      const outcome = await storage.save(id, snapshot, version);
      if (store.getState().id !== id) return;
      if (outcome.kind === "newer") await part(snapshot);
      else {
        version = outcome.version;
        channel.post({ id, version });
      }
      journal.clear(id);
      written = { ...now, id: store.getState().id };
      store.getState().setSave({ kind: "saved" });
    } catch (error) {
      written = null;
      const why = error instanceof Error ? error.message : String(error);
      store.getState().setSave({ kind: "failed", why });
      throw error;
    }
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
    if (timer !== null || writing !== null || !dirty()) return;
    timer = setTimeout(() => {
      // A failed write is told by the save state and tried again with the next change.
      flush().catch(() => undefined);
    }, delay);
  });

  channel.listen((message) => {
    if (message.id !== store.getState().id || message.version <= version) return;
    // With something of our own not yet written, that write will find the newer version and part the ways.
    if (dirty() || writing !== null) return;
    void storage.load(message.id).then((stored) => {
      if (stored === null || stored.id !== store.getState().id || dirty() || stored.version <= version) return;
      adopt(stored.id, stored.snapshot, stored.version);
      store.getState().notify("info", "Another tab changed this design; this is its newest text.");
    });
  });

  return {
    async open(id) {
      await flush().catch(() => undefined);
      const stored = await storage.load(id);
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
      );
      if (entry === null) return true;
      if (entry.base === version) {
        // The last change did not reach the database: it is the newest text.
        store.getState().open(id, entry.snapshot);
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
  readonly texts: unknown;
  readonly history: unknown;
  readonly activePath: string | null;
  readonly activeProfile: unknown;
}

function same(a: Marks | null, b: Marks): boolean {
  return (
    a !== null &&
    a.id === b.id &&
    a.texts === b.texts &&
    a.history === b.history &&
    a.activePath === b.activePath &&
    a.activeProfile === b.activeProfile
  );
}

function sameFiles(a: DesignSnapshot, b: DesignSnapshot | undefined): boolean {
  return b !== undefined && JSON.stringify(a.files) === JSON.stringify(b.files);
}
