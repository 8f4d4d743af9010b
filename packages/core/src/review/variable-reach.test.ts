import { describe, expect, it } from "vitest";

import type { PolicyTree } from "../analysis/index.ts";
import type { Design } from "../design/index.ts";
import { reviewChanges, reviewSummary } from "./index.ts";

type Files = Readonly<Record<string, string>>;

function design(files: Files): Design {
  return { name: "d", files: Object.entries(files).map(([path, text]) => ({ path: `apparmor.d/${path}`, text })) };
}

function told(before: Files, after: Files, tree: PolicyTree | null = null) {
  const { changes, headline } = reviewChanges(design(before), design(after), tree);
  return { headline, changes: changes.map(({ danger, sentence }) => ({ danger, sentence })) };
}

const app = (value: string, more = ""): Files => ({
  app: `@{APPDIR} = ${value}\nprofile app /usr/bin/app {\n  @{APPDIR}/** rw,\n${more}}\n`,
});

const heads = (files: Files) =>
  reviewSummary(design(files)).profiles.map(({ head }) => /of (\w+) danger/u.exec(head)?.[1]);

/** A variable in a file of its own, and rules of an abstraction that come to it. */
const shared = (root: string): Files => ({
  app: "include <tunables/own>\nprofile app {\n  include <abstractions/own>\n}\n",
  "tunables/own": `@{ROOT} = ${root}\n@{DATA} = @{ROOT}/data\n`,
  "abstractions/own": "/srv/x r,\n@{ROOT}/** rw,\n@{DATA}/x r,\n",
});

const deny = (value: string): Files => ({
  app: `@{NEVER} = ${value}\nprofile app {\n  deny @{NEVER}/** w,\n}\n`,
});

/** A file of variables, under some name. */
const moved = (path: string, root: string): Files => ({
  app: `include <tunables/${path}>\nprofile app {\n  @{ROOT}/** rw,\n}\n`,
  [`tunables/${path}`]: `# What the program's own folder is, wherever it lies, and nothing else.\n@{OTHER} = /srv/other\n@{ROOT} = ${root}\n`,
});

/** A profile that takes its variables from one of two files. */
const chosen = (include: string): Files => ({
  app: `include <tunables/${include}>\nprofile app {\n  @{ROOT}/** rw,\n}\n`,
  "tunables/narrow": "@{ROOT} = /srv\n",
  "tunables/wide": "@{ROOT} = /\n",
});

const homes = (more: string): Files => ({
  app: `include <tunables/global>\n${more}profile app {\n  include <abstractions/theirs>\n}\n`,
});

const dangerOfReach = (before: Files, after: Files, tree: PolicyTree | null = null) =>
  told(before, after, tree).changes.find(({ sentence }) => sentence.includes("1 rule reaches changes"))?.danger;

describe("a variable that holds the path", () => {
  it("is a grave change where it comes to stand for the whole machine", () => {
    expect(told(app("/var/lib/app"), app("/"))).toEqual({
      headline: "1 variable changed, dangerous.",
      changes: [
        {
          danger: "total",
          sentence:
            "`@{APPDIR}` can stand for `/` too and no longer stands for `/var/lib/app`. What 1 rule reaches changes with it: `@{APPDIR}/** rw,`.",
        },
      ],
    });
    const [change] = reviewChanges(design(app("/var/lib/app")), design(app("/"))).changes;
    expect([change?.before?.danger, change?.after?.danger]).toEqual(["medium", "total"]);
    expect([heads(app("/var/lib/app")), heads(app("/"))]).toEqual([["medium"], ["total"]]);
  });

  it("is as grave in files that include it, by variables that stand for it, and in rules that are taken in", () => {
    const sentence = "What 2 rules reach changes with it, the gravest: `@{ROOT}/** rw,`.";
    expect(told(shared("/srv"), shared("/")).changes).toEqual([
      {
        danger: "total",
        sentence: `\`@{ROOT}\` can stand for \`/\` too and no longer stands for \`/srv\`. ${sentence}`,
      },
    ]);
    expect([heads(shared("/srv")), heads(shared("/"))]).toEqual([["medium"], ["total"]]);
    const [profile] = reviewSummary(design(shared("/"))).profiles;
    expect(profile?.includes.map(({ danger }) => danger)).toEqual(["total"]);
  });

  it("touches no rule of a file that sets one of the same name for itself", () => {
    const other = { other: "@{APPDIR} = /\nprofile other {\n  @{APPDIR}/** rw,\n}\n" };
    expect(told({ ...app("/srv/a"), ...other }, { ...app("/srv/b"), ...other }).changes).toMatchObject([
      { danger: "medium", sentence: expect.stringContaining("What 1 rule reaches changes") },
    ]);
    expect(heads({ ...app("/srv"), ...other })).toEqual(["total", "medium"]);
  });

  it("opens nothing where values only go, but what a deny refused", () => {
    expect(told(app("/ /srv"), app("/srv")).changes).toEqual([
      {
        danger: null,
        sentence: "`@{APPDIR}` no longer stands for `/`. What 1 rule reaches changes with it.",
      },
    ]);
    expect(told(deny("/etc"), deny("/srv")).changes).toMatchObject([{ danger: "total" }]);
    expect(told(deny("/srv"), deny("/srv /etc")).changes).toMatchObject([{ danger: null }]);
  });

  it("is told with a rule that changes or comes beside it, by what it stands for there", () => {
    const changes = told(app("/srv", "  @{APPDIR} r,\n"), app("/srv", "  @{APPDIR} r,\n  @{APPDIR}/../** r,\n"));
    expect(changes.changes).toHaveLength(1);
    expect(told({ app: "profile app { }\n" }, app("/")).changes).toMatchObject([
      { danger: "total", sentence: expect.stringContaining("every file") },
      { danger: null, sentence: "`@{APPDIR}` stands for `/`." },
      {},
    ]);
    const reads = { app: app("/").app?.replace(" rw,", " r,") ?? "" };
    expect(told(reads, app("/")).changes).toMatchObject([{ danger: "total" }]);
    expect(told(app("/", "  deny @{APPDIR}** w,\n"), app("/")).changes).toMatchObject([
      { danger: "total", sentence: expect.stringContaining("Gone") },
    ]);
  });

  it("is seen through a file that has another name now, and an include that brings it", () => {
    expect(dangerOfReach(moved("one", "/srv"), moved("two", "/"))).toBe("total");
    const more = "  /etc/app.conf r,\n  /usr/share/app/** r,\n  capability chown,\n";
    const renamed = { newer: app("/", more).app ?? "" };
    expect(dangerOfReach(app("/srv", more), renamed)).toBe("total");
    expect(dangerOfReach(chosen("narrow"), chosen("wide"))).toBe("total");
  });

  it("is seen in the target's own rules", () => {
    const tree = {
      target: "debian-13",
      files: new Map([
        ["tunables/global", "@{HOMEDIRS} = /home/\n"],
        ["abstractions/theirs", "@{HOMEDIRS}** rw,\n"],
      ]),
    };
    expect(dangerOfReach(homes(""), homes("@{HOMEDIRS} += /\n"), tree)).toBe("total");
  });
});
