import { viewFile } from "@hauberk/core/design";
import { type FileRuleValue, noQualifiers } from "@hauberk/core/rules";
import { describe, expect, it } from "vitest";

import { changedValue, filterRows, newPathRule, pathParts, pathRows, rowAtOffset, sameRow } from "./paths-model.ts";

function rowsOf(body: string) {
  const file = viewFile("apparmor.d/x", `profile x {\n${body}\n}\n`);
  const profile = file.profiles[0];
  if (profile === undefined) throw new Error("no profile");
  return pathRows(file, profile);
}

function value(part: Partial<FileRuleValue>): FileRuleValue {
  return { ...newPathRule("/a", { permissions: ["r"], exec: null, owner: false }), ...part };
}

describe("pathRows", () => {
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

  it("finds the row of a place in the text", () => {
    const rows = rowsOf("  /a r,\n  /b r,");
    expect(rowAtOffset(rows, rows[1]?.start ?? 0)).toBe(1);
    expect(rowAtOffset(rows, 0)).toBe(-1);
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

describe("filterRows", () => {
  const rows = rowsOf("  /etc/a r,\n  owner /home/b rw,\n  deny /c w,\n  /bin/d ix,");
  const paths = (only: Parameters<typeof filterRows>[1]["only"], query = "") =>
    filterRows(rows, { query, only }).map(({ path }) => path);

  it("narrows by what rules do and by text", () => {
    expect(paths("writes")).toEqual(["/home/b"]);
    expect(paths("executes")).toEqual(["/bin/d"]);
    expect(paths("denies")).toEqual(["/c"]);
    expect(paths("owner")).toEqual(["/home/b"]);
    expect(paths("all", "ETC")).toEqual(["/etc/a"]);
  });

  it("hands the same list back where nothing is filtered", () => {
    expect(filterRows(rows, { query: " ", only: "all" })).toBe(rows);
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
});
