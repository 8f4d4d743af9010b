import { describe, expect, test } from "vitest";
import { viewFile } from "../design/index.ts";
import { at, lines, over, rule, run } from "./examples.test-data.ts";
import { changeRules, qualifierProblems, removeRules, setQualifiers } from "./index.ts";

describe("many rules at once", () => {
  const text = lines("profile x {", "  /a r,", "  /b   rw, # b", "", "  capability kill,", "  network inet,", "}");

  test("change as one step with one name", () => {
    const [label, after] = over([text], ([file]) => {
      if (file === undefined) throw new Error("no file");
      const [a, b] = at(file.profiles, 0).rules;
      if (a === undefined || b === undefined) throw new Error("no rule");
      return changeRules(file, [
        { placed: a, to: rule("owner /a r,") },
        { placed: b, to: rule("/b rwk,") },
      ]);
    });
    expect(label).toBe("change 2 rules");
    expect(after).toBe(text.replace("/a r", "owner /a r").replace("rw,", "rwk,"));
  });

  run([
    [
      "go, and leave no blank lines behind",
      lines("profile x {", "  /a r,", "", "  /b r,", "  /c r,", "", "  /d r,", "}"),
      (file, x) =>
        removeRules(
          file,
          x.rules.slice(1, 3).map((placed) => placed.rule),
        ),
      lines("profile x {", "  /a r,", "", "  /d r,", "}"),
    ],
    [
      "go, all of them",
      text,
      (file, x) =>
        removeRules(
          file,
          x.rules.map((placed) => placed.rule),
        ),
      lines("profile x {", "  # b", "}"),
    ],
    [
      "get qualifiers, and keep the rest of their text",
      text,
      (file, x) => setQualifiers(file, x.rules, { audit: true, access: "deny" }),
      lines(
        "profile x {",
        "  audit deny /a r,",
        "  audit deny /b   rw, # b",
        "",
        "  audit deny capability kill,",
        "  audit deny network inet,",
        "}",
      ),
    ],
    [
      "are refused by the rule that can't have it",
      text,
      (file, x) => setQualifiers(file, x.rules, { owner: "owner" }),
      "no: `capability kill` in line 5: `owner` cannot stand before capability rules, only before file rules",
    ],
    [
      "take no priority that the parser refuses",
      text,
      (file, x) => setQualifiers(file, x.rules.slice(3), { priority: 5 }),
      "no: `priority=` cannot stand before network rules",
    ],
    [
      "a deny takes no way to execute",
      lines("profile x {", "  /a ix,", "}"),
      (file, x) => setQualifiers(file, x.rules, { access: "deny" }),
      "no: a deny rule refuses every way to execute: it takes `x`, not `ix`",
    ],
  ]);

  test("each says whether it can have a qualifier", () => {
    const file = viewFile("apparmor.d/x", text);
    const problems = qualifierProblems(file, at(file.profiles, 0).rules, { owner: "owner" });
    expect(problems.map((problem) => problem === null)).toEqual([true, true, false, false]);
  });
});
