import type { ChangeProfileRuleValue } from "../rules/index.ts";
import { sayProfileName } from "./names.ts";
import { sayPaths } from "./paths.ts";
import { phrase, type Phrase } from "./phrase.ts";

/** A change_profile rule in words. */
export function sayChangeProfile({ exec, target, safety }: ChangeProfileRuleValue): Phrase {
  const open = target === null || /^\*+$/u.test(target);
  const leaves = target === "unconfined";
  const kept = safety === "unsafe" ? ", its environment kept as it is" : "";
  const danger = open || leaves ? "total" : safety === "unsafe" ? "medium" : "low";
  if (exec !== null) {
    const program = sayPaths([exec]).words;
    const where = leaves ? "under no profile" : `under ${open ? "any profile that it names" : sayProfileName(target)}`;
    return phrase(`put ${program} ${where}, as it starts that${kept}`, danger);
  }
  if (leaves) return phrase(`take itself out of confinement${kept}`, danger);
  return phrase(`put itself under ${open ? "any profile, or none" : sayProfileName(target)}${kept}`, danger);
}
