import type { DesignFile, PolicyProblem } from "../design/index.ts";
import type { Segment } from "./merge-lines.ts";
import { NewProblems, problemKey, type Sides } from "./merge-problems.ts";

/** A merged file in its segments, as far as clashes go. */
export interface Segmented {
  readonly path: string;
  readonly segments: readonly Segment[];
}

/** What each side did that is accepted alone, but not together. */
export interface Clash {
  readonly mine: Segment;
  /** What theirs did, each taken out of the merged text as long as mine is chosen. */
  readonly theirs: readonly Segment[];
  readonly reason: string;
}

/** Beyond so many, what is left is told of when the whole is checked. */
const mostClashes = 20;

/** What clashes, and the errors for which no such pair is found. */
export interface Clashes {
  readonly clashes: readonly Clash[];
  readonly unsolved: readonly PolicyProblem[];
}

/** Finds what two sides did in different places that no parser accepts together. */
export function findClashes(files: readonly Segmented[], sides: Sides): Clashes {
  const problems = new NewProblems(sides);
  const changed = files.flatMap(({ segments }) => segments).filter(({ mine, theirs }) => mine !== theirs);
  const open = changed.filter(({ merged }) => merged !== null);
  const left = new Set(open.filter(({ base, theirs }) => theirs !== base));
  const brought = open.filter(({ base, mine }) => mine !== base);
  const clashes: Clash[] = [];
  const unsolved: PolicyProblem[] = [];
  for (let round = 0; round < mostClashes; round++) {
    const textsWith: TextsWith = (mine, theirs) => textsOf(files, mine, theirs);
    const problem = problems
      .of(textsWith(new Set(brought), left))
      .find((each) => unsolved.every((passed) => problemKey(passed) !== problemKey(each)));
    if (problem === undefined) break;
    const pair = pairFor(problem, { problems, textsWith, mine: brought, theirs: [...left] });
    if (pair === null) unsolved.push(problem);
    else {
      left.delete(pair.theirs);
      const known = clashes.findIndex(({ mine }) => mine === pair.mine);
      const before = clashes[known];
      if (before === undefined) clashes.push({ mine: pair.mine, theirs: [pair.theirs], reason: problem.message });
      else clashes[known] = { ...before, theirs: [...before.theirs, pair.theirs] };
    }
  }
  return { clashes, unsolved };
}

/** The files with what some segments of mine and some of theirs say. */
type TextsWith = (mine: ReadonlySet<Segment>, theirs: ReadonlySet<Segment>) => readonly DesignFile[];

interface Search {
  readonly problems: NewProblems;
  readonly textsWith: TextsWith;
  readonly mine: readonly Segment[];
  readonly theirs: readonly Segment[];
}

/** What of mine and what of theirs make a problem together: without either it is gone. Null where it is not that simple. */
function pairFor(
  problem: PolicyProblem,
  { problems, textsWith, mine, theirs }: Search,
): { readonly mine: Segment; readonly theirs: Segment } | null {
  const key = problemKey(problem);
  const isThere = (own: readonly Segment[], other: readonly Segment[]): boolean =>
    problems.of(textsWith(new Set(own), new Set(other))).some((each) => problemKey(each) === key);
  const their = firstThat(theirs, (some) => isThere(mine, some));
  const own = firstThat(mine, (some) => isThere(some, theirs));
  if (their === null || own === null) return null;
  const isPair = !isThere(mine, without(theirs, their)) && !isThere(without(mine, own), theirs);
  return isPair ? { mine: own, theirs: their } : null;
}

function without(all: readonly Segment[], one: Segment): readonly Segment[] {
  return all.filter((each) => each !== one);
}

/** The item with which something begins to hold, as they are taken one by one; null where it holds without any. */
function firstThat<T>(items: readonly T[], holds: (some: readonly T[]) => boolean): T | null {
  if (items.length === 0 || holds([])) return null;
  let [not, is] = [0, items.length];
  while (is - not > 1) {
    const middle = (not + is) >> 1;
    if (holds(items.slice(0, middle))) is = middle;
    else not = middle;
  }
  return items[is - 1] ?? null;
}

function textsOf(
  files: readonly Segmented[],
  mine: ReadonlySet<Segment>,
  theirs: ReadonlySet<Segment>,
): readonly DesignFile[] {
  return files.map(({ path, segments }) => ({
    path,
    text: segments.map((segment) => segmentText(segment, mine.has(segment), theirs.has(segment))).join(""),
  }));
}

/** A segment with what mine and what theirs say; mine where that is to be asked. */
function segmentText(segment: Segment, isMine: boolean, isTheirs: boolean): string {
  const { base, mine, theirs, merged } = segment;
  if (merged === null || mine === theirs) return merged ?? mine;
  if (isMine && isTheirs) return merged;
  return isMine ? mine : isTheirs ? theirs : base;
}
