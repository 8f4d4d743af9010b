import { describe, expect, it } from "vitest";
import { readChoice } from "./view-choice.ts";

describe("readChoice", () => {
  it("takes what it knows and leaves out what it does not", () => {
    const usual = { order: "text", folders: false, folded: [] };
    expect(readChoice(null)).toEqual(usual);
    for (const text of ["", "7", "null", "[]", '{"order":"up","folders":1,"folded":7}']) {
      expect(readChoice(text)).toEqual(usual);
    }
    expect(readChoice('{"order":"danger","folders":true,"folded":["/srv/",3]}')).toEqual({
      order: "danger",
      folders: true,
      folded: ["/srv/"],
    });
  });
});
