import { createStore, delMany, entries, get, promisifyRequest, set, type UseStore } from "idb-keyval";
import type { Bases, DesignSnapshot } from "../store/index.ts";

/** A design as it is kept. `version` grows by one with each save, whoever makes it. */
export interface StoredDesign {
  readonly format: 1;
  readonly id: string;
  readonly version: number;
  readonly snapshot: DesignSnapshot;
}

/** What the list of designs tells of one. `changed` in milliseconds since 1970. */
export interface DesignAbout {
  readonly id: string;
  readonly name: string;
  readonly files: number;
  readonly changed: number;
}

/** What a save comes to. `newer`: someone else saved since `base`, and nothing was written. */
export type SaveOutcome =
  | { readonly kind: "saved"; readonly version: number }
  | { readonly kind: "newer"; readonly stored: StoredDesign };

/** Where designs are kept: the browser's database, or a place of a test's own. */
export interface DesignStorage {
  load(id: string): Promise<StoredDesign | null>;
  /** Writes where the stored version is still `base` (0: none is stored). */
  save(id: string, snapshot: DesignSnapshot, base: number): Promise<SaveOutcome>;
  list(): Promise<readonly DesignAbout[]>;
  remove(id: string): Promise<void>;
  /** What a design can be compared with; null where nothing was kept of it. */
  loadBases(id: string): Promise<Bases | null>;
  saveBases(id: string, bases: Bases): Promise<void>;
}

/** Where the version of a design is kept beside it: to read a long design only for its version would take longer than to save it. */
function versionKey(id: string): string {
  return `${id} version`;
}

/** Writes where the stored version is still `base`: in one transaction, so that two tabs can't both believe they were first. */
async function saveOver(store: UseStore, id: string, snapshot: DesignSnapshot, base: number): Promise<SaveOutcome> {
  return await store("readwrite", async (designs): Promise<SaveOutcome> => {
    const known: unknown = await promisifyRequest<unknown>(designs.get(versionKey(id)));
    if (known !== base) {
      const stored: unknown = await promisifyRequest<unknown>(designs.get(id));
      if (isStoredDesign(stored) && stored.version !== base) return { kind: "newer", stored };
    }
    const version = base + 1;
    const next: StoredDesign = { format: 1, id, version, snapshot };
    designs.put(next, id);
    designs.put(version, versionKey(id));
    await promisifyRequest(designs.transaction);
    return { kind: "saved", version };
  });
}

/** Designs in this browser's IndexedDB. `now` gives milliseconds since 1970. */
export function browserStorage(now: () => number): DesignStorage {
  // Opened at first use: where the browser forbids storage, the error comes to the one who saves.
  let designs: UseStore | null = null;
  let abouts: UseStore | null = null;
  const store = () => (designs ??= createStore("hauberk", "designs"));
  let bases: UseStore | null = null;
  const baseStore = () => (bases ??= createStore("hauberk-bases", "designs"));
  const aboutStore = () => (abouts ??= createStore("hauberk-list", "designs"));
  return {
    async load(id) {
      const stored: unknown = await get(id, store());
      return isStoredDesign(stored) ? stored : null;
    },
    async save(id, snapshot, base) {
      const outcome = await saveOver(store(), id, snapshot, base);
      if (outcome.kind === "saved") {
        const about: DesignAbout = { id, name: snapshot.name, files: snapshot.files.length, changed: now() };
        await set(id, about, aboutStore());
      }
      return outcome;
    },
    async list() {
      const all = await entries<string, unknown>(aboutStore());
      return all
        .map(([, about]) => about)
        .filter(isAbout)
        .toSorted((a, b) => b.changed - a.changed);
    },
    async remove(id) {
      await delMany([id, versionKey(id)], store());
      await delMany([id], aboutStore());
      await delMany([id], baseStore());
    },
    async loadBases(id) {
      const stored: unknown = await get(id, baseStore());
      return isStoredBases(stored) ? { opened: stored.opened, downloaded: stored.downloaded } : null;
    },
    async saveBases(id, { opened, downloaded }) {
      // In a place of their own: they change seldom, and the design is written at each change.
      await set(id, { format: 1, opened, downloaded }, baseStore());
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** What this program wrote itself; another format is a later version's and is left alone. */
function isStoredDesign(value: unknown): value is StoredDesign {
  if (!isRecord(value) || value["format"] !== 1) return false;
  return (
    typeof value["version"] === "number" && isRecord(value["snapshot"]) && Array.isArray(value["snapshot"]["files"])
  );
}

function isStoredBases(value: unknown): value is Bases {
  if (!isRecord(value) || value["format"] !== 1) return false;
  return value["opened"] instanceof Map && (value["downloaded"] === null || value["downloaded"] instanceof Map);
}

function isAbout(value: unknown): value is DesignAbout {
  return isRecord(value) && typeof value["id"] === "string" && typeof value["changed"] === "number";
}

/** A new identity for a design: 12 letters and digits, without `crypto.randomUUID`, which plain http lacks. */
export function newDesignId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => (byte % 36).toString(36)).join("");
}
