import { describe, expect, it } from "vitest";
import type { MergeConflict } from "./merge-outcome.ts";
import { settleMerge } from "./settle-merge.ts";

const path = "apparmor.d/x";
const text = "one\nMINE\nthree\nmine too\n";

function lines(start: number, mine: string, theirs: string): MergeConflict {
  const place = { file: path, range: { start, end: start + mine.length }, mine, theirs };
  return { kind: "lines", file: path, line: 2, base: "was\n", mine, theirs, places: [place], both: `${mine}${theirs}` };
}

const merged = { files: [{ path, text }], conflicts: [lines(4, "MINE\n", "THEIRS\n"), lines(15, "mine too\n", "")] };

describe("what a person chose in a merge", () => {
  it("stands in the place of each conflict; what is not chosen stays mine", () => {
    expect(settleMerge(merged, new Map())).toEqual([{ path, text }]);
    expect(settleMerge(merged, new Map([[0, "theirs"]]))[0]?.text).toBe("one\nTHEIRS\nthree\nmine too\n");
    expect(
      settleMerge(
        merged,
        new Map([
          [0, "both"],
          [1, "theirs"],
        ] as const),
      )[0]?.text,
    ).toBe("one\nMINE\nTHEIRS\nthree\n");
  });

  it("may be that a file goes, or stays, or has their name", () => {
    const file = { kind: "file", file: path, line: 1, base: "", mine: text, theirs: null } as const;
    const one = { files: [{ path, text }], conflicts: [file] };
    expect(settleMerge(one, new Map([[0, "theirs"]]))).toEqual([]);
    expect(settleMerge(one, new Map([[0, "mine"]]))).toEqual([{ path, text }]);
    const name = { ...file, kind: "name", mine: path, theirs: "apparmor.d/y" } as const;
    expect(settleMerge({ ...one, conflicts: [name] }, new Map([[0, "theirs"]]))).toEqual([
      { path: "apparmor.d/y", text },
    ]);
  });
});
