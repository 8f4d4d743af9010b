import { describe, expect, it } from "vitest";

import { globs } from "../vocabulary/index.ts";
import { mayMatch } from "./glob-match.ts";

const variables = new Map([["bin", ["/usr/bin", "/bin"]]]);

describe("a glob", () => {
  const written = globs.filter(({ example }) => !example.startsWith('"') && !example.includes("@"));

  it.each(written.map((help) => [help.example, help] as const))("%s fits what its help says", (example, help) => {
    expect(help.fits.filter((path) => !mayMatch(example, path, variables))).toEqual([]);
  });

  it.each(written.map((help) => [help.example, help] as const))("%s fits nothing else of its help", (example, help) => {
    expect(help.doesNotFit.filter((path) => mayMatch(example, path, variables) && !path.endsWith("/"))).toEqual([]);
  });

  it("takes each value of a variable, and may fit anything where the variable is unknown", () => {
    expect(mayMatch("@{bin}/sh", "/bin/sh", variables)).toBe(true);
    expect(mayMatch("@{bin}/sh", "/sbin/sh", variables)).toBe(false);
    expect(mayMatch("@{exec_path}", "/sbin/sh", variables)).toBe(true);
  });

  it("takes nested alternatives, and gives up on thousands of them", () => {
    expect(mayMatch("/{,usr/{,local/}}bin/x", "/usr/local/bin/x", variables)).toBe(true);
    expect(mayMatch("/{,usr/{,local/}}bin/x", "/opt/bin/x", variables)).toBe(false);
    expect(mayMatch(`/${"{a,b}".repeat(40)}`, "/c", variables)).toBe(true);
  });

  it("answers at once where a backtracking search would take years", () => {
    expect(mayMatch(`/${"**a".repeat(200)}`, `/${"a".repeat(2000)}b`, variables)).toBe(false);
  });
});
