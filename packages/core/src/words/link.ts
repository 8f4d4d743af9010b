import type { LinkRuleValue } from "../rules/index.ts";
import { sayPaths } from "./paths.ts";
import { ownerWords } from "./file.ts";
import { type Manner, phrase, type Phrase } from "./phrase.ts";

/** A link rule in words. */
export function sayLink({ path, target, subset }: LinkRuleValue, { owner }: Manner): Phrase {
  const manner = { owned: owner === "owner" };
  const at = sayPaths([path], manner).words;
  const to = sayPaths([target], manner).words;
  const kept = subset ? ", where the new name is allowed no more than the old one" : "";
  return phrase(
    `make hard links at ${at}${at.includes(",") ? "," : ""} that lead to ${to}${kept}${ownerWords(owner)}`,
    "medium",
  );
}
