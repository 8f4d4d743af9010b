import { describe, expect, it } from "vitest";
import { chosenFiles } from "./merge-choices.ts";

const path = "apparmor.d/x";
const text = "one\nMINE\nthree\nmine too\n";
const lines = {
  file: path,
  kind: "lines",
  base: "two\n",
  mine: "MINE\n",
  theirs: "THEIRS\n",
  range: { start: 4, end: 9 },
  line: 2,
} as const;
const later = { ...lines, base: "four\n", mine: "mine too\n", theirs: "", range: { start: 15, end: 24 }, line: 4 };
const merged = { files: [{ path, text }], conflicts: [lines, later] };

describe("what a person chose in a merge", () => {
  it("stands in the place of each conflict; what is not chosen stays mine", () => {
    expect(chosenFiles(merged, new Map())).toEqual([{ path, text }]);
    expect(chosenFiles(merged, new Map([[0, "theirs"]]))[0]?.text).toBe("one\nTHEIRS\nthree\nmine too\n");
    expect(
      chosenFiles(
        merged,
        new Map([
          [0, "both"],
          [1, "theirs"],
        ] as const),
      )[0]?.text,
    ).toBe("one\nMINE\nTHEIRS\nthree\n");
  });

  it("may be that a file goes, or stays, or has their name", () => {
    const file = { ...lines, kind: "file", mine: text, theirs: null, range: { start: 0, end: text.length } } as const;
    const one = { files: [{ path, text }], conflicts: [file] };
    expect(chosenFiles(one, new Map([[0, "theirs"]]))).toEqual([]);
    expect(chosenFiles(one, new Map([[0, "mine"]]))).toEqual([{ path, text }]);
    const name = { ...file, kind: "name", mine: path, theirs: "apparmor.d/y" } as const;
    expect(chosenFiles({ ...one, conflicts: [name] }, new Map([[0, "theirs"]]))).toEqual([
      { path: "apparmor.d/y", text },
    ]);
  });
});
