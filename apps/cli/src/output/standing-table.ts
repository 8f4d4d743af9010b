import type { StandingRow, StandingWord } from "@hauberk/contract";
import { bad, doubtful, faint, good, harmless, say } from "./terminal.ts";

const words: Record<StandingWord, (text: string) => string> = {
  enforced: good,
  widened: bad,
  dropped: bad,
  rejected: bad,
  undecided: doubtful,
};

const columnWidth = 11;
const mostRuleCharacters = 60;

/** Prints rows as a table of rules by targets for each file, what does not hold explained below its rule. */
export function printStandings(rows: readonly StandingRow[]): void {
  const targets = [...new Set(rows.map(({ target }) => target))];
  for (const [file, ofFile] of Map.groupBy(rows, (row) => row.file)) {
    const places = [...Map.groupBy(ofFile, ({ start, end, subject }) => `${start}-${end}-${subject}`).values()];
    say(harmless(file));
    say(faint(`  ${"line".padStart(5)}  ${targets.map((target) => target.padEnd(columnWidth)).join(" ")}`));
    for (const alike of places) printPlace(alike, targets);
    say();
  }
  const count = (word: StandingWord): string => {
    const found = rows.filter(({ standing }) => standing === word).length;
    return `${found} ${word}`;
  };
  say((["enforced", "widened", "dropped", "rejected", "undecided"] as const).map(count).join(", "));
}

/** One rule on all targets. */
function printPlace(rows: readonly StandingRow[], targets: readonly string[]): void {
  const [first] = rows;
  if (first === undefined) return;
  const cells = targets.map((target) => {
    const word = rows.find((row) => row.target === target)?.standing;
    return word === undefined ? " ".repeat(columnWidth) : words[word](word.padEnd(columnWidth));
  });
  say(`  ${String(first.line).padStart(5)}  ${cells.join(" ")} ${harmless(shortened(titleOf(first)))}`);
  // What a profile's mode makes of its rules is told even where the mode itself is kept.
  const told = rows.filter(({ standing, subject }) => standing !== "enforced" || subject === "profile");
  for (const [detail, alike] of Map.groupBy(told, (row) => row.detail)) {
    say(faint(`         ${alike.map(({ target }) => target).join(", ")}: ${harmless(detail)}`));
  }
}

/** Names and flags are bare words, which say nothing by themselves. */
function titleOf({ subject, rule }: StandingRow): string {
  return subject === "profile" || subject === "flag" ? `${subject} ${rule}` : rule;
}

function shortened(text: string): string {
  return text.length > mostRuleCharacters ? `${text.slice(0, mostRuleCharacters - 1)}…` : text;
}
