import { kindNotes, phrase, type Phrase } from "./phrase.ts";

/** A userns rule in words. */
export function sayUserns(): Phrase {
  return phrase("make user namespaces, in which it holds every capability over what belongs to them", "high", [
    kindNotes.userns,
  ]);
}
