import { describe, expect, test } from "vitest";
import { viewFile, type FileView } from "../design/index.ts";
import { applyEdits } from "../text/index.ts";
import { at, lines, over } from "./examples.test-data.ts";
import { addChild, profileUses, renameProfile, renameVariable, variableUses } from "./index.ts";

const childOf = (files: readonly FileView[]) => ({
  path: "apparmor.d/f0",
  profile: at(at(at(files, 0).profiles, 0).children, 0),
});

describe("names over the whole design", () => {
  const one = lines(
    "profile x /x {",
    "  /c Cx -> c,",
    "  /y Px -> y,",
    "  signal peer=x//c,",
    "",
    "  profile c {",
    "    ptrace peer=x,",
    "    /c Cx -> c,",
    "  }",
    "}",
  );
  const two = lines(
    "profile y /y {",
    "  unix peer=(label=x),",
    "  change_profile -> x//c,",
    "  signal peer=x*,",
    "  /x Px -> x,",
    "}",
  );

  test("a profile, its children's names and all that lead to it", () => {
    const renamed = over([one, two], (files) =>
      renameProfile(files, { path: "apparmor.d/f0", profile: at(at(files, 0).profiles, 0) }, "z"),
    );
    expect(renamed).toEqual([
      "rename x to z and in 5 rules that name it",
      one.replace("profile x", "profile z").replace("peer=x//c", "peer=z//c").replace("peer=x,", "peer=z,"),
      two.replace("label=x", "label=z").replace("x//c", "z//c").replace("-> x,", "-> z,"),
    ]);
  });

  test("a child: in its parent by its own name, elsewhere by the full one", () => {
    expect(over([one, two], (files) => renameProfile(files, childOf(files), "d"))).toEqual([
      "rename c to d and in 3 rules that name it",
      one.replace("Cx -> c,\n  /y", "Cx -> d,\n  /y").replace("x//c", "x//d").replace("profile c", "profile d"),
      two.replace("x//c", "x//d"),
    ]);
    const files = [one, two].map((text, index) => viewFile(`apparmor.d/f${index}`, text));
    expect(profileUses(files, childOf(files))).toHaveLength(3);
  });

  test.each(["ch{", "ch}", "c[h", "{ch}"])("a name that rules can't name is refused: %s", (name) => {
    const files = [one, two].map((text, index) => viewFile(`apparmor.d/f${index}`, text));
    const top = { path: "apparmor.d/f0", profile: at(at(files, 0).profiles, 0) };
    expect(renameProfile(files, childOf(files), name).ok).toBe(false);
    expect(renameProfile(files, top, name).ok).toBe(false);
    for (const form of ["profile", "hat"] as const) {
      expect(addChild(at(files, 0), top.profile, { form, name }).ok).toBe(false);
    }
  });

  test("a variable, wherever it is named", () => {
    const texts = [
      lines(
        "@{X} = /a",
        "@{Y} = @{X}/b \\@{X}",
        "@{X} += /c # @{X}",
        "profile x @{X}/x {",
        "  if defined @{X} {",
        "    @{X}/** r,",
        "  }",
        "}",
      ),
      lines("profile y {", '  "@{X}/a b" r,', "  @{XY} r,", "}"),
    ];
    const files = texts.map((text, index) => viewFile(`apparmor.d/f${index}`, text));
    expect(variableUses(files, "X").map(({ kind }) => kind)).toEqual([
      "set",
      "value",
      "set",
      "head",
      "condition",
      "rule",
      "rule",
    ]);
    expect(over(texts, (views) => renameVariable(views, "X", "Z"))).toEqual([
      "rename @{X} to @{Z} in 7 places",
      lines(
        "@{Z} = /a",
        "@{Y} = @{Z}/b \\@{X}",
        "@{Z} += /c # @{X}",
        "profile x @{Z}/x {",
        "  if defined @{Z} {",
        "    @{Z}/** r,",
        "  }",
        "}",
      ),
      texts[1]?.replace("@{X}", "@{Z}"),
    ]);
    expect(over(texts, (views) => renameVariable(views, "X", "Y"))[0]).toMatch(
      /^no: `Y` is set in apparmor.d\/f0, line 2/u,
    );
    expect(over(texts, (views) => renameVariable(views, "HOME", "Z"))[0]).toMatch(
      /^no: `@\{HOME\}` is not set in this design/u,
    );
  });

  test("what hauberk.json says of a profile", () => {
    const text = `{
  "format": 1,
  "name": "d",
  "noNewPrivs": ["y", "x"],
  "peers": [
    { "id": "peer-1", "profile": "x", "direction": "connect", "protocol": "tcp", "address": "10.0.0.1", "port": 53 }
  ]
}
`;
    const files = [viewFile("apparmor.d/f0", one)];
    const profile = at(at(files, 0).profiles, 0);
    const outcome = renameProfile(files, { path: "apparmor.d/f0", profile }, "z", { path: "hauberk.json", text });
    if (!outcome.ok) throw new Error(outcome.reason);
    const edits = outcome.edits.find(({ path }) => path === "hauberk.json")?.edits ?? [];
    expect(applyEdits(text, edits)).toBe(
      text.replace('"y", "x"', '"y", "z"').replace('"profile": "x"', '"profile": "z"'),
    );
  });
});
