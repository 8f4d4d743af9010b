import { describe, expect, it } from "vitest";

import { viewFile } from "../design/index.ts";
import { policyFiles } from "./policy-files.ts";
import type { PolicyTree } from "./policy-tree.ts";
import { valuesIn } from "./variable-values.ts";

/** What variables stand for in the first of some files of a design. */
function values(files: Readonly<Record<string, string | undefined>>, tree: PolicyTree | null = null): object {
  const views = Object.entries(files).map(([path, text]) => viewFile(`apparmor.d/${path}`, text ?? ""));
  const [first] = views;
  if (first === undefined) throw new Error("no file");
  return Object.fromEntries(valuesIn(first, policyFiles(views, tree)));
}

describe("what variables stand for in a file", () => {
  it("is what it sets itself and what files of the design set that it includes, whole folders too", () => {
    const profile = "include <tunables/own>\n@{A} = /a\ninclude <tunables/own.d>\nprofile p { @{A} r, }\n";
    const files = {
      p: profile,
      "tunables/own": "include <tunables/more>\n@{B} = @{C}/b\n",
      "tunables/more": "@{C} = /c\n",
      "tunables/own.d/x": "@{A} += /long/a /\n",
    };
    expect(values(files)).toEqual({ A: ["/", "/a", "/long/a"], B: ["@{C}/b"], C: ["/c"] });
  });

  it("is not what a file sets that it doesn't include, though names are the same", () => {
    const [one, other] = ["/srv", "/"].map((value) => `@{DIR} = ${value}\nprofile p { @{DIR}/** rw, }\n`);
    expect(values({ one, other })).toEqual({ DIR: ["/srv"] });
  });

  it("is, for rules without a profile, what it is in any file that includes them", () => {
    const [one, two] = ["/srv", "/opt"].map((value) => `@{DIR} = ${value}\nprofile p { include <abstractions/own> }\n`);
    const files = {
      "abstractions/own": "@{DIR}/** rw,\n",
      one,
      two,
      three: "@{DIR} = /\nprofile p { }\n",
    };
    expect(values(files)).toEqual({ DIR: ["/opt", "/srv"] });
  });

  it("is what the target's tunables set, and what everybody knows where these are not at hand", () => {
    const profile = "include <tunables/global>\n@{HOMEDIRS} += /srv/homes/\nprofile p { }\n";
    const tree = { target: "debian-13", files: new Map([["tunables/global", "@{HOMEDIRS} = /users/\n"]]) };
    expect(values({ p: profile }, tree)).toEqual({ HOMEDIRS: ["/users/", "/srv/homes/"] });
    expect(values({ p: profile })).toEqual({ HOMEDIRS: ["/home/", "/srv/homes/"] });
  });

  it("ends where files include one another", () => {
    const files = { p: "include <tunables/a>\n", "tunables/a": "include <tunables/b>\n@{A} = /\n" };
    expect(values({ ...files, "tunables/b": "include <tunables/a>\n@{B} = /b\n" })).toEqual({ A: ["/"], B: ["/b"] });
  });
});
