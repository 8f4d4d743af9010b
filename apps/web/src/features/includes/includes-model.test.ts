import { treeFileView, type PolicyTree, policyFiles } from "@hauberk/core/analysis";
import { viewFile } from "@hauberk/core/design";
import { noValues } from "@hauberk/core/words";
import { describe, expect, it } from "vitest";

import { includesBring } from "@hauberk/core/analysis";
import {
  bringsWords,
  conditionalRules,
  foundRows,
  includeRows,
  libraryRows,
  localIncludePath,
} from "./includes-model.ts";
import { declareInTunable } from "./new-tunable.ts";
import {
  broughtVariables,
  joinValues,
  splitValues,
  tunablePath,
  usesOf,
  variableNameProblem,
  variableRows,
} from "./variables-model.ts";

const text = `include <tunables/global>
@{A} = /a "/b c"
profile x /usr/bin/x {
  include <abstractions/nameservice>
  include <abstractions/nothing>
  include if exists <local/x>
  @{A}/x r,
  @{HOME}/x r,
}
`;
const file = viewFile("apparmor.d/x", text);
const [profile] = file.profiles;
if (profile === undefined) throw new Error("no profile");

const tree: PolicyTree = {
  target: "debian-12",
  files: new Map([
    ["abstractions/nameservice", "# Name lookups.\nnetwork inet stream,\n/etc/hosts r,\n@{HOME}/.hosts r,\n"],
    ["abstractions/quiet", "deny /etc/shadow r,\n"],
    ["abstractions/old.dpkg-old", "/old r,\n"],
    ["tunables/global", "include <tunables/home>\n"],
    ["tunables/home", "@{HOME} = /root/ /home/*/\n"],
  ]),
};
const own = viewFile("apparmor.d/abstractions/own", "# Ours, for cameras.\n/srv/own r,\n");
const files = policyFiles([file, own], tree);

describe("includes", () => {
  it("say what they bring and open, from the text of the target", () => {
    const [nameservice, nothing, local] = includeRows(file, profile.includes, files);
    expect(nameservice?.brings.rules).toBe(3);
    if (nameservice === undefined) throw new Error("no row");
    const words = bringsWords(nameservice.brings, nameservice.danger);
    expect(words.counted).toBe("3 rules: 2 paths, 1 network");
    expect(words.warnings[0]).toBe("Opens all TCP over IPv4 to any address.");
    expect([nothing?.standing, local?.standing]).toEqual(["missing", "machine"]);
  });

  it("say that they stand under a condition or in a block, and how many rules hold only there", () => {
    const placed = `profile x {
  include <abstractions/quiet>
  if $X {
    include <abstractions/nameservice>
  }
  audit {
    include <abstractions/own>
  }
}
`;
    const view = viewFile("apparmor.d/x", placed);
    const includes = view.profiles[0]?.includes ?? [];
    expect(includeRows(view, includes, files).map(({ marks }) => marks.join("; "))).toEqual([
      "",
      "stands inside `if $X`",
      "stands inside a block `audit { … }`; brings only rules about files there: a block keeps no others",
    ]);
    expect(conditionalRules(includes, includesBring(includes, files), files)).toBe(3);
  });

  it("are offered from the design first, without what packages left behind, and found by what they are for", () => {
    const rows = libraryRows("abstractions", files, noValues);
    expect(rows.map(({ path, origin }) => [path, origin])).toEqual([
      ["abstractions/own", "design"],
      ["abstractions/nameservice", "target"],
      ["abstractions/quiet", "target"],
    ]);
    expect(foundRows(rows, "CAMERAS").map(({ path }) => path)).toEqual(["abstractions/own"]);
    expect(foundRows(rows, "opens tcp").map(({ path }) => path)).toEqual(["abstractions/nameservice"]);
    expect(foundRows(rows, " ")).toBe(rows);
  });
});

describe("variables", () => {
  it("are those of the design to change, and those that the target's tunables set", () => {
    expect(variableRows(file, [file, own]).map(({ name }) => name)).toEqual(["A"]);
    expect(broughtVariables(file, files)).toEqual([
      { name: "HOME", values: ["/root/", "/home/*/"], from: [{ path: "tunables/home", origin: "target", start: 0 }] },
    ]);
  });

  it("are counted where they are used, in the design and in what is included", () => {
    const nameservice = treeFileView(tree, "abstractions/nameservice");
    if (nameservice === null) throw new Error("no view");
    const included = [{ path: "abstractions/nameservice", origin: "target" as const, view: nameservice }];
    const uses = usesOf("HOME", [file, own], included);
    expect(uses.map(({ path, ranges }) => [path, ranges.length])).toEqual([
      ["apparmor.d/x", 1],
      ["abstractions/nameservice", 1],
    ]);
    expect(usesOf("NOBODY", [file], [])).toEqual([]);
  });

  it("splits and joins values as they are typed", () => {
    expect(joinValues(file.variables[0]?.values ?? [])).toBe('/a "/b c"');
    expect(splitValues(' /a "/b c"  /d')).toEqual(["/a", "/b c", "/d"]);
  });

  it("checks names of variables", () => {
    expect(variableNameProblem("@{LOG_DIR}", [])).toBeNull();
    expect(variableNameProblem("LOG_DIR", ["LOG_DIR"])).toContain("already");
    expect(variableNameProblem("1x", [])).not.toBeNull();
  });

  it("lists the file's variables, then those of the design's tunables", () => {
    const tunable = viewFile("apparmor.d/tunables/x", "@{B} = /b\n");
    expect(variableRows(file, [file, tunable]).map(({ name, filePath }) => [name, filePath])).toEqual([
      ["A", "apparmor.d/x"],
      ["B", "apparmor.d/tunables/x"],
    ]);
  });

  it("names files as they will be installed", () => {
    expect(localIncludePath("apparmor.d/usr.bin.x")).toBe("local/usr.bin.x");
    expect(tunablePath("/usr/bin/rustnet")).toBe("apparmor.d/tunables/rustnet");
  });
});

describe("declareInTunable", () => {
  it("makes the tunable and includes it once", () => {
    const first = declareInTunable(file, "apparmor.d/tunables/x", null, "LOG_DIR", ["/var/log/x/"]);
    expect(first.ok).toBe(true);
    if (!first.ok) return;
    const put = new Map(first.put);
    expect(put.get("apparmor.d/tunables/x")).toContain("@{LOG_DIR} = /var/log/x/");
    const profileText = put.get("apparmor.d/x") ?? "";
    expect(profileText).toContain("include <tunables/x>");
    const again = viewFile("apparmor.d/x", profileText);
    const second = declareInTunable(again, "apparmor.d/tunables/x", put.get("apparmor.d/tunables/x") ?? null, "B", [
      "/b",
    ]);
    expect(second.ok && second.put.map(([path]) => path)).toEqual(["apparmor.d/tunables/x"]);
  });

  it("refuses a name that is taken", () => {
    expect(declareInTunable(file, "apparmor.d/tunables/x", "@{B} = /b\n", "B", ["/c"]).ok).toBe(false);
  });
});
