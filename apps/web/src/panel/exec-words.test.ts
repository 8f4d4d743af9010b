import { designPolicy, transitionMap } from "@hauberk/core/analysis";
import { viewFile } from "@hauberk/core/design";
import { describe, expect, it } from "vitest";

import type { ExecSurroundings } from "./exec-surroundings.ts";
import { execRemarks } from "./exec-words.ts";

/** What surrounds a rule of the profile `x` in a design of this text. */
function around(text: string): ExecSurroundings {
  const policy = designPolicy([viewFile("apparmor.d/x", text)], null);
  return { from: "x", noNewPrivs: false, map: transitionMap(policy), target: null };
}

const alone = around("profile x /usr/bin/x {\n}\n");
const withCopy = around("profile x /usr/bin/x {\n}\nprofile wl-copy /usr/bin/wl-copy {\n}\n");
const withChild = around("profile x /usr/bin/x {\nprofile helper {\n}\n}\n");

describe("execRemarks", () => {
  it("says that no_new_privs forbids a change of profile, and offers ix", () => {
    const [remark] = execRemarks("/usr/bin/wl-copy", "Px", null, { ...withCopy, noNewPrivs: true });
    expect(remark?.words).toContain("no_new_privs");
    expect(remark?.instead).toBe("ix");
  });

  it("says what happens without a profile to go to", () => {
    expect(execRemarks("/usr/bin/wl-copy", "Px", null, alone)[0]).toMatchObject({ tone: "warn", instead: "ix" });
    expect(execRemarks("/usr/bin/wl-copy", "Pix", null, alone)[0]).toMatchObject({ tone: "info" });
    expect(execRemarks("/usr/bin/wl-copy", "Px", null, withCopy)).toEqual([]);
    expect(execRemarks("/usr/bin/wl-copy", "Px", null, { ...alone, target: "debian-12" })[0]?.words).toContain(
      "Neither the design nor the target `debian-12`",
    );
    expect(execRemarks("/usr/bin/wl-copy", "Cx", "helper", withChild)).toEqual([]);
  });

  it("does not guess where the path is a glob", () => {
    expect(execRemarks("/usr/bin/*", "Px", null, alone)).toEqual([]);
  });

  it("warns of the environment kept and of no profile at all", () => {
    expect(execRemarks("/usr/bin/wl-copy", "px", null, withCopy)[0]).toMatchObject({ instead: "Px" });
    expect(execRemarks("/bin/x", "Ux", null, alone)[0]?.words).toContain("left this profile");
  });

  it("has nothing to say of ix and of a denied x", () => {
    expect(execRemarks("/bin/x", "ix", null, { ...alone, noNewPrivs: true })).toEqual([]);
    expect(execRemarks("/bin/x", "x", null, alone)).toEqual([]);
  });
});
