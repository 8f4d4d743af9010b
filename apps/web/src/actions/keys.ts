import type { Action } from "./action.ts";

const mac = navigator.platform.startsWith("Mac");

/** Keys as they are written on this system: `Ctrl+Z`, or `⌘Z`. */
export function shownKeys(action: Action): string | undefined {
  const keys = action.keys[0];
  if (keys === undefined || !mac) return keys;
  return keys.replace("Ctrl+", "⌘").replace("Shift+", "⇧").replace("Alt+", "⌥");
}

/** True where a key press is the one that `keys` says. */
export function pressed(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  const wanted = (modifier: string) => parts.includes(modifier);
  const control = mac ? event.metaKey : event.ctrlKey;
  if (control !== wanted("Ctrl") || event.altKey !== wanted("Alt") || event.shiftKey !== wanted("Shift")) return false;
  // With Alt a Mac types other letters: the key's place counts then.
  return (
    event.key.toLowerCase() === key.toLowerCase() ||
    (wanted("Alt") && (event.code === `Key${key}` || event.code === `Digit${key}`))
  );
}
