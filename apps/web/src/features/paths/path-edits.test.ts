import { viewFile } from "@hauberk/core/design";
import { addRule, type EditOutcome } from "@hauberk/core/edit";
import { applyEdits } from "@hauberk/core/text";
import { describe, expect, it } from "vitest";

import { changeMany, changeOne, changePath, type ManyWish, shareOf, withTunables } from "./path-edits.ts";
import { PathRules } from "./path-rules.ts";
import { newPathRule } from "./paths-model.ts";

function shownOf(text: string) {
  const file = viewFile("apparmor.d/x", text);
  const profile = file.profiles[0];
  if (profile === undefined) throw new Error("no profile");
  return { file, profile };
}

function after(text: string, outcome: EditOutcome): string {
  if (!outcome.ok) return outcome.reason;
  return applyEdits(
    text,
    outcome.edits.flatMap(({ edits }) => edits),
  );
}

const text = "profile x {\n  /a r,\n  deny /b w,\n  /c Px -> d, # kept\n  file,\n}\n";

function many(wish: ManyWish, numbers: readonly number[] = [0, 1, 2, 3]): string {
  return after(text, changeMany(shownOf(text), numbers, wish));
}

describe("changeMany", () => {
  it("gives a letter to all that lack it and leaves the others' bytes alone", () => {
    expect(many({ letter: "w", on: true })).toBe(
      "profile x {\n  /a rw,\n  deny /b w,\n  /c wPx -> d, # kept\n  file,\n}\n",
    );
  });

  it("sets qualifiers and the exec mode, a plain x on a deny", () => {
    expect(many({ qualifier: "audit", on: true }, [0, 2])).toBe(
      "profile x {\n  audit /a r,\n  deny /b w,\n  audit /c Px -> d, # kept\n  file,\n}\n",
    );
    expect(many({ exec: "ix" }, [0, 1])).toBe(
      "profile x {\n  /a rix,\n  deny /b wx,\n  /c Px -> d, # kept\n  file,\n}\n",
    );
  });

  it("refuses all where one would be left without any access", () => {
    expect(many({ letter: "r", on: false })).toContain("`/a`");
  });

  it("names the step by what it does and to how many", () => {
    expect(changeMany(shownOf(text), [0, 1, 2], { letter: "w", on: true })).toMatchObject({
      label: "add w on 2 rules",
    });
  });
});

describe("rules in blocks", () => {
  const blocks = "profile x {\n  deny {\n    /a r,\n    /b r,\n  }\n  audit {\n    /c r,\n    /d r,\n  }\n}\n";

  it("keep what the block gives: un-pressing is refused, and the way out of the block offered", () => {
    const deny = changeOne(shownOf(blocks), 0, { toggle: "deny" });
    expect(after(blocks, deny)).toContain("`deny { … }` in line 2 gives `deny` to every rule in it");
    if (deny.ok || deny.offer === undefined) throw new Error("no offer");
    expect(after(blocks, deny.offer.outcome)).toBe(
      "profile x {\n  /a r,\n  deny {\n    /b r,\n  }\n  audit {\n    /c r,\n    /d r,\n  }\n}\n",
    );
    expect(changeOne(shownOf(blocks), 2, { toggle: "audit" }).ok).toBe(false);
  });

  it("take letters as before, and nothing of the block is written on them", () => {
    expect(after(blocks, changeOne(shownOf(blocks), 0, { toggle: "k" }))).toBe(blocks.replace("/a r,", "/a rk,"));
    expect(after(blocks, changePath(shownOf(blocks), 2, "/e", true))).toBe(blocks.replace("/c r,", "owner /e r,"));
  });

  it("share what the block gives, and are not written with it", () => {
    const shown = shownOf(blocks);
    const rules = new PathRules(shown.file, shown.profile);
    const values = [2, 3].flatMap((number) => rules.facts(number)?.value ?? []);
    expect(shareOf(values, { qualifier: "audit", on: true })).toBe("all");
    const off = changeMany(shown, [2, 3], { qualifier: "audit", on: false });
    expect(off).toMatchObject({ ok: false, offer: { title: "Take 2 rules out of the block and change them" } });
    expect(changeMany(shown, [2, 3], { qualifier: "audit", on: true })).toMatchObject({ ok: true, edits: [] });
  });
});

describe("a rule about files that the user doesn't own", () => {
  const other = "profile x {\n  other /a rw,\n  /b r,\n}\n";

  it("is not turned into the opposite by a press on owner, alone or with others", () => {
    expect(after(other, changeOne(shownOf(other), 0, { toggle: "owner" }))).toContain("says `other`");
    expect(after(other, changeMany(shownOf(other), [0, 1], { qualifier: "owner", on: true }))).toContain("`/a`: ");
    expect(after(other, changePath(shownOf(other), 0, "/c", true))).toBe(other.replace("/a", "/c"));
  });
});

describe("shareOf", () => {
  const values = shownOf(text).profile.rules.flatMap(({ rule }) => (rule.value.kind === "file" ? [rule.value] : []));
  it("tells all, some and none apart", () => {
    expect(shareOf(values.slice(0, 2), { letter: "r", on: true })).toBe("some");
    expect(shareOf(values.slice(0, 1), { letter: "r", on: true })).toBe("all");
    expect(shareOf(values.slice(0, 2), { qualifier: "audit", on: true })).toBe("none");
  });
});

describe("withTunables", () => {
  it("includes what the path's variables need in the same step, once", () => {
    const shown = shownOf(text);
    const add = addRule(
      shown.file,
      shown.profile,
      newPathRule("@{HOME}/x", { permissions: ["r"], exec: null, owner: true }),
    );
    const result = after(text, withTunables(shown.file, add, "tunables/global"));
    expect(result).toMatch(/^include <tunables\/global>\n/u);
    expect(result).toContain("owner @{HOME}/x r,");
    const again = shownOf(`include <tunables/global>\n${text}`);
    const changed = changePath(again, 0, "@{HOME}/y", true, "tunables/global");
    expect(after(again.file.tree.text, changed)).toBe(
      `include <tunables/global>\n${text.replace("/a r", "owner @{HOME}/y r")}`,
    );
  });
});
