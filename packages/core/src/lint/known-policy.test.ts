import { describe, expect, it } from "vitest";
import type { PolicyTree } from "../analysis/index.ts";
import { viewFile } from "../design/index.ts";
import { diagnose } from "./index.ts";

const policy: PolicyTree = {
  target: "debian-12",
  files: new Map([
    ["abi/3.0", ""],
    ["tunables/global", "include <tunables/home>\ninclude <tunables/extra.d>\n"],
    ["tunables/home", "@{HOME} = /root/ /home/*/\n"],
    ["tunables/extra.d/site", "@{SITE} = /srv/site/\n"],
    ["tunables/other", "@{OTHER} = /other/\n"],
    ["usr.bin.man", "profile man /usr/bin/man {\n  profile groff { }\n}\n"],
  ]),
};

function findings(body: string, preamble = "include <tunables/global>", known: PolicyTree | null = policy) {
  const text = `abi <abi/3.0>,\n${preamble}\n\nprofile x /usr/bin/x {\n  ${body}\n\n  include if exists <local/x>\n}\n`;
  const file = viewFile("apparmor.d/x", text);
  return diagnose([file], { config: null, ...(known === null ? {} : { policy: known }) });
}

describe("what a target brings", () => {
  it("has the variables that its tunables set, and no others", () => {
    expect(findings("@{SITE}/** r,")).toEqual([]);
    expect(findings("@{HOME}.x r,")).toEqual([]);
    const [unset, ...more] = findings("@{word}/** r,");
    expect(more).toEqual([]);
    expect(unset).toMatchObject({ code: "lint/undeclared-variable", message: expect.stringContaining("debian-12") });
    // Without a target at hand, a variable of newer releases is believed.
    expect(findings("@{word}/** r,", undefined, null)).toEqual([]);
  });

  it("offers to include the tunables that set a variable there", () => {
    const [finding] = findings("@{OTHER}/** r,");
    expect(finding?.fixes?.[0]).toMatchObject({ title: "Include `<tunables/other>`" });
    const [without] = findings("@{SITE}/** r,", "");
    expect(without?.fixes?.[0]).toMatchObject({ title: "Include `<tunables/global>`" });
  });

  it("says nothing of variables where something is included that it does not bring", () => {
    const codes = findings("@{word}/** r,", "include <tunables/global>\ninclude <tunables/nowhere>").map(
      ({ code }) => code,
    );
    expect(codes).not.toContain("lint/undeclared-variable");
  });

  it("has the profiles that programs can move into", () => {
    expect(findings("/usr/bin/man Px,")).toEqual([]);
    expect(findings("/usr/bin/man Px -> man//groff,")).toEqual([]);
    const [missing] = findings("/usr/bin/less Px,");
    expect(missing?.message).toContain("neither the design nor the target");
  });
});
