import { viewFile } from "@hauberk/core/design";
import { type FileRuleValue, noQualifiers } from "@hauberk/core/rules";
import { describe, expect, it } from "vitest";

import { PathRules } from "./path-rules.ts";
import { changedValue, newPathRule, pathParts, sameRow } from "./paths-model.ts";

function rulesOf(body: string) {
  const file = viewFile("apparmor.d/x", `profile x {\n${body}\n}\n`);
  const profile = file.profiles[0];
  if (profile === undefined) throw new Error("no profile");
  return new PathRules(file, profile);
}

function rowsOf(body: string) {
  const rules = rulesOf(body);
  return rules.numbers.flatMap((number) => rules.row(number) ?? []);
}

function value(part: Partial<FileRuleValue>): FileRuleValue {
  return { ...newPathRule("/a", { permissions: ["r"], exec: null, owner: false }), ...part };
}

describe("PathRules", () => {
  it("shows every file rule with its letters, exec mode and switches", () => {
    const rows = rowsOf("  owner @{HOME}/x rwk,\n  capability bpf,\n  audit deny /b w,\n  /bin/c Px -> d,\n  file,");
    expect(rows.map(({ path }) => path)).toEqual(["@{HOME}/x", "/b", "/bin/c", null]);
    expect(rows[0]).toMatchObject({ line: 2, permissions: "rwk", owner: "owner", index: 0 });
    expect(rows[1]).toMatchObject({ deny: true, audit: true, permissions: "w", index: 2 });
    expect(rows[2]).toMatchObject({ exec: "Px", execTarget: "d" });
  });

  it("marks rules inside blocks and conditionals and counts the block's words", () => {
    const rows = rowsOf("  audit {\n    /a r,\n  }\n  if $X {\n    /b r,\n  }");
    expect(rows[0]).toMatchObject({ audit: true });
    expect(rows[0]?.marks.join()).toContain("block");
    expect(rows[1]?.marks.join()).toContain("if $X");
  });

  it("marks a rule of which a part can't be read, with that part", () => {
    const [broken, whole] = rowsOf("  /a r foo,\n  /b r,");
    expect(broken?.marks).toEqual(["has a part that can't be read: `foo`"]);
    expect(whole?.marks).toEqual([]);
  });

  it("marks rules about files that the user doesn't own, which are no owner's", () => {
    const rows = rowsOf("  other /a r,\n  other {\n    /b r,\n  }\n  owner /c r,");
    expect(rows.map(({ owner }) => owner)).toEqual(["other", "other", "owner"]);
    expect(rows[0]?.marks.join()).toContain("says `other`: only files that the user doesn't own");
    expect(rows[1]?.marks.join()).toContain("only files that the user doesn't own");
    expect(rows[2]?.marks).toEqual([]);
  });

  it("finds the rule of a place in the text, also where two touch", () => {
    const rules = rulesOf("  /a r,/b r,\n  capability bpf,\n  /c r,");
    const [first, second, third] = rules.numbers.map((number) => rules.row(number));
    expect(rules.numberAt(first?.start ?? 0)).toBe(0);
    expect(rules.numberAt(second?.start ?? 0)).toBe(1);
    expect(rules.numberAt(third?.end ?? 0)).toBe(3);
    expect(rules.numberAt((third?.start ?? 0) - 5)).toBe(-1);
    expect(rules.numberAt(0)).toBe(-1);
    expect(rules.numberAt(9999)).toBe(-1);
  });

  it("tells rows alike that only moved within their line's number", () => {
    const [before, after, other] = ["  /a r,", "    /a r,", "  /a rw,"].flatMap((body) => rowsOf(body));
    if (before === undefined || after === undefined || other === undefined) throw new Error("no rows");
    expect(sameRow(before, after)).toBe(true);
    expect(sameRow(before, other)).toBe(false);
  });
});

describe("pathParts", () => {
  it("parts a path without losing any of it", () => {
    expect(pathParts("/usr/share/GeoIP/**")).toEqual({ root: "/usr/", folders: "share/GeoIP/", last: "**" });
    expect(pathParts("/bare")).toEqual({ root: "/", folders: "", last: "bare" });
    for (const path of ["/", "/a/", "@{HOME}/x/", "/a//b", "", "a/b/c/d"]) {
      const { root, folders, last } = pathParts(path);
      expect(root + folders + last).toBe(path);
    }
  });
});

const after = (from: Partial<FileRuleValue>, change: Parameters<typeof changedValue>[1]) => {
  const result = changedValue(value(from), change);
  return result.ok ? result.value : result.reason;
};

describe("changedValue", () => {
  it("ticks and unticks a letter, and swaps w and a", () => {
    expect(after({}, { toggle: "w" })).toMatchObject({ permissions: ["r", "w"] });
    expect(after({ permissions: ["r", "w"] }, { toggle: "w" })).toMatchObject({ permissions: ["r"] });
    expect(after({ permissions: ["r", "w"] }, { toggle: "a" })).toMatchObject({ permissions: ["r", "a"] });
  });

  it("refuses to leave a rule without any access, in words", () => {
    expect(after({}, { toggle: "r" })).toContain("at least one permission");
    expect(after({ permissions: [], exec: "ix" }, { exec: null })).toContain("at least one permission");
  });

  it("gives a deny the plain x and an allow a mode again", () => {
    const denied = after({ exec: "Px", execTarget: "t" }, { toggle: "deny" });
    expect(denied).toMatchObject({ exec: "x", execTarget: null, qualifiers: { access: "deny" } });
    expect(after({ exec: "x", qualifiers: { ...noQualifiers, access: "deny" } }, { toggle: "deny" })).toMatchObject({
      exec: "ix",
      qualifiers: { access: null },
    });
  });

  it("drops the target where the new mode takes none", () => {
    expect(after({ exec: "Px", execTarget: "t" }, { exec: "ix" })).toMatchObject({ exec: "ix", execTarget: null });
    expect(after({ exec: "Px", execTarget: "t" }, { exec: "Cx" })).toMatchObject({ execTarget: "t" });
    expect(after({ exec: "ix" }, { execTarget: "t" })).toContain("target");
  });

  it("takes the target of a link with its `l`, and lets it be changed and taken away", () => {
    const link = { permissions: ["r", "l"], execTarget: "/tmp/x" } as const;
    expect(after(link, { toggle: "l" })).toMatchObject({ permissions: ["r"], execTarget: null });
    expect(after(link, { toggle: "r" })).toMatchObject({ permissions: ["l"], execTarget: "/tmp/x" });
    expect(after(link, { toggle: "deny" })).toMatchObject({ execTarget: "/tmp/x" });
    expect(after(link, { execTarget: "/tmp/y" })).toMatchObject({ execTarget: "/tmp/y" });
    expect(after(link, { execTarget: null })).toMatchObject({ execTarget: null });
    // A path that a link may lead to is no profile.
    expect(after(link, { exec: "Px" })).toMatchObject({ exec: "Px", execTarget: null });
    expect(after({ permissions: ["l"], exec: "Px", execTarget: "t" }, { exec: null })).toMatchObject({
      execTarget: null,
    });
    expect(after({}, { execTarget: "/tmp/x" })).toContain("target");
  });
});
