import type { Choice } from "@hauberk/core/review";

/** What a merge holds of both, and in how many places one gave way, by what was chosen. */
export function heldWords(theirName: string, choices: ReadonlyMap<number, Choice>): string {
  const taken = [...choices.values()];
  const mine = taken.filter((choice) => choice === "mine").length;
  const theirs = taken.filter((choice) => choice === "theirs").length;
  if (mine + theirs === 0) return `It holds your work and ${theirName}’s.`;
  const parts = [
    ...(mine === 0 ? [] : [`in ${places(mine)} it holds yours and not ${theirName}’s`]),
    ...(theirs === 0 ? [] : [`in ${places(theirs)} it holds ${theirName}’s and not yours`]),
  ];
  return `As you chose, ${parts.join(", ")}. All else that you both did is in it.`;
}

function places(count: number): string {
  return count === 1 ? "1 place" : `${count} places`;
}
