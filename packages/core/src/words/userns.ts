import { phrase, type Phrase } from "./phrase.ts";

/** A userns rule in words. */
export function sayUserns(): Phrase {
  return phrase("make user namespaces, in which it holds every capability over what belongs to them", "high", [
    "Kernels before 6.12 do not ask this rule.",
  ]);
}
