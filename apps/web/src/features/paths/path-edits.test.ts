import { viewFile } from "@hauberk/core/design";
import { addRule, type EditOutcome } from "@hauberk/core/edit";
import { applyEdits } from "@hauberk/core/text";
import { describe, expect, it } from "vitest";

import { changeMany, changePath, type ManyWish, shareOf, withTunables } from "./path-edits.ts";
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
