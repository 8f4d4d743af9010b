import { describe, expect, test } from "vitest";
import { viewFile } from "../design/index.ts";
import { at, lines, rule, run } from "./examples.test-data.ts";
import {
  addElse,
  addRule,
  branchesOf,
  conditionalsOf,
  removeBranch,
  removeConditional,
  setCondition,
  unwrapConditional,
  wrapInConditional,
} from "./index.ts";

describe("conditionals", () => {
  const plain = lines("profile x {", "  /z r,", "", "  # a and b", "  /a r, # a", "", "  /b r,", "", "  /c r,", "}");
  const wrapped = lines(
    "profile x {",
    "  /z r,",
    "",
    "  if $y {",
    "    # a and b",
    "    /a r, # a",
    "",
    "    /b r,",
    "  }",
    "",
    "  /c r,",
    "}",
  );
  run([
    [
      "around rules that stand together",
      plain,
      (file, x) => wrapInConditional(file, x.rules.slice(1, 3), "$y"),
      wrapped,
    ],
    [
      "around one behind another and one with a comment: the brace is no part of it",
      lines("profile x {", "  /c r,  /d w,", "  capability kill,", "  /e r, # why", "}"),
      (file, x) => wrapInConditional(file, [at(x.rules, 1), at(x.rules, 3)], "$y"),
      lines("profile x {", "  /c r,  if $y { /d w, /e r, # why", " }", "  capability kill,", "}"),
    ],
    ["and away again", wrapped, (file, x) => unwrapConditional(file, at(conditionalsOf(x), 0)), plain],
    [
      "around rules that stand apart",
      plain,
      (file, x) => wrapInConditional(file, [at(x.rules, 0), at(x.rules, 3)], "not defined @{Y}"),
      lines(
        "profile x {",
        "  if not defined @{Y} {",
        "    /z r,",
        "    /c r,",
        "  }",
        "",
        "  # a and b",
        "  /a r, # a",
        "",
        "  /b r,",
        "}",
      ),
    ],
    [
      "in one line",
      "profile x { /a r, /b r, /c r, }",
      (file, x) => wrapInConditional(file, x.rules.slice(0, 2), "$y"),
      "profile x { if $y { /a r, /b r, } /c r, }",
    ],
    [
      "and away in one line",
      "profile x { if $y { /a r, /b r, } /c r, }",
      (file, x) => unwrapConditional(file, at(conditionalsOf(x), 0)),
      "profile x { /a r, /b r, /c r, }",
    ],
    [
      "an empty one goes",
      lines("profile x {", "  if $y {", "  }", "}"),
      (file, x) => unwrapConditional(file, at(conditionalsOf(x), 0)),
      lines("profile x {", "}"),
    ],
    [
      "not where an else stands",
      lines("profile x {", "  if $y {", "    /a r,", "  } else {", "    /b r,", "  }", "}"),
      (file, x) => unwrapConditional(file, at(conditionalsOf(x), 0)),
      "no: rules of every branch would hold at once; remove the `else` branches first",
    ],
    [
      "a branch goes",
      lines("profile x {", "  if $y {", "    /a r,", "  } else {", "    /b r,", "  }", "}"),
      (file, x) => removeBranch(file, at(branchesOf(at(conditionalsOf(x), 0)), 1)),
      lines("profile x {", "  if $y {", "    /a r,", "  }", "}"),
    ],
    [
      "all of it goes",
      lines("profile x {", "  /z r,", "", "  if $y {", "    /a r,", "  }", "}"),
      (file, x) => removeConditional(file, at(conditionalsOf(x), 0)),
      lines("profile x {", "  /z r,", "}"),
    ],
    [
      "another condition",
      wrapped,
      (file, x) => setCondition(file, at(branchesOf(at(conditionalsOf(x), 0)), 0), "not $z"),
      wrapped.replace("$y", "not $z"),
    ],
    [
      "an else",
      wrapped,
      (file, x) => addElse(file, at(conditionalsOf(x), 0)),
      wrapped.replace("  }\n", "  } else {\n  }\n"),
    ],
    [
      "an else in one line",
      "profile x { if $y { /a r, } }",
      (file, x) => addElse(file, at(conditionalsOf(x), 0), "$z"),
      "profile x { if $y { /a r, } else if $z { } }",
    ],
    [
      "an else with a condition",
      lines("profile x {", "  if $y {", "  } else {", "  }", "}"),
      (file, x) => setCondition(file, at(branchesOf(at(conditionalsOf(x), 0)), 1), "$z"),
      lines("profile x {", "  if $y {", "  } else if $z {", "  }", "}"),
    ],
    [
      "no second else",
      lines("profile x {", "  if $y {", "  } else {", "  }", "}"),
      (file, x) => addElse(file, at(conditionalsOf(x), 0)),
      "no: this `if` has an `else` already",
    ],
    [
      "a rule within a branch",
      lines("profile x {", "  if $y {", "    /a r,", "  } else {", "  }", "}"),
      (file, x) => addRule(file, x, rule("/b r,"), { within: at(branchesOf(at(conditionalsOf(x), 0)), 1) }),
      lines("profile x {", "  if $y {", "    /a r,", "  } else {", "    /b r,", "  }", "}"),
    ],
    [
      "a rule beside its like in a branch",
      lines("profile x {", "  if $y {", "    /a r,", "    capability kill,", "  }", "}"),
      (file, x) => addRule(file, x, rule("/b r,"), { within: at(branchesOf(at(conditionalsOf(x), 0)), 0) }),
      lines("profile x {", "  if $y {", "    /a r,", "    /b r,", "    capability kill,", "  }", "}"),
    ],
  ]);

  test.each(["", "$y {", "} /a r, if $y", "$y # c", "y\n", "if $y", "$y {} else", "/a r,"])(
    "%j is no condition",
    (condition) => {
      const file = viewFile("apparmor.d/x", plain);
      expect(wrapInConditional(file, at(file.profiles, 0).rules.slice(0, 1), condition)).toMatchObject({ ok: false });
    },
  );
});
