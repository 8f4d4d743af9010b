import { describe, expect, it } from "vitest";
import { countChanges, hashOf } from "./revision-files.ts";

const of = (files: Record<string, string>) => new Map(Object.entries(files));

describe("what is not saved", () => {
  it("counts runs of lines, and files that came or went", () => {
    const saved = of({ "apparmor.d/x": "a\nb\nc\nd\n", "apparmor.d/gone": "x" });
    expect(countChanges(saved, saved)).toBe(0);
    expect(countChanges(saved, of({ "apparmor.d/x": "A\nb\nc\nD\n", "apparmor.d/new": "x" }))).toBe(4);
  });

  it("is told by bytes alone, whatever the order of files", () => {
    const one = of({ "apparmor.d/x": "a", "hauberk.json": "{}" });
    expect(hashOf(one)).toBe(hashOf(of({ "hauberk.json": "{}", "apparmor.d/x": "a" })));
    expect(hashOf(one)).not.toBe(hashOf(of({ "hauberk.json": "{}", "apparmor.d/x": "b" })));
  });
});
