import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPatternWithin, patternsMeet } from "../../analysis/index.ts";
import { plainForms } from "./pattern.ts";

const covers = (wide: string, narrow: string): boolean =>
  (plainForms(narrow) ?? []).every((form) => isPatternWithin(form, plainForms(wide) ?? []));

describe("globs", () => {
  it.each([
    ["/etc/x/{,**}", "/etc/x/"],
    ["/etc/x/{,**}", "/etc/x/a/b"],
    ["/etc/x/**", "/etc/x/*"],
    ["/etc/x/*.conf", "/etc/x/[ab]*.conf"],
    ["/{,usr/}bin/x", "/bin/x"],
    ["/run/x/**", "/var/run/x/y"],
    ["@{PROC}/@{pid}/net/dev", "@{PROC}/net/dev"],
    ["/dev/rtc{,[0-9]*}", "/dev/rtc0"],
  ])("%s covers %s", (wide, narrow) => expect(covers(wide, narrow)).toBe(true));

  it.each([
    ["/etc/x/**", "/etc/x/"],
    ["/etc/x/*", "/etc/x/**"],
    ["/etc/x/*", "/etc/x/a/b"],
    ["/etc/x/*.conf", "/etc/x/*"],
    ["/etc/x/[^a]", "/etc/x/a"],
    ["/etc/x", "/etc/xy"],
    ["@{NOBODY_KNOWS}/x", "/x"],
  ])("%s does not cover %s", (wide, narrow) => expect(covers(wide, narrow)).toBe(false));

  it("meet where any path is fitted by both", () => {
    expect(patternsMeet("/etc/*.conf", "/etc/x*")).toBe(true);
    expect(patternsMeet("/etc/*.conf", "/etc/*.cfg")).toBe(false);
    expect(patternsMeet("/usr/share/dns/root.*", "/usr/share/**/locale/**")).toBe(false);
  });

  it("cover themselves, and `**` what begins as it does", () => {
    const path = fc.array(fc.constantFrom("/a", "/b*", "/c?", "/[xy]", "/**", "d"), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(path, (parts) => {
        const glob = `/r${parts.join("")}`;
        expect(covers(glob, glob)).toBe(true);
        expect(covers("/r**", glob)).toBe(true);
      }),
    );
  });

  it("end quickly where they are made to be slow", () => {
    const slow = `/${"**a".repeat(40)}`;
    expect(isPatternWithin(`/${"*a".repeat(40)}b`, [slow])).toBe(false);
    expect(plainForms("{a,b}".repeat(30))).toBeNull();
  });
});
