import { phrase, type Phrase } from "./phrase.ts";

/** The rule `all,` in words. */
export function sayAll(): Phrase {
  return phrase("do everything that AppArmor could keep it from", "total");
}
