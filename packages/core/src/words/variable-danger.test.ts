import { describe, expect, it } from "vitest";

import { allRules, viewFile } from "../design/index.ts";
import { sayFileLines, sayProfile, sayRule, valuesByName } from "./index.ts";

/** The words of the one rule of a profile below a preamble. */
function words(preamble: string, rule: string) {
  const view = viewFile("apparmor.d/p", `${preamble}\nprofile p /usr/bin/p {\n  ${rule}\n}\n`);
  const [placed] = allRules(view);
  if (placed === undefined) throw new Error("no rule");
  return sayRule(view.tree, placed);
}

const danger = (preamble: string, rule: string) => words(preamble, rule).danger;

describe("a rule whose path stands in a variable", () => {
  it("is as grave as the same rule with the path written out", () => {
    expect(danger("@{APPDIR} = /var/lib/app", "@{APPDIR}/** rw,")).toBe(danger("", "/var/lib/app/** rw,"));
    expect(danger("@{APPDIR} = /", "@{APPDIR}/** rw,")).toBe("total");
    expect(danger("@{APPDIR} = /", "@{APPDIR}** r,")).toBe("high");
    expect(danger("@{F} = shadow", "/etc/@{F} r,")).toBe("high");
    expect(danger("@{D} = /dev", "@{D}/sda r,")).toBe("total");
    expect(danger("@{D} = {/srv,/etc}", "@{D}/** w,")).toBe("total");
    expect(danger("@{M} = /", "mount fstype=tmpfs options=(ro) -> @{M}/**,")).toBe("high");
  });

  it("is as grave as the gravest of its values, and of those that are added", () => {
    expect(danger("@{D} = /srv/a / /srv/b", "@{D}/** rw,")).toBe("total");
    expect(danger("@{D} = /srv/a\n@{D} += /", "@{D}/** rw,")).toBe("total");
    const many = Array.from({ length: 500 }, (_, at) => `/srv/${at}`).join(" ");
    expect(danger(`@{D} = ${many} /`, "@{D}/** rw,")).toBe("total");
    expect(danger(`@{D} = ${many}\n@{E} = ${many} ""`, "@{D}@{E}/** rw,")).toBe("medium");
    expect(danger(`@{D} = ${many} /\n@{E} = ${many} ""`, "@{D}@{E}/** rw,")).toBe("total");
  });

  it("follows variables in values, and knows places by the names of well-known variables", () => {
    expect(danger("@{ROOT} = /\n@{D} = @{ROOT}", "@{D}/** rw,")).toBe("total");
    expect(danger("@{APP} = @{HOME}", "@{APP}/.ssh/id_rsa r,")).toBe("high");
    expect(danger("@{SSH} = .ssh", "@{HOME}/@{SSH}/id_rsa r,")).toBe("high");
    expect(danger("", "@{sys}/kernel/security/apparmor/** w,")).toBe("total");
    expect(danger("@{HOMEDIRS} += /etc/", "@{HOMEDIRS}/* w,")).toBe("total");
  });

  it("is weighed as written where nothing is known, or the values lead back to themselves", () => {
    expect(danger("", "@{NOWHERE}/** rw,")).toBe("medium");
    expect(danger("@{A} = @{B}/x\n@{B} = @{A}/y", "@{A}/** rw,")).toBe("medium");
    expect(danger("@{A} = @{A}@{A}@{A}", "@{A}@{A}/** rw,")).toBe("medium");
    expect(danger("@{D} = /srv", "\\@{D}/** rw,")).toBe(danger("", "\\@{D}/** rw,"));
  });

  it("costs little however often variables stand in a path, and whatever they lead to", () => {
    const many = Array.from({ length: 500 }, (_, at) => `/srv/${at}`).join(" ");
    const begun = performance.now();
    expect(danger(`@{D} = ${many} @{D}`, `${"@{D}".repeat(900)}/** rw,`)).toBe("medium");
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it("says that it is every file, where only its variables tell; what a place holds is said as ever", () => {
    expect(words("@{APPDIR} = /", "@{APPDIR}/** rw,").sentence).toBe(
      "May read and write anything under `@{APPDIR}/`, at any depth. As its variables are set, `@{APPDIR}/**` is `/**`: every file.",
    );
    expect(words("@{F} = shadow", "/etc/@{F} r,").sentence).toContain("It holds the hashes of passwords.");
    expect(words("@{APPDIR} = /srv", "@{APPDIR}/** rw,").sentence).toBe(
      "May read and write anything under `@{APPDIR}/`, at any depth.",
    );
    expect(words("@{APPDIR} = /", "deny @{APPDIR}/** rw,")).toMatchObject({
      danger: null,
      sentence: "Is never allowed to read or write anything under `@{APPDIR}/`, at any depth. Attempts are not logged.",
    });
  });

  it("is as grave among the lines of its file and in the words for its profile", () => {
    const view = viewFile("apparmor.d/p", "@{D} = /\nprofile p {\n  @{D}/** rw,\n  @{D}/srv/x r,\n}\n");
    expect(sayFileLines(view).map((line) => line.danger)).toEqual([null, null, "total", "low"]);
    const [profile] = view.profiles;
    if (profile === undefined) throw new Error("no profile");
    expect(sayProfile(view, profile).gravest).toBe("Gravest: of total danger under “Files it may change”.");
    const elsewhere = valuesByName([["D", ["/srv"]]]);
    expect(sayProfile(view, profile, elsewhere).gravest).toBeNull();
    expect(sayFileLines(view, elsewhere).map((line) => line.danger)).toEqual([null, null, "medium", "low"]);
  });

  it("is said once for as long as its variables stand for the same", () => {
    const view = viewFile("apparmor.d/p", "profile p {\n  @{D}/** rw,\n}\n");
    const [placed] = allRules(view);
    if (placed === undefined) throw new Error("no rule");
    const [one, same, other] = [["/"], ["/"], ["/srv"]].map((values) => valuesByName([["D", values]]));
    const said = sayRule(view.tree, placed, one);
    expect(sayRule(view.tree, placed, same)).toBe(said);
    expect(sayRule(view.tree, placed, other)).not.toBe(said);
  });
});
