import type { RuleStanding, StandingMark, StandingThere } from "../store/index.ts";

/** Each mark in a word or two, as it stands in a table. */
export const markWords: Readonly<Record<StandingMark, string>> = {
  enforced: "Enforced",
  widened: "Widened",
  dropped: "Dropped",
  rejected: "Rejected",
  undecided: "Undecided",
  asking: "Asking",
  unknown: "Not known",
};

/** What each mark means, for a legend. */
export const markMeanings: Readonly<Record<StandingMark, string>> = {
  enforced: "it holds as it is written",
  widened: "it opens more than it says; a deny closes more",
  dropped: "it has no effect there, and nobody says so",
  rejected: "the parser refuses it, and the profile with it",
  undecided: "nobody could tell, for the reason given",
  asking: "the text changed, the answer is on its way",
  unknown: "nobody can be asked now",
};

/** A target's name where room is short: without what stands in parentheses, `Debian 12`. */
export function shortLabel(label: string): string {
  const short = label.replaceAll(/\s*\([^)]*\)/g, "").trim();
  return short === "" ? label : short;
}

/** What a rule comes to on some targets that say the same of it. */
export interface StandingSaying {
  readonly mark: StandingMark;
  /** The targets' short labels: `Debian 12`. */
  readonly labels: readonly string[];
  /** The sentence, with code in backticks: ``widened to `network inet stream,`: any address and port``. */
  readonly words: string;
}

/** What a rule comes to, target by target; those that say the same are joined. Code stands in backticks. */
export function standingSayings({ there }: Pick<RuleStanding, "there">): readonly StandingSaying[] {
  const sayings: { mark: StandingMark; labels: string[]; words: string }[] = [];
  for (const one of there) {
    const words = wordsThere(one);
    const same = sayings.find((saying) => saying.mark === one.mark && saying.words === words);
    if (same === undefined) sayings.push({ mark: one.mark, labels: [shortLabel(one.target.label)], words });
    else same.labels.push(shortLabel(one.target.label));
  }
  return sayings;
}

/** What a rule comes to on one target, after the target's name. Code stands in backticks. */
export function wordsThere({ mark, row, target }: StandingThere): string {
  if (row === null) {
    if (mark === "asking") return "asking; the answer is on its way.";
    return `not known. ${target.why ?? "The service said nothing about this rule."}`;
  }
  const { detail } = row;
  if (detail.toLowerCase().startsWith(mark)) return `${detail.slice(0, 1).toLowerCase()}${detail.slice(1)}`;
  return detail === "" ? `${mark}.` : `${mark}. ${detail}`;
}

/** The same as one text: for a tooltip, a reader or the clipboard. */
export function standingText(standing: RuleStanding): string {
  return standingSayings(standing)
    .map(({ labels, words }) => `${labels.join(", ")}: ${words}`)
    .join("\n");
}
