import { rlimits } from "@hauberk/core/vocabulary";
import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";

import { limitParts, limitText, limitWords, unitsOf } from "./limit-value.ts";

describe("the value of a limit", () => {
  it.each(["1024", "512MB", "60s", "-5", "infinity", "0"])("%s: taken apart and put together is the same", (value) => {
    expect(limitText(limitParts(value))).toBe(value);
  });

  it.each([
    ["as", "512MB", "512 MiB"],
    ["as", "1000", "1,000 bytes"],
    ["cpu", "60s", "1 minute"],
    ["cpu", "90", "1.5 minutes"],
    ["rttime", "10ms", "10 milliseconds"],
    ["rttime", "500", "500 microseconds"],
    ["nofile", "1024", "1,024"],
    ["core", "0", "0 bytes"],
    ["nice", "-5", "-5"],
    ["as", "infinity", "no limit"],
  ])("%s <= %s means %s", (resource, value, words) => {
    expect(limitWords(resource, value).means).toContain(words);
  });

  it("says nothing of what it can't read", () => {
    expect(limitWords("as", "much")).toEqual({ means: "", trap: null });
    expect(limitWords("nonsense", "5")).toEqual({ means: "", trap: null });
  });

  it("warns of bare numbers that can hardly be meant", () => {
    expect(limitWords("as", "512").trap).toContain("512 bytes");
    expect(limitWords("as", "0").trap).toBeNull();
    expect(limitWords("rttime", "5").trap).toContain("microseconds");
    expect(limitWords("nofile", "5").trap).toBeNull();
  });

  it("offers the unit that is written", () => {
    for (const { name, example } of rlimits) {
      const { unit } = limitParts(example);
      expect(unitsOf(name, unit).map((each) => each.unit)).toContain(unit);
    }
    expect(unitsOf("as", "K").map(({ unit }) => unit)).toContain("K");
  });

  it("answers whatever is written", () => {
    assert(
      property(string(), string(), (resource, value) => {
        expect(typeof limitWords(resource, value).means).toBe("string");
      }),
    );
  });
});
