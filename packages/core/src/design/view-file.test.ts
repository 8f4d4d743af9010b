import { describe, expect, it } from "vitest";

import { textOf } from "../syntax/index.ts";
import { viewFile } from "./index.ts";

describe("the typed view of a file", () => {
  it("finds the preamble", () => {
    const view = viewFile(
      "x",
      'abi <abi/4.0>,\ninclude <tunables/global>\ninclude if exists "local/x"\n@{A} = /a "/b c" # d\n@{A} += /e\n$on = TRUE\nalias /a -> "/b",\n',
    );
    expect(view.abi).toMatchObject({ path: "abi/4.0", magic: true });
    expect(view.includes.map(({ path, magic, ifExists }) => ({ path, magic, ifExists }))).toEqual([
      { path: "tunables/global", magic: true, ifExists: false },
      { path: "local/x", magic: false, ifExists: true },
    ]);
    expect(view.variables.map(({ name, operator, values }) => ({ name, operator, values }))).toEqual([
      { name: "A", operator: "=", values: ["/a", "/b c"] },
      { name: "A", operator: "+=", values: ["/e"] },
    ]);
    expect(view.booleans.map(({ name, value }) => ({ name, value }))).toEqual([{ name: "on", value: true }]);
    expect(view.aliases.map(({ from, to }) => ({ from, to }))).toEqual([{ from: "/a", to: "/b" }]);
  });

  it.each([
    ["/bin/x { }", { form: "profile", keyword: false, name: "/bin/x", attachment: "/bin/x" }],
    ["profile x { }", { form: "profile", keyword: true, name: "x", attachment: null }],
    ['profile "x y" "/a b" { }', { form: "profile", keyword: true, name: "x y", attachment: "/a b" }],
    ["profile :n:x @{bin}/x { }", { form: "profile", keyword: true, name: ":n:x", attachment: "@{bin}/x" }],
    ["profile x (complain) { }", { name: "x", flags: ["complain"] }],
    [
      "profile x xattrs=(a=b c) flags=(audit,kill.signal=hup) { }",
      { xattrs: ["a=b", "c"], flags: ["audit", "kill.signal=hup"] },
    ],
    ["^h { }", { form: "hat", keyword: false, name: "h" }],
    ["hat h { }", { form: "hat", keyword: true, name: "h" }],
  ])("reads the head %s", (text, expected) => {
    expect(viewFile("x", text).profiles[0]).toMatchObject(expected);
  });

  it("puts rules, includes and children into their profile, and says what is around a rule", () => {
    const view = viewFile(
      "x",
      "profile x {\n  include <a>\n  /a r,\n  if $b { owner { /b r, } } else { /c r, }\n  ^h { /d r, }\n}\n/bin/y { /e r, }\n",
    );
    const [x, y] = view.profiles;
    expect(x?.includes.map(({ path }) => path)).toEqual(["a"]);
    const within = x?.rules.map(({ rule, within: around }) => [
      textOf(view.tree, rule.node),
      ...around.map((node) => node.kind),
    ]);
    expect(within).toEqual([
      ["/a r,"],
      ["/b r,", "conditional-branch", "qualified-block"],
      ["/c r,", "conditional-branch"],
    ]);
    expect(x?.children.map(({ name, rules }) => [name, rules.length])).toEqual([["h", 1]]);
    expect(y?.rules).toHaveLength(1);
    expect(view.looseRules).toEqual([]);
  });

  it("keeps the rules of an abstraction, which has no profile", () => {
    const view = viewFile("x", "  /etc/x r,\n  capability kill,\n");
    expect(view.looseRules.map(({ rule }) => rule.value.kind)).toEqual(["file", "capability"]);
  });
});
