import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinTexts } from "./join-texts.ts";

const of = (files: Record<string, string>) => new Map(Object.entries(files));

describe("joinTexts", () => {
  it("joins changes of different files, new ones and removed ones", () => {
    const base = of({ a: "1", b: "2", c: "3" });
    const joined = joinTexts(base, of({ a: "mine", b: "2", c: "3", n: "new" }), of({ a: "1", b: "theirs" }));
    expect(joined).toEqual(of({ a: "mine", b: "theirs", n: "new" }));
  });

  it("joins changes of one file that stand on different lines", () => {
    const base = of({ a: "one\ntwo\nthree\n" });
    expect(joinTexts(base, of({ a: "ONE\ntwo\nthree\n" }), of({ a: "one\ntwo\nthree\nfour\n" }))).toEqual(
      of({ a: "ONE\ntwo\nthree\nfour\n" }),
    );
  });

  it("says no where both changed the same line, or one removed what the other changed", () => {
    const base = of({ a: "one\ntwo\n" });
    expect(joinTexts(base, of({ a: "1\ntwo\n" }), of({ a: "eins\ntwo\n" }))).toBeNull();
    expect(joinTexts(base, of({}), of({ a: "eins\ntwo\n" }))).toBeNull();
  });

  it("is the other's work where there is none of one's own, and the same work once where both did the same", () => {
    const text = fc.array(fc.constantFrom("x\n", "y\n", "z"), { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(joinTexts(of({ a: before }), of({ a: before }), of({ a: after }))).toEqual(of({ a: after }));
        expect(joinTexts(of({ a: before }), of({ a: after }), of({ a: before }))).toEqual(of({ a: after }));
        expect(joinTexts(of({ a: before }), of({ a: after }), of({ a: after }))).toEqual(of({ a: after }));
      }),
    );
  });
});
