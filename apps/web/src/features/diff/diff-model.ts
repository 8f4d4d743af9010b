import type { TextEdit } from "@hauberk/core/text";
import { type Bases, type DesignState, shortName, textsBefore } from "../../store/index.ts";
import { type Hunk, lineDiff, linesOf } from "../../panel/line-diff.ts";

/** With what the design is compared: as it was opened, as it was downloaded, or as it was before the last steps. */
export type BaseChoice = "opened" | "downloaded" | `undo ${number}`;

/** A base to choose. */
export interface BaseOption {
  readonly value: BaseChoice;
  readonly label: string;
}

/** Most steps of the history that are offered as a base. */
const mostSteps = 40;

/** The bases that there are. */
export function baseOptions({ history, bases }: Pick<DesignState, "history" | "bases">): readonly BaseOption[] {
  const steps = history.past.slice(-mostSteps).toReversed();
  return [
    { value: "opened", label: "As it was imported or made" },
    ...(bases.downloaded === null ? [] : [{ value: "downloaded" as const, label: "The last downloaded bundle" }]),
    ...steps.map(({ label }, index): BaseOption => ({
      value: `undo ${index + 1}`,
      label: `Before “${label}”${index === 0 ? ", the last step" : ""}`,
    })),
  ];
}

/** The texts of a base. */
export function baseTexts(
  state: Pick<DesignState, "texts" | "history" | "bases">,
  choice: BaseChoice,
): Bases["opened"] {
  if (choice === "opened") return state.bases.opened;
  if (choice === "downloaded") return state.bases.downloaded ?? state.bases.opened;
  return textsBefore(state.texts, state.history, Number(choice.slice("undo ".length)));
}

/** What became of a file between the base and now. */
export interface FileDifference {
  readonly path: string;
  readonly name: string;
  readonly way: "changed" | "added" | "removed";
  readonly from: string;
  readonly to: string;
  readonly hunks: readonly Hunk[];
  readonly added: number;
  readonly removed: number;
}

/** The files that differ, policy first. */
export function differences(base: Bases["opened"], now: Bases["opened"]): readonly FileDifference[] {
  const paths = [...new Set([...base.keys(), ...now.keys()])].filter((path) => base.get(path) !== now.get(path));
  return paths.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).map((path) => differenceOf(path, base, now));
}

function rank(path: string): number {
  return path.startsWith("apparmor.d/") ? 0 : 1;
}

function differenceOf(path: string, base: Bases["opened"], now: Bases["opened"]): FileDifference {
  const from = base.get(path) ?? "";
  const to = now.get(path) ?? "";
  const hunks = lineDiff(linesOf(from), linesOf(to));
  return {
    path,
    name: shortName(path),
    way: !base.has(path) ? "added" : now.has(path) ? "changed" : "removed",
    from,
    to,
    hunks,
    added: hunks.reduce((sum, { toStart, toEnd }) => sum + toEnd - toStart, 0),
    removed: hunks.reduce((sum, { fromStart, fromEnd }) => sum + fromEnd - fromStart, 0),
  };
}

/** The edit of the text of now that takes one change back: the base's lines, byte for byte. */
export function takeBack({ from, to }: Pick<FileDifference, "from" | "to">, hunk: Hunk): TextEdit {
  const old = linesOf(from).slice(hunk.fromStart, hunk.fromEnd).join("");
  const lines = linesOf(to);
  const start = lines.slice(0, hunk.toStart).join("").length;
  const end = start + lines.slice(hunk.toStart, hunk.toEnd).join("").length;
  return { range: { start, end }, newText: old };
}

/** A change in words: which lines, and what it did. */
export function hunkWords({ fromStart, fromEnd, toStart, toEnd }: Hunk): string {
  if (toStart === toEnd) {
    const gone = fromEnd - fromStart;
    return `${gone === 1 ? "a line" : `${gone} lines`} removed before line ${toStart + 1}`;
  }
  return `${linesWords(toStart, toEnd)} ${fromStart === fromEnd ? "added" : "changed"}`;
}

function linesWords(start: number, end: number): string {
  return end - start === 1 ? `line ${start + 1}` : `lines ${start + 1}–${end}`;
}
