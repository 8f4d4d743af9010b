import { viewFile } from "@hauberk/core/design";
import { noQualifiers } from "@hauberk/core/rules";
import { applyEdits, type TextEdit } from "@hauberk/core/text";
import { assert, array, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";

import { addManyRules, insertedLines } from "./add-many.ts";
import { newPathRule } from "./paths-model.ts";

const text = "profile x {\n  capability bpf,\n\n  /etc/a r,\n\n  profile y {\n    /b r,\n  }\n}\n";

function editsOf(outcome: ReturnType<typeof addManyRules>): readonly TextEdit[] {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.edits.flatMap(({ edits }) => edits);
}

const path = (name: string) => newPathRule(name, { permissions: ["r"], exec: null, owner: false });

describe("addManyRules", () => {
  const file = viewFile("apparmor.d/x", text);
  const [profile] = file.profiles;
  if (profile === undefined) throw new Error("no profile");

  it("adds each rule beside its kind, by insertions alone", () => {
    const capability = { kind: "capability", qualifiers: noQualifiers, names: ["chown"] } as const;
    const rules = [path("/etc/b"), capability, path("/etc/c")].map((value, index) => ({ number: index + 1, value }));
    const edits = editsOf(addManyRules(file, profile, rules));
    expect(edits.every(({ range }) => range.start === range.end)).toBe(true);
    const after = viewFile("apparmor.d/x", applyEdits(text, edits));
    expect(after.profiles[0]?.rules.map(({ rule }) => rule.value.kind)).toEqual([
      "capability",
      "capability",
      "file",
      "file",
      "file",
    ]);
    expect(after.profiles[0]?.children[0]?.rules).toHaveLength(1);
  });

  it("adds to a child profile where that is the one shown", () => {
    const child = profile.children[0];
    if (child === undefined) throw new Error("no child");
    const edits = editsOf(addManyRules(file, child, [{ number: 1, value: path("/b/c") }]));
    const after = viewFile("apparmor.d/x", applyEdits(text, edits));
    expect(after.profiles[0]?.children[0]?.rules).toHaveLength(2);
    expect(after.profiles[0]?.rules).toHaveLength(2);
  });

  it("adds nothing where one is refused, and names its line", () => {
    const outcome = addManyRules(file, profile, [
      { number: 1, value: path("/ok") },
      { number: 7, value: path("relative") },
    ]);
    expect(!outcome.ok && outcome.reason).toContain("Line 7");
  });
});

describe("insertedLines", () => {
  it("always leads from one text to the other", () => {
    const texts = array(constantFrom("a\n", "b\n", "\n", "c", "a\r\n")).map((parts) => parts.join(""));
    assert(
      property(texts, texts, (from, to) => {
        expect(applyEdits(from, insertedLines(from, to))).toBe(to);
      }),
    );
  });
});
