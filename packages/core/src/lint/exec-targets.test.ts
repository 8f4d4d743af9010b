import { describe, expect, it } from "vitest";

import { viewFile } from "../design/index.ts";
import { lintDesign } from "./index.ts";

const head = "abi <abi/3.0>,\nprofile x {\n";
const tail = "  include if exists <local/x>\n}\n";

/** The codes found about how programs are started. */
function found(rules: string, others: Record<string, string> = {}, knownProfiles?: readonly string[]): string[] {
  const files = Object.entries({ x: head + rules + tail, ...others }).map(([name, text]) =>
    viewFile(`apparmor.d/${name}`, text),
  );
  return lintDesign(files, { config: null, ...(knownProfiles === undefined ? {} : { knownProfiles }) })
    .map(({ code, message }) => `${code}: ${message}`)
    .filter((line) => line.startsWith("lint/px"));
}

describe("a program is found a profile", () => {
  const clip = {
    clip: "abi <abi/3.0>,\nprofile clip /usr/bin/{wl-copy,wl-paste} {\n  include if exists <local/clip>\n}\n",
  };

  it.each([
    ["by an attachment in the design", "  /usr/bin/wl-copy Px,\n"],
    ["by its name", "  /opt/x Px -> clip,\n"],
    ["by the name of one beside its own", "  /opt/x Cx -> &clip,\n"],
    ["by the name of a child profile", "  /opt/x Cx -> y,\n  profile y { }\n"],
    ["by the attachment of a child profile", "  /opt/x Cx,\n  profile y /opt/* { }\n"],
    ["as a child of another profile", "  /opt/x Px -> x//y,\n  profile y { }\n"],
    ["by a fall-back", "  /opt/x Pix,\n  /opt/y PUx,\n"],
    ["perhaps, where the path has globs or variables", "  /opt/** Px,\n  @{bin}/y Px,\n"],
    [
      "perhaps, in an abstraction with helpers",
      "  include <abstractions/ubuntu-helpers>\n  /opt/x Cx -> sanitized_helper,\n",
    ],
    ["never in a deny", "  deny /opt/x x,\n"],
  ])("%s", (_, rules) => {
    expect(found(rules, clip)).toEqual([]);
  });

  it("among those known on the target", () => {
    expect(found("  /usr/bin/man Px,\n", {}, ["/usr/bin/man"])).toEqual([]);
    expect(found("  /usr/bin/man Px -> man_groff,\n", {}, ["man_groff"])).toEqual([]);
  });
});

describe("a program without a profile is told", () => {
  it("with the doubt that the machine may bring one", () => {
    expect(found("  /usr/bin/wl-copy Px,\n")).toEqual([
      "lint/px-without-profile: the design has no profile for `/usr/bin/wl-copy`: starting the program will fail, unless the machine brings one",
    ]);
  });

  it("without doubt where the target's profiles are known, and for child profiles", () => {
    expect(found("  /usr/bin/wl-copy Px,\n", {}, [])).toEqual([
      "lint/px-without-profile: neither the design nor the target has a profile for `/usr/bin/wl-copy`: starting the program will fail",
    ]);
    expect(found("  /opt/x Cx -> &clip,\n", {}, [])).toEqual([
      "lint/px-without-profile: neither the design nor the target has a profile named `clip`: starting the program will fail",
    ]);
    expect(found("  /usr/bin/wl-copy Cx -> clip,\n")).toEqual([
      "lint/px-without-profile: this profile has no child profile named `clip`: starting the program will fail",
    ]);
  });
});
