import type { TextRange } from "../text/index.ts";
import { aligned, linesOf } from "./align.ts";
import { joinedLists } from "./join-rules.ts";

/** Lines that both sides made something else of. */
export interface LineConflict {
  readonly base: string;
  readonly mine: string;
  readonly theirs: string;
  /** Mine, in the merged text. */
  readonly range: TextRange;
}

/** Two texts made of the same one, put together; mine where they can't be. */
export interface MergedLines {
  readonly text: string;
  readonly conflicts: readonly LineConflict[];
}

/** A piece of the three texts, in lines. */
export interface Piece {
  readonly base: readonly string[];
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

/**
 * Merges by lines, each kept with its own end: what only one side changed is taken, what both changed alike too. `rules`: the
 * texts are policy, so rules that both sides put to one place stand there beside one another, theirs first.
 */
export function mergeLines(base: string, mine: string, theirs: string, rules: boolean): MergedLines {
  if (mine === theirs || base === theirs) return { text: mine, conflicts: [] };
  if (base === mine) return { text: theirs, conflicts: [] };
  let text = "";
  const conflicts: LineConflict[] = [];
  for (const piece of piecesOf(linesOf(base), linesOf(mine), linesOf(theirs))) {
    const merged = mergedPiece(piece) ?? (rules ? joinedLists(piece) : null);
    if (merged !== null) text += merged;
    else {
      const [was, own, other] = [piece.base, piece.mine, piece.theirs].map((lines) => lines.join(""));
      const range = { start: text.length, end: text.length + (own ?? "").length };
      conflicts.push({ base: was ?? "", mine: own ?? "", theirs: other ?? "", range });
      text += own ?? "";
    }
  }
  return { text, conflicts };
}

/** What is simple: one side left the piece as it was, or both made the same of it. */
function mergedPiece({ base, mine, theirs }: Piece): string | null {
  const [was, own, other] = [base, mine, theirs].map((lines) => lines.join(""));
  if (own === other || was === other) return own ?? "";
  return was === own ? (other ?? "") : null;
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
