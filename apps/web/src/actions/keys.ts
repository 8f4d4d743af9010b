import type { Action } from "./action.ts";

const mac = navigator.platform.startsWith("Mac");

/** Keys as they are written on this system: `Ctrl+Z`, or `⌘Z`. */
export function shownKeys(action: Action): string | undefined {
  const keys = action.keys[0];
  return keys === undefined ? undefined : keysHere(keys);
}

/** One `Ctrl+Z` as this system writes it. */
export function keysHere(keys: string): string {
  if (!mac) return keys;
  return keys.replace("Ctrl+", "⌘").replace("Shift+", "⇧").replace("Alt+", "⌥");
}

/** True where a key press is the one that `keys` says. */
export function pressed(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  const wanted = (modifier: string) => parts.includes(modifier);
  const control = mac ? event.metaKey : event.ctrlKey;
  // A sign such as `?` is the key itself, whatever has to be held down for it on this keyboard.
  if (parts.length === 1 && /^[^A-Za-z0-9]$/.test(key)) return !control && !event.altKey && event.key === key;
  if (control !== wanted("Ctrl") || event.altKey !== wanted("Alt") || event.shiftKey !== wanted("Shift")) return false;
  // With Alt a Mac types other letters: the key's place counts then.
  return (
    event.key.toLowerCase() === key.toLowerCase() ||
    (wanted("Alt") && (event.code === `Key${key}` || event.code === `Digit${key}`))
  );
}
