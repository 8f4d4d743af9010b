import { readAare } from "./aare.ts";
import { type Automaton, automatonOf, isWithin, meet } from "./aare-automaton.ts";

/**
 * Whether all that one glob fits is fitted by one of others; false also where it can't be told or would take too long. Globs
 * without variables, as paths are written in rules.
 */
export function isPatternWithin(inner: string, outers: readonly string[]): boolean {
  if (outers.includes(inner)) return true;
  const near = outers.filter((outer) => mayShare(inner, outer));
  const within = automaton([inner], "wide");
  const around = automaton(near, "narrow");
  return within !== null && around !== null && isWithin(within, around) === true;
}

/** Whether any path is fitted by both globs; true also where it can't be told. */
export function patternsMeet(a: string, b: string): boolean {
  if (!mayShare(a, b)) return false;
  const [first, second] = [automaton([a], "wide"), automaton([b], "wide")];
  return first === null || second === null || meet(first, second) !== false;
}

function automaton(globs: readonly string[], reading: "wide" | "narrow"): Automaton | null {
  const read = globs.flatMap((glob) => {
    const pieces = readAare(glob, reading);
    return pieces === null ? [] : [pieces];
  });
  // What can't be read fits nothing for certain: of the outer ones it is left out, an inner one must be read.
  return read.length === 0 || (reading === "wide" && read.length < globs.length) ? null : automatonOf(read);
}

/** A quick no: what stands before the first sign of a glob differs. */
function mayShare(a: string, b: string): boolean {
  const [first, second] = [beforeGlob(a), beforeGlob(b)];
  const length = Math.min(first.length, second.length);
  return first.slice(0, length) === second.slice(0, length);
}

function beforeGlob(text: string): string {
  return /^[^*?[{\\]*/u.exec(text)?.[0] ?? "";
}
