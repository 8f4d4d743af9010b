/** How many code units two texts share at their beginnings, and at their ends of what is left then. */
export interface SharedEnds {
  readonly before: number;
  readonly after: number;
}

/**
 * What two texts share at both ends. Large texts differ in one place: whole pieces are compared at once, each twice as
 * long as the last, and where two differ their halves.
 */
export function sharedEnds(from: string, to: string): SharedEnds {
  const most = Math.min(from.length, to.length);
  const before = longest(most, (at, piece) => from.slice(at, at + piece) === to.slice(at, at + piece));
  const after = longest(most - before, (at, piece) => {
    const [fromEnd, toEnd] = [from.length - at, to.length - at];
    return from.slice(fromEnd - piece, fromEnd) === to.slice(toEnd - piece, toEnd);
  });
  return { before, after };
}

/** How far pieces are alike, `most` units at the utmost; `alike` tells of the `piece` units behind the first `at`. */
function longest(most: number, alike: (at: number, piece: number) => boolean): number {
  let at = 0;
  let piece = 64;
  while (at + piece <= most && alike(at, piece)) {
    at += piece;
    piece *= 2;
  }
  for (piece >>= 1; piece > 0; piece >>= 1) if (at + piece <= most && alike(at, piece)) at += piece;
  return at;
}
