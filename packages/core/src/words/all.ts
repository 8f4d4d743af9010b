import { type Manner, phrase, type Phrase } from "./phrase.ts";

/**
 * The rule `all,` in words. Compiled, it is `file,` and the bare rule of every other kind but change_profile, which the parsers
 * 4 and 5 leave out.
 */
export function sayAll({ access }: Manner): Phrase {
  if (access === "deny") return phrase("do anything that AppArmor could keep it from", "total");
  return phrase(
    "do everything that AppArmor could keep it from, except to put itself under another profile; what it starts runs under this same one",
    "total",
  );
}
