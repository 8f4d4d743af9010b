import { designPolicy, transitionMap } from "@hauberk/core/analysis";
import { viewFile } from "@hauberk/core/design";
import { addBoolean, addChild, addRule } from "@hauberk/core/edit";
import { applyEdits } from "@hauberk/core/text";
import { describe, expect, it } from "vitest";

import { oneStep } from "../../panel/one-step.ts";
import { startsByChild, startUnder } from "./children-model.ts";
import {
  branchAt,
  conditionalRows,
  conditionOffers,
  contentLines,
  contentWords,
  forgottenKinds,
} from "./conditionals-model.ts";

const text = `profile x {
  /bin/a Cx -> helper,
  /bin/b Cx,
  if $on {
    /bin/c ix,
    network inet stream,
    if defined @{Y} {
      capability kill,
    }
  } else if $off {
    signal,
  } else {
  }
  profile helper {
  }
  profile other /bin/{b,d} {
  }
  ^hat {
  }
}
`;
const file = viewFile("apparmor.d/x", text);
const [profile] = file.profiles;
if (profile === undefined) throw new Error("no profile");

describe("children", () => {
  it("know which rules start programs under them", () => {
    const starts = startsByChild(file, profile, "x", transitionMap(designPolicy([file], null)));
    const programs = (name: string) =>
      (starts.get(name) ?? []).map(({ rule: { value } }) => (value.kind === "file" ? value.path : ""));
    expect(programs("helper")).toEqual(["/bin/a"]);
    expect(programs("other")).toEqual(["/bin/b"]);
    expect(programs("hat")).toEqual([]);
  });
});

describe("conditionals", () => {
  const rows = conditionalRows(file, profile);

  it("are listed with their branches, each with the rules that stand directly in it", () => {
    expect(rows.map(({ depth, branches }) => [depth, branches.map(({ word }) => word)])).toEqual([
      [0, ["if", "else if", "else"]],
      [1, ["if"]],
    ]);
    expect(rows[0]?.branches.map(({ condition, rules }) => [condition, rules.length])).toEqual([
      ["$on", 2],
      ["$off", 1],
      [null, 0],
    ]);
    expect(rows[1]?.branches[0]?.condition).toBe("defined @{Y}");
    expect(branchAt(profile, 0, 1)).toBe(rows[0]?.branches[1]?.node);
    expect(branchAt(profile, 4, 0)).toBeUndefined();
  });

  it("hold includes and children too, in the order of the text, and say what goes with them", () => {
    const held = `profile x {
  if $on {
    include if exists <abstractions/ssl_certs>
    ^h /x { /a r, /b r, }
    /c r,
    if $off {
      include <abstractions/base>
    }
  } else {
  }
  ^outside { }
}
`;
    const view = viewFile("apparmor.d/x", held);
    const [at] = view.profiles;
    if (at === undefined) throw new Error("no profile");
    const [outer, inner] = conditionalRows(view, at);
    const [first, last] = outer?.branches ?? [];
    if (outer === undefined || inner === undefined || first === undefined || last === undefined)
      throw new Error("no conditional");
    expect(contentLines(view.tree, first).map((line) => line.text)).toEqual([
      "include if exists <abstractions/ssl_certs>",
      "^h /x { 2 rules }",
      "/c r,",
    ]);
    expect(contentWords(outer.all)).toBe("1 rule, 2 includes and the hat h");
    expect(contentWords(inner.all)).toBe("1 include");
    expect(contentWords(last.all)).toBeNull();
  });

  it("say which kinds of rules an old parser forgets in them", () => {
    expect(forgottenKinds(rows.flatMap(({ branches }) => branches.flatMap(({ rules }) => rules)))).toEqual([
      "network",
      "signal",
    ]);
  });

  it("can ask booleans and variables, either way", () => {
    expect(conditionOffers(["on"], ["Y"]).map(({ condition }) => condition)).toEqual([
      "$on",
      "not $on",
      "defined @{Y}",
      "not defined @{Y}",
    ]);
  });
});

describe("oneStep", () => {
  it("makes several wishes one edit, each upon the one before", () => {
    const start = viewFile("apparmor.d/x", "profile x {\n  /etc/x r,\n}\n");
    const outcome = oneStep(start, "add a helper", [
      (now) => {
        const [at] = now.profiles;
        return at === undefined ? { ok: false, reason: "gone" } : addChild(now, at, { form: "profile", name: "h" });
      },
      (now) => addRule(now, now.profiles[0] ?? null, startUnder("/bin/a", "Cx", "h")),
      (now) => addBoolean(now, "on", true),
    ]);
    if (!outcome.ok) throw new Error(outcome.reason);
    const edits = outcome.edits.flatMap((each) => each.edits);
    expect(edits.length).toBe(1);
    const now = viewFile("apparmor.d/x", applyEdits(start.tree.text, edits));
    expect(now.tree.errors).toEqual([]);
    expect(now.booleans.length).toBe(1);
    expect(now.profiles[0]?.rules.length).toBe(2);
    expect(now.profiles[0]?.children.map(({ name }) => name)).toEqual(["h"]);
    // What glows is the child as it stands at the end, not all from the first to the last change.
    const { start: from, end: to } = outcome.touched?.range ?? { start: 0, end: 0 };
    expect(now.tree.text.slice(from, to)).toMatch(/^profile h \{\s*\}$/);
  });

  it("refuses all where one is refused", () => {
    const start = viewFile("apparmor.d/x", "$on = true\nprofile x {\n}\n");
    const outcome = oneStep(start, "twice", [
      (now) => addBoolean(now, "on", true),
      (now) => addBoolean(now, "b", true),
    ]);
    expect(outcome.ok).toBe(false);
  });
});
