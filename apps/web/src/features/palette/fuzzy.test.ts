import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzzyMatch } from "./fuzzy.ts";

/** The texts that match, the best first. */
function ranked(typed: string, texts: readonly string[]): string[] {
  return texts
    .map((text) => ({ text, score: fuzzyMatch(typed, text)?.score ?? null }))
    .filter((each) => each.score !== null)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ text }) => text);
}

describe("fuzzyMatch", () => {
  it("finds a command by a piece, by words in any order, and by the beginnings of its words", () => {
    expect(fuzzyMatch("bund", "Download bundle…")).not.toBeNull();
    expect(fuzzyMatch("bundle down", "Download bundle…")).not.toBeNull();
    expect(fuzzyMatch("np", "New profile…")?.at).toEqual([0, 4]);
    expect(fuzzyMatch("xq", "New profile…")).toBeNull();
  });

  it("puts what begins with the letters before what only holds them", () => {
    expect(ranked("pro", ["Go to the approved file", "Show Programs", "Profile rustnet"])).toEqual([
      "Profile rustnet",
      "Show Programs",
      "Go to the approved file",
    ]);
    expect(ranked("net", ["bucket", "Show Network"])[0]).toBe("Show Network");
  });

  it("marks only characters that were typed, and finds every text by itself", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (text) => {
        const match = fuzzyMatch(text, text);
        expect(match).not.toBeNull();
        for (const offset of match?.at ?? []) expect(offset).toBeLessThan(text.length);
      }),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 6 }), fc.string({ maxLength: 40 }), (typed, text) => {
        const match = fuzzyMatch(typed, text);
        const letters = new Set(typed.toLowerCase());
        const lower = text.toLowerCase().length === text.length ? text.toLowerCase() : text;
        for (const offset of match?.at ?? []) expect(letters).toContain(lower.charAt(offset));
      }),
    );
  });
});
