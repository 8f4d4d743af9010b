import { describe, expect, test } from "vitest";
import { viewFile } from "../design/index.ts";
import { at, lines, over, refused, run } from "./examples.test-data.ts";
import { copyRules, moveRule, moveRules } from "./index.ts";

describe("moving and copying rules", () => {
  const text = lines(
    "profile x {",
    "  # why a",
    "  /a r, # really",
    "",
    "  # both",
    "  /b r,",
    "  /c r,",
    "",
    "  ^h {",
    "    /z r,",
    "  }",
    "}",
  );
  const move = (which: readonly number[], verb: typeof moveRules) =>
    over([text], ([file]) => {
      if (file === undefined) throw new Error("no file");
      const x = at(file.profiles, 0);
      return verb(
        file,
        which.map((index) => at(x.rules, index)),
        { file, profile: at(x.children, 0) },
      );
    });

  test("into a hat, with the comments that belong to it", () => {
    expect(move([0], moveRules)).toEqual([
      "move /a r to h",
      lines(
        "profile x {",
        "  # both",
        "  /b r,",
        "  /c r,",
        "",
        "  ^h {",
        "    /z r,",
        "    # why a",
        "    /a r, # really",
        "  }",
        "}",
      ),
    ]);
  });

  test("a heading over several rules stays with those that stay, and goes with all", () => {
    expect(move([1], moveRules)[1]).toBe(
      lines(
        "profile x {",
        "  # why a",
        "  /a r, # really",
        "",
        "  # both",
        "  /c r,",
        "",
        "  ^h {",
        "    /z r,",
        "    /b r,",
        "  }",
        "}",
      ),
    );
    expect(move([2, 1], moveRules)).toEqual([
      "move 2 rules to h",
      lines(
        "profile x {",
        "  # why a",
        "  /a r, # really",
        "",
        "  ^h {",
        "    /z r,",
        "    # both",
        "    /b r,",
        "    /c r,",
        "  }",
        "}",
      ),
    ]);
  });

  test("a copy leaves the rules where they are", () => {
    expect(move([1, 2], copyRules)[1]).toBe(text.replace("    /z r,\n", "    /z r,\n    /b r,\n    /c r,\n"));
  });

  test("across files and out of a block, as one step", () => {
    const from = lines("profile x {", "  owner {", "    /a r,", "    /b r,", "  }", "}");
    const result = over([from, "profile y { /y r, }\n"], ([file, other]) => {
      if (file === undefined || other === undefined) throw new Error("no file");
      return moveRules(file, [at(at(file.profiles, 0).rules, 1)], { file: other, profile: at(other.profiles, 0) });
    });
    expect(result).toEqual([
      "move /b r to y",
      lines("profile x {", "  owner {", "    /a r,", "  }", "}"),
      "profile y { /y r, owner /b r, }\n",
    ]);
  });

  test("a comment does not swallow the rest of a line", () => {
    const [, , after] = over([lines("profile x {", "  /a r, # why", "}"), "profile y { }\n"], ([file, other]) => {
      if (file === undefined || other === undefined) throw new Error("no file");
      return moveRules(file, at(file.profiles, 0).rules, { file: other, profile: at(other.profiles, 0) });
    });
    expect(viewFile("y", after ?? "").profiles[0]?.rules).toHaveLength(1);
    expect(viewFile("y", after ?? "").tree.errors).toEqual([]);
  });

  test("what can't be done is refused with its reason", () => {
    expect(refused(text, (file, x) => moveRules(file, [at(x.rules, 0)], { file, profile: x }))).toBe(
      "no: the rule stands there already",
    );
    const conditional = lines("profile x {", "  if $y {", "    /a r,", "  }", "  ^h {", "  }", "}");
    expect(refused(conditional, (file, x) => moveRules(file, x.rules, { file, profile: at(x.children, 0) }))).toBe(
      "no: the rule in line 3 holds under an `if` only, and would hold always elsewhere; take the `if` away first",
    );
    const open = "profile x {\n  /a r,\n  ^h {\n";
    expect(refused(open, (file, x) => moveRules(file, x.rules, { file, profile: at(x.children, 0) }))).toMatch(
      /^no: .*closed/u,
    );
    const twice = lines("profile x {", "  /a r,", "  ^h {", "    /a r,", "  }", "}");
    expect(refused(twice, (file, x) => copyRules(file, x.rules, { file, profile: at(x.children, 0) }))).toBe(
      "no: h has this rule already",
    );
    expect(refused(text, (file, x) => moveRules(file, [], { file, profile: x }))).toBe("no: choose the rules first");
  });

  run([
    [
      "up, with its comment",
      lines("profile x {", "  /a r, # a", "  # about b", "  /b r,", "}"),
      (file, x) => moveRule(file, at(x.rules, 1), "up"),
      lines("profile x {", "  # about b", "  /b r,", "  /a r, # a", "}"),
    ],
    [
      "down, over an include",
      lines("profile x {", "  /a r,", "  include <b>", "  /b r,", "}"),
      (file, x) => moveRule(file, at(x.rules, 0), "down"),
      lines("profile x {", "  /b r,", "  include <b>", "  /a r,", "}"),
    ],
    [
      "not over the end",
      lines("profile x {", "  /a r,", "}"),
      (file, x) => moveRule(file, at(x.rules, 0), "down"),
      "no: the rule is the last one here already",
    ],
  ]);
});
