import { viewFile } from "@hauberk/core/design";
import { describe, expect, it } from "vitest";

import {
  attachmentRemarks,
  commonAbstractions,
  includeRows,
  joinValues,
  listedKinds,
  localIncludePath,
  modeOf,
  splitValues,
  tunablePath,
  unknownFlags,
  variableNameProblem,
  variableRows,
} from "./profile-model.ts";
import { declareInTunable } from "./new-tunable.ts";

const text = `@{A} = /a "/b c"
profile x /usr/bin/x flags=(complain, made_up) {
  include <abstractions/nameservice>
  include if exists <local/x>
  /etc/x r,
  signal send peer=y,
  ptrace read,
  signal receive,
}
`;
const file = viewFile("apparmor.d/x", text);
const [profile] = file.profiles;
if (profile === undefined) throw new Error("no profile");

describe("profile model", () => {
  it("lists rules of kinds without a panel, none hidden", () => {
    expect(listedKinds(file, profile).map(({ kind, rules }) => [kind, rules.length])).toEqual([
      ["signal", 2],
      ["ptrace", 1],
    ]);
    expect(listedKinds(file, profile)[0]?.rules[0]).toMatchObject({ text: "signal send peer=y,", line: 6 });
  });

  it("says what includes bring and warns of nameservice", () => {
    const rows = includeRows(file, profile.includes);
    expect(rows[0]?.warning).toContain("TCP and UDP");
    expect(rows[1]).toMatchObject({ ifExists: true, path: "local/x" });
    expect(new Set(commonAbstractions.map(({ path }) => path)).size).toBe(commonAbstractions.length);
  });

  it("reads mode and unknown flags", () => {
    expect(modeOf(profile.flags)).toBe("complain");
    expect(modeOf([])).toBe("enforce");
    expect(unknownFlags(profile.flags)).toEqual(["made_up"]);
  });

  it("says what an attachment is worth", () => {
    expect(attachmentRemarks("/usr/bin/x")).toEqual([]);
    expect(attachmentRemarks("bin/x")[0]?.tone).toBe("bad");
    expect(attachmentRemarks(null)[0]?.tone).toBe("info");
    expect(attachmentRemarks("/bin/x")[0]?.tone).toBe("warn");
  });

  it("splits and joins values as they are typed", () => {
    expect(joinValues(file.variables[0]?.values ?? [])).toBe('/a "/b c"');
    expect(splitValues(' /a "/b c"  /d')).toEqual(["/a", "/b c", "/d"]);
  });

  it("checks names of variables", () => {
    expect(variableNameProblem("@{LOG_DIR}", [])).toBeNull();
    expect(variableNameProblem("LOG_DIR", ["LOG_DIR"])).toContain("already");
    expect(variableNameProblem("1x", [])).not.toBeNull();
  });

  it("lists the file's variables, then those of the design's tunables", () => {
    const tunable = viewFile("apparmor.d/tunables/x", "@{B} = /b\n");
    expect(variableRows(file, [file, tunable]).map(({ name, filePath }) => [name, filePath])).toEqual([
      ["A", "apparmor.d/x"],
      ["B", "apparmor.d/tunables/x"],
    ]);
  });

  it("names files as they will be installed", () => {
    expect(localIncludePath("apparmor.d/usr.bin.x")).toBe("local/usr.bin.x");
    expect(tunablePath("/usr/bin/rustnet")).toBe("apparmor.d/tunables/rustnet");
  });
});

describe("declareInTunable", () => {
  it("makes the tunable and includes it once", () => {
    const first = declareInTunable(file, "apparmor.d/tunables/x", null, "LOG_DIR", ["/var/log/x/"]);
    expect(first.ok).toBe(true);
    if (!first.ok) return;
    const put = new Map(first.put);
    expect(put.get("apparmor.d/tunables/x")).toContain("@{LOG_DIR} = /var/log/x/");
    const profileText = put.get("apparmor.d/x") ?? "";
    expect(profileText).toContain("include <tunables/x>");
    const again = viewFile("apparmor.d/x", profileText);
    const second = declareInTunable(again, "apparmor.d/tunables/x", put.get("apparmor.d/tunables/x") ?? null, "B", [
      "/b",
    ]);
    expect(second.ok && second.put.map(([path]) => path)).toEqual(["apparmor.d/tunables/x"]);
  });

  it("refuses a name that is taken", () => {
    expect(declareInTunable(file, "apparmor.d/tunables/x", "@{B} = /b\n", "B", ["/c"]).ok).toBe(false);
  });
});
