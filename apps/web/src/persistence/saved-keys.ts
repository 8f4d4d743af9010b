import type { DesignRole } from "@hauberk/contract";
import { useSyncExternalStore } from "react";

/** How a design of this browser goes with one that is saved on the service. */
export interface SavedKey {
  /** The design's id there. */
  readonly design: string;
  /** Null where the account opens it: it is a member of the design's workspace. */
  readonly token: string | null;
  readonly role: DesignRole;
  /** The revision that the texts here were made from. */
  readonly parent: number;
  /** The hash of that revision's bytes. */
  readonly hash: string;
  /** When the draft was kept on the service that the texts here go on from; missing: from none. */
  readonly draft?: string;
  /** When the last draft was kept that was taken over from another browser and not sent by this one; missing: none was. */
  readonly adopted?: string;
}

const prefix = "hauberk.saved.";
const personKey = "hauberk.person";
const listeners = new Set<() => void>();
const read = new Map<string, { readonly text: string; readonly key: SavedKey | null }>();

/** The keys to saved designs that this browser holds, by the design's id here. */
export const savedKeys = {
  /** Null where the design is on no service, as far as this browser knows. */
  of(id: string): SavedKey | null {
    let text: string | null = null;
    try {
      text = localStorage.getItem(prefix + id);
    } catch {
      return null;
    }
    if (text === null) return null;
    const known = read.get(id);
    if (known?.text === text) return known.key;
    const key = readKey(text);
    read.set(id, { text, key });
    return key;
  },
  /** The design here that goes with the saved one; where there are several, the one that may do the most comes first. */
  byDesign(design: string): { readonly id: string; readonly key: SavedKey } | null {
    const found = allIds().flatMap((id) => {
      const key = savedKeys.of(id);
      return key === null || key.design !== design ? [] : [{ id, key }];
    });
    return found.find(({ key }) => key.role === "owner") ?? found[0] ?? null;
  },
  /** Throws where the browser can keep nothing: the person must then keep the key themselves. */
  keep(id: string, key: SavedKey): void {
    localStorage.setItem(prefix + id, JSON.stringify({ format: 1, ...key }));
    tell();
  },
  forget(id: string): void {
    try {
      localStorage.removeItem(prefix + id);
    } catch {
      // Nothing can be kept there either.
    }
    tell();
  },
};

/** The key to the saved design that goes with the one here; null where there is none. */
export function useSavedKey(id: string | null): SavedKey | null {
  return useSyncExternalStore(heed, () => (id === null ? null : savedKeys.of(id)));
}

/** What the person calls themselves; empty where they have not said. */
export function personName(): string {
  try {
    return localStorage.getItem(personKey) ?? "";
  } catch {
    return "";
  }
}

/** Remembers what the person calls themselves. */
export function rememberPerson(name: string): void {
  try {
    localStorage.setItem(personKey, name);
  } catch {
    // Then they are asked again.
  }
}

function allIds(): string[] {
  try {
    return Object.keys(localStorage).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  } catch {
    return [];
  }
}

function heed(hear: () => void): () => void {
  listeners.add(hear);
  addEventListener("storage", hear);
  return () => {
    listeners.delete(hear);
    removeEventListener("storage", hear);
  };
}

function tell(): void {
  for (const hear of listeners) hear();
}

/** What this program wrote itself; another format is a later version's. */
function readKey(text: string): SavedKey | null {
  try {
    const value: unknown = JSON.parse(text);
    return isSavedKey(value) ? value : null;
  } catch {
    return null;
  }
}

function isSavedKey(value: unknown): value is SavedKey {
  if (typeof value !== "object" || value === null) return false;
  const has = (name: string, type: string) => typeof Reflect.get(value, name) === type;
  return (
    Reflect.get(value, "format") === 1 &&
    has("design", "string") &&
    (has("token", "string") || Reflect.get(value, "token") === null) &&
    has("role", "string") &&
    has("parent", "number") &&
    has("hash", "string") &&
    (has("draft", "string") || has("draft", "undefined")) &&
    (has("adopted", "string") || has("adopted", "undefined"))
  );
}
