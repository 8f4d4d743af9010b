import type { LinkRuleValue } from "../rules/index.ts";
import { sayPaths } from "./paths.ts";
import { type Manner, phrase, type Phrase } from "./phrase.ts";

/** A link rule in words. */
export function sayLink({ path, target, subset }: LinkRuleValue, { owner, access }: Manner): Phrase {
  const manner = { owned: owner === "owner", joiner: access === "deny" ? "or" : "and" } as const;
  const at = sayPaths([path], manner).words;
  const to = sayPaths([target], manner).words;
  const kept = subset ? ", where the new name is allowed no more than the old one" : "";
  const whose =
    owner === null ? "" : `, where that belongs to ${owner === "owner" ? "the user it runs as" : "somebody else"}`;
  const several = / and | or /u.test(at.replaceAll(/`[^`]*`/gu, ""));
  const link = several ? "hard links" : "a hard link";
  return phrase(`create ${at}${at.includes(",") ? "," : ""} as ${link} to ${to}${whose}${kept}`, "medium");
}
