import { viewFile } from "@hauberk/core/design";
import { valuesByName } from "@hauberk/core/words";
import { describe, expect, it } from "vitest";

import { folderLines, pathSteps, plainLines } from "./path-folders.ts";
import { PathRules } from "./path-rules.ts";
import { filteredRules, orderedRules, type PathOnly, type PathOrder } from "./shown-rules.ts";

function rulesOf(body: string): PathRules {
  const file = viewFile("apparmor.d/x", `profile x {\n${body}\n}\n`);
  const profile = file.profiles[0];
  if (profile === undefined) throw new Error("no profile");
  return new PathRules(file, profile);
}

const pathsOf = (rules: PathRules, numbers: readonly number[]) =>
  numbers.map((number) => rules.facts(number)?.value.path ?? "file");

describe("filteredRules", () => {
  const rules = rulesOf(
    "  /etc/a r,\n  owner /home/b rw,\n  capability bpf,\n  deny /c w,\n  /bin/d ix,\n  audit /e l,\n  if $X {\n    /f r,\n  }",
  );
  const only = (what: PathOnly, query = "") =>
    pathsOf(rules, filteredRules(rules, { query, only: what }, new Map([[0, null]])));

  it("narrows by what rules do, how they stand, and by text", () => {
    expect(only("writes")).toEqual(["/home/b", "/e"]);
    expect(only("executes")).toEqual(["/bin/d"]);
    expect(only("denies")).toEqual(["/c"]);
    expect(only("owner")).toEqual(["/home/b"]);
    expect(only("links")).toEqual(["/e"]);
    expect(only("audited")).toEqual(["/e"]);
    expect(only("conditional")).toEqual(["/f"]);
    expect(only("needless")).toEqual(["/etc/a"]);
    expect(only("all", "ETC")).toEqual(["/etc/a"]);
    expect(only("all")).toHaveLength(6);
  });

  it("hands the same list back where nothing is filtered", () => {
    expect(filteredRules(rules, { query: " ", only: "all" }, null)).toBe(rules.numbers);
  });
});

describe("orderedRules", () => {
  const rules = rulesOf("  /z r,\n  /b/* ix,\n  deny /a w,\n  /etc/shadow r,\n  /c rw,\n  /usr/share/x r,");
  const order = (by: PathOrder) => pathsOf(rules, orderedRules(rules, rules.numbers, by));

  it("orders by path, by access and by danger, and leaves the text alone", () => {
    expect(order("text")).toEqual(["/z", "/b/*", "/a", "/etc/shadow", "/c", "/usr/share/x"]);
    expect(order("path")).toEqual(["/a", "/b/*", "/c", "/etc/shadow", "/usr/share/x", "/z"]);
    expect(order("access")).toEqual(["/b/*", "/c", "/etc/shadow", "/usr/share/x", "/z", "/a"]);
    const danger = order("danger");
    expect(danger.indexOf("/etc/shadow")).toBeLessThan(danger.indexOf("/usr/share/x"));
    expect(danger.at(-1)).toBe("/a");
  });
});

describe("orderedRules by danger", () => {
  it("weighs by what variables stand for, also after they stood for something else", () => {
    const rules = rulesOf("  @{A}/** rw,\n  @{B}/** rw,");
    const order = (one: string, other: string) => {
      const values = valuesByName([
        ["A", [one]],
        ["B", [other]],
      ]);
      return pathsOf(rules, orderedRules(rules, rules.numbers, "danger", values));
    };
    expect(order("/", "/srv")).toEqual(["@{A}/**", "@{B}/**"]);
    expect(order("/srv", "/")).toEqual(["@{B}/**", "@{A}/**"]);
  });
});

describe("pathSteps", () => {
  it("parts a path at its slashes, not at those within braces, and loses nothing", () => {
    expect(pathSteps("/usr/{lib/,}x/**")).toEqual(["/", "usr/", "{lib/,}x/", "**"]);
    expect(pathSteps("@{HOME}/.config/")).toEqual(["@{HOME}/", ".config/"]);
    expect(pathSteps("/a[/]b")).toEqual(["/", "a[/]b"]);
    for (const path of ["", "/", "//", "/a\\/b/c", "{", "a}b/c", "/x{/y"]) expect(pathSteps(path).join("")).toBe(path);
  });
});

describe("folderLines", () => {
  const body =
    "  /srv/** rw,\n  /srv/data/a r,\n  /srv/data/b r,\n  /etc/one.conf r,\n  /srv/data/deep/er/c r,\n  file,";
  const rules = rulesOf(body);
  const said = (folded: readonly string[] = []) => {
    const lines = folderLines(rules, rules.numbers, new Set(folded));
    return Array.from({ length: lines.count }, (_, index) => {
      const line = lines.at(index);
      if (line === undefined) return "";
      const indent = " ".repeat(line.level - 1);
      if (line.kind === "folder") return `${indent}${line.path.slice(line.cut)} ${line.count} <${line.reach.join()}`;
      return indent + (rules.facts(line.number)?.value.path ?? "file").slice(line.cut);
    });
  };

  it("puts rules below the folders that several lie in, and joins folders that hold but one", () => {
    expect(said()).toEqual([
      "/ 5 <",
      " srv/ 4 <",
      "  data/ 3 <0",
      "   deep/er/c",
      "   a",
      "   b",
      "  **",
      " etc/one.conf",
      "file",
    ]);
  });

  it("hides what lies in a closed folder and still counts it", () => {
    expect(said(["/srv/"])).toEqual(["/ 5 <", " srv/ 4 <", " etc/one.conf", "file"]);
  });

  it("says where each rule stands", () => {
    const lines = folderLines(rules, rules.numbers, new Set());
    for (const number of rules.numbers) {
      const line = lines.at(lines.indexOf(number));
      expect(line?.kind === "rule" && line.number).toBe(number);
    }
    expect(folderLines(rules, rules.numbers, new Set(["/"])).indexOf(1)).toBe(-1);
    expect(plainLines([3, 1, 2]).indexOf(1)).toBe(1);
  });
});
