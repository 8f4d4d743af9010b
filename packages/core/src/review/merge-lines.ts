import { aligned, linesOf } from "./align.ts";
import { joinedLists } from "./join-rules.ts";

/** A piece of the three texts, in lines. */
export interface Piece {
  readonly base: readonly string[];
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

/** A piece of the three texts with what they make together: null where both made something else of it. */
export interface Segment {
  readonly base: string;
  readonly mine: string;
  readonly theirs: string;
  readonly merged: string | null;
}

/**
 * Merges policy by lines, each kept with its own end: what only one side changed is taken, what both changed alike too, and
 * rules that both sides put to one place stand there beside one another, theirs first.
 */
export function mergeLines(base: string, mine: string, theirs: string): readonly Segment[] {
  if (mine === theirs) return [{ base, mine, theirs, merged: mine }];
  return [...piecesOf(linesOf(base), linesOf(mine), linesOf(theirs))].map((piece) => {
    const texts = { base: piece.base.join(""), mine: piece.mine.join(""), theirs: piece.theirs.join("") };
    return { ...texts, merged: mergedPiece(texts) ?? joinedLists(piece) };
  });
}

/** What is simple: one side left the piece as it was, or both made the same of it. */
function mergedPiece({ base, mine, theirs }: Omit<Segment, "merged">): string | null {
  if (mine === theirs || base === theirs) return mine;
  return base === mine ? theirs : null;
}

/** Cuts the texts at every line of the base that both sides kept; such lines are pieces of their own. */
function* piecesOf(base: readonly string[], mine: readonly string[], theirs: readonly string[]): Generator<Piece> {
  const [toMine, toTheirs] = [aligned(base, mine), aligned(base, theirs)];
  let [from, fromMine, fromTheirs] = [0, 0, 0];
  for (const [at, line] of base.entries()) {
    const [own, other] = [toMine[at] ?? -1, toTheirs[at] ?? -1];
    if (own < 0 || other < 0) continue;
    if (at > from || own > fromMine || other > fromTheirs) {
      yield {
        base: base.slice(from, at),
        mine: mine.slice(fromMine, own),
        theirs: theirs.slice(fromTheirs, other),
      };
    }
    yield { base: [line], mine: [line], theirs: [line] };
    [from, fromMine, fromTheirs] = [at + 1, own + 1, other + 1];
  }
  yield { base: base.slice(from), mine: mine.slice(fromMine), theirs: theirs.slice(fromTheirs) };
}
