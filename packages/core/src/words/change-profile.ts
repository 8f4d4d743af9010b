import type { ChangeProfileRuleValue } from "../rules/index.ts";
import { fitsEveryLabel, sayProfileName } from "./names.ts";
import { sayPaths } from "./paths.ts";
import { phrase, type Phrase } from "./phrase.ts";

/** A change_profile rule in words. */
export function sayChangeProfile({ exec, target, safety }: ChangeProfileRuleValue): Phrase {
  const open = target === null || fitsEveryLabel(target);
  // `unconfined` is a name without a slash, too.
  const leaves = target === "unconfined" || target === "*";
  const kept = safety === "unsafe" ? ", with this program's environment, through which it can be steered" : "";
  const danger = open || leaves ? "total" : safety === "unsafe" ? "medium" : "low";
  const under = open ? "any profile, or none" : targetWords(target);
  if (exec !== null) {
    const program = sayPaths([exec]).words;
    return phrase(`choose, as it starts ${program}, to have that run under ${under}${kept}`, danger);
  }
  if (target === "unconfined") return phrase(`take itself out of confinement${kept}`, danger);
  return phrase(`put itself under ${under}${kept}`, danger);
}

/** What goes on from "under". */
function targetWords(target: string): string {
  if (target === "unconfined") return "no profile";
  if (target.startsWith("&"))
    return `${sayProfileName(target.slice(1))} beside its own, so that only what both allow is allowed`;
  return `${sayProfileName(target)}${target === "*" ? ", or none" : ""}`;
}
