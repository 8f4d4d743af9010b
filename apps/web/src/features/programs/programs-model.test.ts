import { designPolicy, transitionMap, transitionOf } from "@hauberk/core/analysis";
import { viewFile } from "@hauberk/core/design";
import { noQualifiers, writeRule } from "@hauberk/core/rules";
import { describe, expect, it } from "vitest";

import {
  changedProgram,
  environmentWords,
  filterPrograms,
  newChange,
  newStart,
  type ProgramChange,
  type ProgramFilter,
  programRows,
  wayWords,
} from "./programs-model.ts";

const text = `profile x /usr/bin/x {
  /etc/x r,
  /bin/a ix,
  /bin/b mrCx -> b,
  owner /bin/c PUx,
  deny /bin/d x,
  file,
  audit change_profile /bin/e -> y,
  if $on {
    /bin/f px,
  }
  profile b {
  }
}
`;
const file = viewFile("apparmor.d/x", text);
const [profile] = file.profiles;
if (profile === undefined) throw new Error("no profile");
const rows = programRows(file, profile);
const ruleOf = (index: number) => profile.rules[rows[index]?.index ?? -1]?.rule;

/** The programs that a search leaves in the table. */
function found(query: string, only: ProgramFilter["only"] = "all"): (string | null)[] {
  return filterPrograms(rows, { query, only }).map(({ program }) => program);
}

/** A row's rule as text after a change, or `refused`. */
function changed(index: number, change: ProgramChange): string {
  const rule = ruleOf(index);
  if (rule === undefined) return "no rule";
  const result = changedProgram(rule.value, change);
  return result.ok ? writeRule(result.value) : "refused";
}

describe("programRows", () => {
  it("shows every rule that starts or changes something, and no other", () => {
    expect(rows.map(({ way, program, mode, target, deny }) => [way, program, mode, target, deny])).toEqual([
      ["exec", "/bin/a", "ix", null, false],
      ["exec", "/bin/b", "Cx", "b", false],
      ["exec", "/bin/c", "PUx", null, false],
      ["exec", "/bin/d", "x", null, true],
      ["exec", null, "ix", null, false],
      ["change_profile", "/bin/e", null, "y", false],
      ["exec", "/bin/f", "px", null, false],
    ]);
    expect(rows[1]?.permissions).toBe("mr");
    expect(rows[2]?.owner).toBe("owner");
    expect(rows[5]?.audit).toBe(true);
    expect(rows[6]?.marks.join()).toContain("if $on");
  });

  it("is searched by program, mode and target, and by where it leads", () => {
    expect(found("b cx")).toEqual(["/bin/b"]);
    expect(found("", "denies")).toEqual(["/bin/d"]);
    expect(found("", "inherit")).toEqual(["/bin/a", null]);
    expect(found("", "leaves")).toEqual(["/bin/b", "/bin/c", "/bin/e", "/bin/f"]);
  });
});

it("shows what blocks give to a rule, and that a forgotten one is", () => {
  const view = viewFile(
    "apparmor.d/x",
    "profile x {\n  deny {\n    change_profile -> y,\n  }\n  audit {\n    /bin/g ix,\n  }\n  {\n    all,\n  }\n  other /bin/h ix,\n}\n",
  );
  const [at] = view.profiles;
  const shown = at === undefined ? [] : programRows(view, at);
  expect(shown.map(({ deny, audit }) => [deny, audit])).toEqual([
    [true, false],
    [false, true],
    [false, false],
    [false, false],
  ]);
  expect(shown[2]?.marks.join()).toContain("is forgotten by the parser");
  expect(shown[3]?.marks.join()).toContain("only files that the user doesn't own");
});

describe("changedProgram", () => {
  it("turns modes, targets and programs, and keeps what does not fit together apart", () => {
    expect(changed(1, { mode: "ix" })).toBe("/bin/b mrix,");
    expect(changed(1, { mode: "Px" })).toBe("/bin/b mrPx -> b,");
    expect(changed(0, { target: "y" })).toBe("refused");
    expect(changed(0, { program: "/bin/z" })).toBe("/bin/z ix,");
    expect(changed(5, { program: null })).toBe("audit change_profile -> y,");
    expect(changed(4, { mode: "Px" })).toBe("refused");
  });

  it("gives a deny its bare x, and an allow a mode", () => {
    expect(changed(0, { qualifiers: { ...noQualifiers, access: "deny" } })).toBe("deny /bin/a x,");
    expect(changed(3, { qualifiers: noQualifiers })).toBe("/bin/d ix,");
    expect(changed(3, { mode: "Ux" })).toBe("/bin/d Ux,");
    expect(changed(0, { mode: "x" })).toBe("deny /bin/a x,");
  });
});

describe("new rules", () => {
  it("are plain, and say only what can stand together", () => {
    expect(writeRule(newStart({ program: " /bin/a ", mode: "Cx", target: "b", owner: false }))).toBe("/bin/a Cx -> b,");
    expect(writeRule(newStart({ program: "/bin/a", mode: "ix", target: "b", owner: true }))).toBe("owner /bin/a ix,");
    expect(writeRule(newStart({ program: "/bin/a", mode: "x", target: "", owner: false }))).toBe("deny /bin/a x,");
    expect(writeRule(newChange({ program: "", target: "y" }))).toBe("change_profile -> y,");
  });
});

describe("words", () => {
  it("tell where a rule leads and what becomes of the environment", () => {
    const map = transitionMap(designPolicy([file], null));
    const said = profile.rules.flatMap((placed) => {
      const transition = transitionOf(file.tree, placed, "x", map);
      return transition === null ? [] : [wayWords(transition)];
    });
    expect(said).toEqual([
      "Under this same profile",
      "Under the child `b`",
      "Under `/bin/c`, known nowhere, else without any profile",
      "Under this same profile",
      "Comes under `y`, known nowhere",
      "Under `/bin/f`, known nowhere",
    ]);
    expect([environmentWords("Cx"), environmentWords("px"), environmentWords("ix")]).toEqual([
      "environment scrubbed",
      "environment kept",
      null,
    ]);
  });
});
