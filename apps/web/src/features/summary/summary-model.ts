import type { FileView, ProfileView } from "@hauberk/core/design";
import type { Danger } from "@hauberk/core/vocabulary";
import { type ProfileWords, type Saying, sayLooseRules, sayProfile, type VariableValues } from "@hauberk/core/words";

/** What is said of: a profile, or (null) the rules of a file that stand outside any. */
export interface Subject {
  readonly file: FileView;
  readonly profile: ProfileView | null;
}

/** The words of the subject. `values`: what variables stand for in its file. */
export function wordsOf({ file, profile }: Subject, values?: VariableValues): ProfileWords {
  return profile === null ? sayLooseRules(file, values) : sayProfile(file, profile, values);
}

/** True for what is worth a look before the rest. */
export function isGrave({ danger }: Saying): boolean {
  return danger === "high" || danger === "total";
}

/** How many sayings there are, and how many of them are grave: `24 sentences, 3 of high danger`. */
export function countWords({ sections }: ProfileWords): string {
  const sayings = sections.flatMap((section) => section.sayings);
  const of = (danger: Danger): number => sayings.filter((saying) => saying.danger === danger).length;
  const grave = [
    { danger: "total", count: of("total") },
    { danger: "high", count: of("high") },
  ].flatMap(({ danger, count }) => (count === 0 ? [] : [`${count} of ${danger} danger`]));
  const all = sayings.length === 1 ? "1 sentence" : `${sayings.length} sentences`;
  return [all, ...grave].join(", ");
}

/** A profile with more rules than that is said when the typing rests. */
const manyRules = 400;

/** True where saying the subject anew takes longer than a key stroke may. */
export function isLong({ file, profile }: Subject): boolean {
  return (profile?.rules ?? file.looseRules).length > manyRules;
}
