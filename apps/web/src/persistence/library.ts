import { newConfigText } from "@hauberk/core/design";
import { configPath, type DesignSnapshot, designStore, emptyHistory } from "../store/index.ts";
import { type Autosave, startAutosave } from "./autosave.ts";
import { browserStorage, type DesignAbout, newDesignId } from "./design-storage.ts";
import { browserJournal } from "./journal.ts";
import { startPresence } from "./presence.ts";
import { browserChannel, presenceChannel } from "./tab-channel.ts";

const lastKey = "hauberk.last";
const storage = browserStorage(() => Date.now());
const moved = new Set<(id: string) => void>();

const autosave: Autosave = startAutosave({
  store: designStore,
  storage,
  journal: browserJournal(),
  channel: browserChannel(),
  onMoved: (id) => {
    rememberLast(id);
    for (const hear of moved) hear(id);
  },
});

const tellPresence = startPresence(presenceChannel(), newDesignId());
designStore.subscribe(({ id }, before) => {
  if (id !== before.id) tellPresence(id);
});

/** The designs of this browser, and the way to open one in this tab. */
export const library = {
  /** Opens a kept design; false where there is none under that identity. */
  async open(id: string): Promise<boolean> {
    const found = await autosave.open(id);
    if (found) rememberLast(id);
    return found;
  },
  /** Begins a new design with the files; gives `hauberk.json` where it is not among them. */
  create(name: string, files: readonly (readonly [path: string, text: string])[]): Promise<string> {
    return autosave.create(newSnapshot(name, files));
  },
  list(): Promise<readonly DesignAbout[]> {
    return storage.list();
  },
  remove(id: string): Promise<void> {
    return storage.remove(id);
  },
  flush(): Promise<void> {
    return autosave.flush();
  },
  /** Told whenever the open design has another identity: the address follows. */
  onMoved(hear: (id: string) => void): () => void {
    moved.add(hear);
    return () => moved.delete(hear);
  },
  /** The design that was open last in this browser. */
  last(): string | null {
    try {
      return localStorage.getItem(lastKey);
    } catch {
      return null;
    }
  },
};

// The page may never come back from either of these.
addEventListener("pagehide", () => {
  autosave.leave();
  tellPresence(null);
});
// Unless it does: out of the browser's memory of pages left.
addEventListener("pageshow", (event) => {
  if (event.persisted) tellPresence(designStore.getState().id);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") autosave.leave();
});

function rememberLast(id: string): void {
  try {
    localStorage.setItem(lastKey, id);
  } catch {
    // Then the next visit begins with the list of designs.
  }
}

function newSnapshot(name: string, files: readonly (readonly [string, string])[]): DesignSnapshot {
  const hasConfig = files.some(([path]) => path === configPath);
  const config = [configPath, newConfigText({ name, targets: ["debian-12"] })] as const;
  const all = hasConfig ? files : [config, ...files];
  const first = all.find(([path]) => path !== configPath);
  return { name, files: all, history: emptyHistory, activePath: first?.[0] ?? configPath, activeProfile: null };
}
