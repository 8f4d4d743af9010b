import { describe, expect, it } from "vitest";
import { viewFile } from "../design/index.ts";
import { searchPolicy, type SearchedFile, type SearchQuestion } from "./search-policy.ts";

const texts = {
  "apparmor.d/x": [
    "# About Shadows",
    "@{SECRET} = /etc/shadow /etc/gshadow",
    "profile x /usr/bin/x {",
    "  include <abstractions/shadowy>",
    "  deny @{SECRET} rw,",
    "  /etc/** r,",
    "  /etc/passwd r,",
    "  @{UNKNOWN}/shadow r,",
    "  capability dac_read_search, # for the shadow",
    "  dbus send path=/etc/shadow,",
    "  profile child { /etc/{sha,gsha}dow* r, }",
    "}",
  ].join("\n"),
  "apparmor.d/all": "profile all { file, }\n",
  "apparmor.d/none": "profile none { network, }\n",
};

function search(question: Partial<SearchQuestion>): string[] {
  const files = Object.entries(texts).map(([path, text]): SearchedFile => {
    return { path, origin: "design", read: () => viewFile(path, text) };
  });
  const variables = new Map([["SECRET", ["/etc/shadow", "/etc/gshadow"]]]);
  const asked = { by: "text" as const, text: "", kind: null, ...question };
  return [...searchPolicy(asked, files, variables)].flatMap((found) =>
    (found?.hits ?? []).map(({ start, end, placed }) => {
      const text = found?.view.tree.text.slice(start, end) ?? "";
      return `${placed === null ? "line" : placed.rule.value.kind}: ${text}`;
    }),
  );
}

describe("search by path", () => {
  it("finds every rule whose glob fits, denies and children among them, and claims nothing of unknown variables", () => {
    expect(search({ by: "path", text: "/etc/shadow" })).toEqual([
      "file: deny @{SECRET} rw,",
      "file: /etc/** r,",
      "file: /etc/{sha,gsha}dow* r,",
      "file: file,",
    ]);
    expect(search({ by: "path", text: "//etc///passwd" })).toEqual([
      "file: /etc/** r,",
      "file: /etc/passwd r,",
      "file: file,",
    ]);
  });

  it("finds nothing for what is no path", () => {
    expect(search({ by: "path", text: "shadow" })).toEqual([]);
    expect(search({ by: "path", text: "/etc/shadow", kind: "capability" })).toEqual([]);
  });
});

describe("search by text", () => {
  it("finds rules and lines, upper and lower case alike, each once", () => {
    expect(search({ text: "shadow" })).toEqual([
      "line: # About Shadows",
      "line: @{SECRET} = /etc/shadow /etc/gshadow",
      "line: include <abstractions/shadowy>",
      "file: @{UNKNOWN}/shadow r,",
      "line: capability dac_read_search, # for the shadow",
      "dbus: dbus send path=/etc/shadow,",
    ]);
    expect(search({ text: "  PROFILE ALL " })).toEqual(["line: profile all { file, }"]);
  });

  it("keeps to rules of a kind, and lists them all where nothing else is asked", () => {
    expect(search({ text: "shadow", kind: "file" })).toEqual(["file: @{UNKNOWN}/shadow r,"]);
    expect(search({ kind: "network" })).toEqual(["network: network,"]);
    expect(search({})).toEqual([]);
  });
});
