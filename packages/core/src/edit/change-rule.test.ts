import { describe, expect, it } from "vitest";

import { heldValue, viewFile } from "../design/index.ts";
import type { Qualifiers, RuleValue } from "../rules/index.ts";
import { applyEdits } from "../text/index.ts";
import { changeRule, changeRules, setQualifiers, type EditOutcome } from "./index.ts";

type Turn = (held: RuleValue) => RuleValue;

const qualified =
  (wish: Partial<Qualifiers>): Turn =>
  (held) => ({ ...held, qualifiers: { ...held.qualifiers, ...wish } });

const saying =
  (wish: { exec?: "x" | "ix"; permissions?: readonly ("r" | "w" | "k")[] }): Turn =>
  (held) =>
    held.kind === "file" ? { ...held, ...wish } : held;

function outcomeOf(text: string, place: number, turn: Turn): EditOutcome {
  const file = viewFile("apparmor.d/x", text);
  const placed = file.profiles[0]?.rules[place];
  if (placed === undefined) throw new Error("no such rule");
  return changeRule(file, placed, turn(heldValue(file.tree, placed)));
}

/** The text after the step, or why not and what the offer would write. */
function told(text: string, outcome: EditOutcome): string {
  const after = (each: Extract<EditOutcome, { ok: true }>) => applyEdits(text, each.edits[0]?.edits ?? []);
  if (outcome.ok) return after(outcome);
  return `no: ${outcome.reason}${outcome.offer === undefined ? "" : ` → ${after(outcome.offer.outcome)}`}`;
}

const body = (rules: string): string => `profile x { ${rules} }\n`;

describe("a rule in a block", () => {
  it.each([
    ["keeps the audit of the block", "audit { /a r, /b r, }", { audit: false },
      "no: the block `audit { … }` in line 1 gives `audit` to every rule in it: this one alone can't be without → /a r, audit { /b r, }"],
    ["keeps its deny", "deny { /a r, /b r, }", { access: null },
      "no: the block `deny { … }` in line 1 gives `deny` to every rule in it: this one alone can't be without → /a r, deny { /b r, }"],
    ["keeps its owner, and what else blocks give goes with the rule", "audit { owner { /a r, /b r, } }", { owner: null },
      "no: the block `owner { … }` in line 1 gives `owner` to every rule in it: this one alone can't be without → audit /a r, audit { owner { /b r, } }"],
    ["can't be about the others' files in a block about the owner's", "owner { /a r, /b r, }", { owner: "other" },
      "no: the block `owner { … }` in line 1 gives `owner` to every rule in it: this one alone can't be without → other /a r, owner { /b r, }"],
    ["is not written anew with what the block gives", "audit deny { /a r, }", { audit: true, access: "deny" }, "audit deny { /a r, }"],
    ["takes what the block does not give", "audit { /a r, }", { owner: "owner" }, "audit { owner /a r, }"],
    ["loses what it says itself", "audit { owner audit /a r, }", { owner: null }, "audit { audit /a r, }"],
    ["takes no deny where the block does not deny", "{ /a r, /b r, }", { access: "deny" },
      "no: parsers from AppArmor 4 on make an allow of a `deny` in the block `{ … }` in line 1: the access of the block takes its place → deny /a r, { /b r, }"],
    ["loses a deny of its own", "{ deny /a r, }", { access: null }, "{ /a r, }"],
    ["takes no audit in a block that denies", "deny { /a r, /b r, }", { audit: true },
      "no: parsers from AppArmor 4 on forget an `audit` in the block `deny { … }` in line 1 → audit deny /a r, deny { /b r, }"],
    ["that is forgotten there takes no qualifier", "audit { capability kill, /b r, }", { audit: false },
      "no: the parser forgets this rule where it stands: the block `audit { … }` in line 1 keeps only rules about files → capability kill, audit { /b r, }"],
    ["can't come out of a condition", "audit { if $a { /a r, } }", { audit: false },
      "no: the block `audit { … }` in line 1 gives `audit` to every rule in it: this one alone can't be without; a condition stands between this rule and the block; take the block apart by hand"],
  ] as const)("%s", (_name, rules, wish, expected) => {
    const text = body(rules);
    expect(told(text, outcomeOf(text, 0, qualified(wish))).replace(/profile x \{ (.*) \}\n/u, "$1")).toBe(expected);
  }); // prettier-ignore

  it("takes and loses permissions without a word of the block's written on it", () => {
    const text = body("audit deny { /a r, }");
    expect(told(text, outcomeOf(text, 0, saying({ permissions: ["r", "k"] })))).toBe(body("audit deny { /a rk, }"));
  });

  it("takes no permission to execute where the block denies, which no parser reads", () => {
    const text = body("deny { /a r, /b r, }");
    expect(told(text, outcomeOf(text, 0, saying({ exec: "x" })))).toBe(
      `no: no parser takes a permission to execute in a block that denies, as the block \`deny { … }\` in line 1 does → ${body("deny /a rx, deny { /b r, }")}`,
    );
  });
});

describe("rules in blocks together with others", () => {
  const text =
    "profile x {\n  /a r,\n  audit {\n    /b r,\n    /c r,\n  }\n  owner {\n    audit /d r,\n    /e r,\n  }\n}\n";
  const file = viewFile("apparmor.d/x", text);
  const rules = file.profiles[0]?.rules ?? [];

  it("all keep audit where a block gives it to one, and all lose it by the offer, as one step", () => {
    const outcome = setQualifiers(file, rules, { audit: false });
    expect(told(text, outcome)).toBe(
      "no: `/b r` in line 4: the block `audit { … }` in line 3 gives `audit` to every rule in it: this one alone can't be without → " +
        "profile x {\n  /a r,\n  /b r,\n  /c r,\n  owner {\n    /d r,\n    /e r,\n  }\n}\n",
    );
    expect(outcome).toMatchObject({ offer: { title: "Take 2 rules out of the block and change them" } });
  });

  it("leave alone what a block gives already", () => {
    const changes = rules.map((placed) => ({ placed, to: qualified({ audit: true })(heldValue(file.tree, placed)) }));
    expect(told(text, changeRules(file, changes))).toBe(
      text.replace("  /a r,", "  audit /a r,").replace("    /e r,", "    audit /e r,"),
    );
  });
});
