import { describe, expect, it } from "vitest";

import { execRemarks } from "./exec-words.ts";

const alone = { noNewPrivs: false, profiles: [], children: [] };

describe("execRemarks", () => {
  it("says that no_new_privs forbids a change of profile, and offers ix", () => {
    const [remark] = execRemarks("/usr/bin/wl-copy", "Px", null, {
      ...alone,
      noNewPrivs: true,
      profiles: ["/usr/bin/wl-copy"],
    });
    expect(remark?.words).toContain("no_new_privs");
    expect(remark?.instead).toBe("ix");
  });

  it("says what happens without a profile to go to", () => {
    expect(execRemarks("/usr/bin/wl-copy", "Px", null, alone)[0]).toMatchObject({ tone: "warn", instead: "ix" });
    expect(execRemarks("/usr/bin/wl-copy", "Pix", null, alone)[0]).toMatchObject({ tone: "info" });
    expect(execRemarks("/usr/bin/wl-copy", "Cx", "helper", { ...alone, children: ["helper"] })).toEqual([]);
  });

  it("does not guess where the path is a glob", () => {
    expect(execRemarks("/usr/bin/*", "Px", null, alone)).toEqual([]);
  });

  it("warns of the environment kept and of no profile at all", () => {
    expect(execRemarks("/bin/x", "px", null, { ...alone, profiles: ["/bin/x"] })[0]).toMatchObject({ instead: "Px" });
    expect(execRemarks("/bin/x", "Ux", null, alone)[0]?.words).toContain("left this profile");
  });

  it("has nothing to say of ix and of a denied x", () => {
    expect(execRemarks("/bin/x", "ix", null, { ...alone, noNewPrivs: true })).toEqual([]);
    expect(execRemarks("/bin/x", "x", null, alone)).toEqual([]);
  });
});
