import type { DesignFile } from "../design/index.ts";
import type { AnchorPlace, FollowedAnchor } from "./anchor-place.ts";
import { followAnchor, goneFrom } from "./anchor.ts";
import { standsStill } from "./stands-still.ts";

/** The texts of a revision that following has to see first. */
export interface NeededRevision {
  readonly state: "needs";
  readonly revision: number;
}

/** The files of a revision by its number; undefined where they are not at hand yet. */
export type FilesOf = (revision: number) => readonly DesignFile[] | undefined;

interface Stop {
  readonly number: number;
  readonly files: readonly DesignFile[];
  readonly place: AnchorPlace;
}

/**
 * Where the thing of an anchor stands after any number of revisions, from that in which the anchor counts to a later or earlier
 * one. Where its very text stands in the very same place, there it is, whatever was between. Otherwise the revision is looked for
 * in which it became another or went: that one is followed as a step of its own, and what it found there counts from then on. So
 * no rule that came later is taken for one that went before, and of a long history few revisions are needed.
 */
export function followThrough(
  anchor: AnchorPlace,
  from: number,
  to: number,
  filesOf: FilesOf,
): FollowedAnchor | NeededRevision {
  const [first, goal] = [filesOf(from), filesOf(to)];
  if (first === undefined || goal === undefined) return { state: "needs", revision: first === undefined ? from : to };
  let at: Stop = { number: from, files: first, place: anchor };
  let [changed, certain] = [false, true];
  for (;;) {
    const last = at.number === to ? followAnchor(at.place, goal, goal) : standsStill(at.place, at.files, goal);
    if (last?.state === "gone") return last;
    if (last !== undefined) return { ...last, state: changed ? "changed" : last.state, certain };
    const turn = findTurn(at, to, filesOf);
    if ("state" in turn) return turn;
    const found = followAnchor(turn.before.place, turn.before.files, turn.files);
    if (found.state === "gone") return goneFrom(turn.before.place, turn.before.files, goal);
    at = { number: turn.number, files: turn.files, place: found.place };
    changed ||= found.state === "changed";
    certain &&= found.certain;
  }
}

/** Two neighbouring revisions: in the earlier one it stands as it did, in the other one no longer for certain. */
interface Turn {
  readonly before: Stop;
  readonly number: number;
  readonly files: readonly DesignFile[];
}

function findTurn(at: Stop, to: number, filesOf: FilesOf): Turn | NeededRevision {
  let [before, number] = [at, to];
  while (Math.abs(number - before.number) > 1) {
    const between = roundest(Math.min(before.number, number), Math.max(before.number, number));
    const files = filesOf(between);
    if (files === undefined) return { state: "needs", revision: between };
    const found = standsStill(at.place, at.files, files);
    if (found === undefined) number = between;
    else before = { number: between, files, place: found.place };
  }
  const files = filesOf(number);
  return files === undefined ? { state: "needs", revision: number } : { before, number, files };
}

/** The number between two that most powers of two divide: near the middle, and the same for ways that overlap. */
function roundest(low: number, high: number): number {
  let step = 1;
  while ((Math.floor(low / (step * 2)) + 1) * step * 2 < high) step *= 2;
  return (Math.floor(low / step) + 1) * step;
}
