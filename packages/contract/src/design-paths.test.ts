import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { designPathProblem, pathClashes, utf8Length } from "./design-paths.ts";

// Strings of the pieces that paths are attacked with, so that many are nearly right.
const hostilePath = fc
  .array(fc.constantFrom("apparmor.d", "/", "..", ".", "a", "local", "\\", "\0", "C:", "é", "\n", "\u202e", "-", " "))
  .map((pieces) => pieces.join(""));

/** Where a path leads from an empty folder, or null where it leads out of it. */
function resolved(path: string): string | null {
  const place: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") {
      if (place.pop() === undefined) return null;
    } else if (segment !== "." && segment !== "") place.push(segment);
  }
  return place.join("/");
}

describe("the path of a design's file", () => {
  test.each(["apparmor.d/usr.bin.rustnet", "apparmor.d/tunables/rustnet.d/log dir", "apparmor.d/..a", "apparmor.d/-h"])(
    "%j is one",
    (path) => {
      expect(designPathProblem(path)).toBeNull();
    },
  );

  test("names one place below apparmor.d, written in one way", () => {
    fc.assert(
      fc.property(fc.oneof(hostilePath, fc.string()), (path) => {
        if (designPathProblem(path) !== null) return;
        expect(resolved(path)).toBe(path);
        expect(path).toMatch(/^apparmor\.d\/[^/]/);
        expect(path).not.toMatch(/^apparmor\.d\/local(\/|$)/);
        expect(path).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 500 },
    );
  });
});

test("clashes name the later of two equal paths, and the file below a file", () => {
  expect(pathClashes(["a", "b", "a", "a/c"])).toEqual([
    { index: 2, message: expect.stringContaining("twice") },
    { index: 3, message: expect.stringContaining("`a` is a file and a folder") },
  ]);
  expect(pathClashes(["a/b", "a/c", "ab"])).toEqual([]);
});

test("lengths are those of UTF-8", () => {
  expect(["a", "é", "€", "𝄞", "a𝄞é"].map(utf8Length)).toEqual([1, 2, 3, 4, 7]);
});
