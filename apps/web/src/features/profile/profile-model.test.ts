import { viewFile } from "@hauberk/core/design";
import { describe, expect, it } from "vitest";

import { attachmentRemarks, includeRows, countsByPanel, listedKinds, modeOf, unknownFlags } from "./profile-model.ts";

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
  it("finds a panel for every rule, so that none must be listed apart", () => {
    expect(listedKinds(file, profile)).toEqual([]);
    const counted = countsByPanel(profile).reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(profile.rules.length);
    expect(countsByPanel(profile).find(({ id }) => id === "ipc")).toEqual({ id: "ipc", count: 3 });
  });

  it("lists includes as they are written", () => {
    expect(includeRows(file, profile.includes).map(({ path, ifExists, line }) => [path, ifExists, line])).toEqual([
      ["abstractions/nameservice", false, 3],
      ["local/x", true, 4],
    ]);
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
});
