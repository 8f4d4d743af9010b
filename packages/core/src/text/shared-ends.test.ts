import * as fc from "fast-check";
import { expect, test } from "vitest";

import { sharedEnds } from "./index.ts";

/** The same, unit by unit. */
function slowly(from: string, to: string): { before: number; after: number } {
  const most = Math.min(from.length, to.length);
  let before = 0;
  while (before < most && from[before] === to[before]) before++;
  let after = 0;
  while (after < most - before && from.at(-1 - after) === to.at(-1 - after)) after++;
  return { before, after };
}

test("what two texts share at their ends is found whole, and no unit is counted twice", () => {
  const long = fc.tuple(fc.string({ maxLength: 6 }), fc.nat(300)).map(([text, times]) => text.repeat(times));
  fc.assert(
    fc.property(long, fc.nat(), fc.nat(9), fc.string({ maxLength: 9 }), (text, place, length, put) => {
      const at = place % (text.length + 1);
      const changed = text.slice(0, at) + put + text.slice(at + length);
      expect(sharedEnds(text, changed)).toEqual(slowly(text, changed));
      expect(sharedEnds(changed, text)).toEqual(slowly(changed, text));
    }),
    { numRuns: 500 },
  );
});
