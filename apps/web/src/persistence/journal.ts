import type { DesignSnapshot } from "../store/index.ts";

/**
 * The last resort when a page goes away with a change not yet in the database: one synchronous write to localStorage,
 * taken over at the next start. Too large for it, and the database's own write has to do.
 */
export interface Journal {
  /** `base` is the stored version that the snapshot follows. */
  write(id: string, base: number, snapshot: DesignSnapshot): void;
  read(id: string): { readonly base: number; readonly snapshot: DesignSnapshot } | null;
  clear(id: string): void;
}

function key(id: string): string {
  return `hauberk.journal.${id}`;
}

/** The journal in this browser's localStorage. */
export function browserJournal(): Journal {
  return {
    write(id, base, snapshot) {
      try {
        localStorage.setItem(key(id), JSON.stringify({ format: 1, base, snapshot: withoutLongPast(snapshot) }));
      } catch {
        // Full or forbidden: the write to the database is under way and is the better copy anyway.
      }
    },
    read(id) {
      try {
        const text = localStorage.getItem(key(id));
        const value: unknown = text === null ? null : JSON.parse(text);
        return isJournalEntry(value) ? { base: value.base, snapshot: value.snapshot } : null;
      } catch {
        return null;
      }
    },
    clear(id) {
      try {
        localStorage.removeItem(key(id));
      } catch {
        // Nothing can have been written either.
      }
    },
  };
}

/** localStorage holds 5 MB in all: of the history only the latest steps go along. */
function withoutLongPast(snapshot: DesignSnapshot): DesignSnapshot {
  return {
    ...snapshot,
    history: { past: snapshot.history.past.slice(-50), future: snapshot.history.future.slice(-50) },
  };
}

function isJournalEntry(value: unknown): value is { base: number; snapshot: DesignSnapshot } {
  if (typeof value !== "object" || value === null) return false;
  return (
    "format" in value && value.format === 1 && "base" in value && typeof value.base === "number" && "snapshot" in value
  );
}
