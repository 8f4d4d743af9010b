import { kindNotes, type Manner, phrase, type Phrase } from "./phrase.ts";

/** A userns rule in words. */
export function sayUserns({ access }: Manner): Phrase {
  const inside = access === "deny" ? "" : ", in which it holds every capability over what belongs to them";
  return phrase(`make user namespaces${inside}`, "high", [kindNotes.userns]);
}
