import { describe, expect, it } from "vitest";
import { readGiven, suggest, takeSurvey } from "../index.ts";
import { larder, makePackage } from "../made-package.test-data.ts";
import { compareDraft, type Comparison } from "./compare.ts";

const existing = `include <tunables/global>
profile something_else /usr/bin/else { capability kill, }
/usr/sbin/larderd {
  include <abstractions/base>
  include <abstractions/larder>
  include <abstractions/X>
  capability setuid,
  capability sys_time,
  /etc/larder/** r,
  /var/lib/larder/** rwl,
  /dev/shelf1 rw,
  /srv/cellar/** r,
  deny /etc/shadow r,
  include if exists <local/usr.sbin.larderd>
}
`;

async function compared(): Promise<Comparison> {
  const reading = await readGiven([{ name: "larder.deb", bytes: await makePackage(larder) }]);
  if (!reading.ok) throw new Error(reading.reason);
  const suggestions = suggest(takeSurvey(reading.subject), "/usr/sbin/larderd");
  const alongside = new Map([["abstractions/larder", "  capability setgid,\n  /usr/share/larder/recipes.txt r,\n"]]);
  const comparison = compareDraft({ suggestions, existing, alongside });
  if (comparison === null) throw new Error("no profile");
  return comparison;
}

describe("compareDraft", () => {
  it("says of each line of the program's profile how the draft stands to it", async () => {
    const { profile, rules, counts } = await compared();
    expect(profile).toBe("/usr/sbin/larderd");
    const match = (text: string) => rules.find((rule) => rule.text === text)?.match;
    expect(match("include <abstractions/base>")).toBe("found");
    expect(match("include <abstractions/X>")).toBe("missed");
    expect(match("capability setuid,")).toBe("found");
    expect(match("capability sys_time,")).toBe("missed");
    expect(match("/etc/larder/** r,")).toBe("found");
    expect(match("/var/lib/larder/** rwl,")).toBe("partly");
    expect(match("/dev/shelf1 rw,")).toBe("offered");
    expect(match("/srv/cellar/** r,")).toBe("missed");
    expect(match("deny /etc/shadow r,")).toBe("choice");
    expect(match("/var/log/larder/{,**} rw,")).toBe("extra");
    expect(match("/var/lib/larder/{,**} rwk,")).toBe("wider");
    expect(counts.missed).toBe(3);
    expect(rules.find(({ text }) => text === "capability sys_time,")).toMatchObject({
      line: 8,
      words: expect.stringContaining("clock"),
    });
  });

  it("counts what comes along with the profile as its own", async () => {
    const { rules } = await compared();
    expect(rules.find(({ text }) => text === "capability setgid,")).toMatchObject({ match: "found", line: null });
    expect(rules.some(({ text }) => text === "include <abstractions/larder>")).toBe(false);
  });

  it("is nothing where the text holds no profile", async () => {
    const reading = await readGiven([{ name: "larder.deb", bytes: await makePackage(larder) }]);
    if (!reading.ok) throw new Error(reading.reason);
    const suggestions = suggest(takeSurvey(reading.subject), "/usr/sbin/larderd");
    expect(compareDraft({ suggestions, existing: "capability kill,\n" })).toBeNull();
  });
});
