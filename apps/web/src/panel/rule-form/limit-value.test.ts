import { rlimits } from "@hauberk/core/vocabulary";
import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";

import { limitParts, limitText, limitWords, readTypedLimit, unitsOf } from "./limit-value.ts";

describe("the value of a limit", () => {
  it.each([
    ["nofile", "1024"],
    ["as", "512MB"],
    ["cpu", "60s"],
    ["nice", "-5"],
    ["as", "infinity"],
    ["core", "0"],
    ["as", "2GBMB"],
    ["as", "1.5"],
  ])("%s <= %s: taken apart and put together is the same", (resource, value) => {
    expect(limitText(limitParts(resource, value))).toBe(value);
  });

  it.each([
    ["as", "700", "MB", "700MB"],
    ["as", "2GB", "MB", "2GB"],
    ["as", " 2 G ", "KB", "2G"],
    ["as", "infinity", "MB", "infinity"],
    ["nofile", "200", "", "200"],
    ["cpu", "5 min", "s", "5min"],
    ["nice", "-5", "", "-5"],
  ])("%s: `%s` with the unit `%s` is %s", (resource, typed, unit, value) => {
    expect(readTypedLimit(resource, typed, unit)).toEqual({ ok: true, value });
  });

  it.each([
    ["as", "1.5", "MB", "whole number"],
    ["as", "2gb", "MB", "`KB`, `MB` or `GB`"],
    ["as", "much", "", "whole number"],
    ["as", "", "MB", "has no value"],
    ["nofile", "-3", "", "below 0"],
    ["nofile", "5MB", "", "no unit"],
    ["nice", "20", "", "between -20 and 19"],
    ["cpu", "5ms", "s", "below one second"],
  ])("%s: `%s` with the unit `%s` is none, and that is said", (resource, typed, unit, words) => {
    expect(readTypedLimit(resource, typed, unit)).toEqual({ ok: false, reason: expect.stringContaining(words) });
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
    expect(limitWords("as", "2GBMB")).toEqual({ means: "", trap: null });
    expect(limitWords("as", "1.5")).toEqual({ means: "", trap: null });
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
      const { unit } = limitParts(name, example);
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
