import { describe, expect, it } from "vitest";

import { configPath, newConfigText, type DesignFile } from "../design/index.ts";
import { mergeProblems } from "./index.ts";

const path = "apparmor.d/a";

function profile(...rules: readonly string[]): DesignFile[] {
  return [{ path, text: `profile a {\n${rules.map((rule) => `  ${rule}\n`).join("")}}\n` }];
}

function settings(text: string): DesignFile[] {
  return [{ path: configPath, text }];
}

describe("what is told before a merge is saved", () => {
  it("is what no parser accepts though it accepts each side, with its place", () => {
    const sides = { base: profile(), mine: profile("/bin/s ix,"), theirs: profile("/bin/s Px,") };
    const [problem, ...more] = mergeProblems(sides, profile("/bin/s ix,", "/bin/s Px,"));
    expect(problem).toMatch(/^`apparmor.d\/a`, line [23]: /u);
    expect(more).toEqual([]);
  });

  it("is no error that a side has, nor what both sides' errors add up to", () => {
    const sides = { base: profile(), mine: profile("what 1"), theirs: profile("/a r,", "what 2") };
    expect(mergeProblems(sides, sides.mine)).toEqual([]);
    expect(mergeProblems(sides, sides.theirs)).toEqual([]);
    const wrong = { base: profile("/a r,"), mine: profile("/a r,", "/x,"), theirs: profile("/y,", "/a r,") };
    expect(mergeProblems(wrong, profile("/y,", "/a r,", "/x,"))).toEqual([]);
    expect(mergeProblems(wrong, profile("/y,", "/a r,", "/x,", "/z,"))).toHaveLength(1);
  });

  it("is that settings can't be read, and that two files have one path", () => {
    const fine = settings(newConfigText({ name: "x" }));
    const twice = settings('{"format": 1, "name": "x", "peers": [], "peers": []}');
    const sides = { base: fine, mine: fine, theirs: fine };
    expect(mergeProblems(sides, twice)).toEqual(["`hauberk.json`, line 1: the key `peers` stands here twice"]);
    expect(mergeProblems({ ...sides, theirs: twice }, twice)).toEqual([]);
    expect(mergeProblems(sides, [...profile(), ...profile()])).toEqual([
      "Two files would have the path `apparmor.d/a`.",
    ]);
  });
});
