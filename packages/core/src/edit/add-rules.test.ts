import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { viewFile } from "../design/index.ts";
import { readRuleText, writeRule, type RuleValue } from "../rules/index.ts";
import { applyEdits } from "../text/index.ts";
import { addRules } from "./add-rules.ts";
import { addRule } from "./edit-rule.ts";
import type { EditOutcome } from "./edit-outcome.ts";

const path = "apparmor.d/x";

function rule(text: string): RuleValue {
  const value = readRuleText(text);
  if (value === undefined) throw new Error(`not a rule: ${text}`);
  return value;
}

function done(text: string, outcome: EditOutcome): string {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.edits.reduce((now, { edits }) => applyEdits(now, edits), text);
}

/** The text after the rules were added to its first profile (or, without one, to the file). */
function added(text: string, ...rules: string[]): string {
  const file = viewFile(path, text);
  return done(text, addRules(file, file.profiles[0] ?? null, rules.map(rule)));
}

describe("addRules", () => {
  it("puts each rule beside its kin, those of one place in the order given", () => {
    const before = "profile x {\n\tcapability bpf,\n\n\t/etc/a   r,\n\t/usr/bin/* r,\n\tdeny /etc/shadow r,\n}\n";
    expect(
      added(before, "/etc/c r,", "/usr/bin/env ix,", "/etc/b r,", "capability chown,", "deny /srv/** w,", "/new r,"),
    ).toBe(
      "profile x {\n\tcapability bpf,\n\tcapability chown,\n\n\t/etc/a   r,\n\t/etc/c   r,\n\t/etc/b   r,\n" +
        "\t/usr/bin/* r,\n\t/usr/bin/env ix,\n\t/new r,\n\tdeny /etc/shadow r,\n\tdeny /srv/** w,\n}\n",
    );
  });

  it("makes places for kinds that the profile has none of, in the usual order", () => {
    expect(added("profile x {\r\n}\r\n", "/b r,", "network inet stream,", "/a r,", "capability chown,")).toBe(
      "profile x {\r\n  capability chown,\r\n  network inet stream,\r\n  /b r,\r\n  /a r,\r\n}\r\n",
    );
  });

  it("keeps a line that holds a whole profile one line, and a file without a final line end without one", () => {
    expect(added("profile x { /a r, }\n", "/b r,", "/c r,")).toBe("profile x { /a r, /b r, /c r, }\n");
    expect(added("/a r,", "/b r,", "/c r,")).toBe("/a r,\n/b r,\n/c r,");
  });

  it("adds nothing where one can't be written or is there already, and says which", () => {
    const file = viewFile(path, "profile x {\n  /a r,\n}\n");
    const [profile = null] = file.profiles;
    const fine = rule("/ok r,");
    const relative = fine.kind === "file" ? { ...fine, path: "ok" } : fine;
    expect(addRules(file, profile, [rule("/b r,"), relative])).toMatchObject({ ok: false, rule: 1 });
    expect(addRules(file, profile, [rule("/a r,")])).toMatchObject({ ok: false, rule: 0 });
    expect(addRules(file, profile, [rule("/b r,"), rule("/c r,"), rule("/b r,")])).toMatchObject({
      ok: false,
      rule: 2,
    });
  });

  const folders = fc.constantFrom("/", "/etc/", "/etc/app/", "/usr/bin/", "@{HOME}/", "@{HOME}/.config/");
  const fileRule = fc
    .tuple(
      fc.constantFrom("", "deny ", "owner "),
      folders,
      fc.constantFrom("a", "b", "*", "**"),
      fc.constantFrom("r", "w"),
    )
    .map(([qualifier, folder, name, letters]) => `${qualifier}${folder}${name} ${letters},`);
  const others = fc.constantFrom("capability chown,", "capability bpf,", "network inet,", "signal (send),");
  const someRules = fc.uniqueArray(fc.oneof(fileRule, others), { maxLength: 12 });

  it("adds one rule where addRule adds it", () => {
    fc.assert(
      fc.property(someRules, fc.oneof(fileRule, others), (there, one) => {
        const text = `profile x {\n${there.map((each) => `  ${each}\n`).join("")}}\n`;
        fc.pre(!there.includes(one));
        const file = viewFile(path, text);
        const [profile = null] = file.profiles;
        expect(added(text, one)).toBe(done(text, addRule(file, profile, rule(one))));
      }),
    );
  });

  it("adds every rule once and leaves all others where they were", () => {
    fc.assert(
      fc.property(someRules, someRules, (there, more) => {
        const fresh = more.filter((each) => !there.includes(each));
        const text = `profile x {\n${there.map((each) => `  ${each}\n`).join("")}}\n`;
        const after = viewFile(path, added(text, ...fresh));
        const written = after.profiles[0]?.rules.map((placed) => writeRule(placed.rule.value)) ?? [];
        expect(after.tree.errors).toEqual([]);
        expect(written.filter((each) => there.includes(each))).toEqual(there);
        expect(written.toSorted()).toEqual([...there, ...fresh].toSorted());
      }),
    );
  });
});
