import { describe, expect, it } from "vitest";
import { policyFiles, type PolicyTree } from "../analysis/index.ts";
import { viewFile } from "../design/index.ts";
import { definitionAt } from "./definition.ts";

const tree: PolicyTree = {
  target: "debian-12",
  files: new Map([
    ["abstractions/base", "/etc/ld.so.cache r,\n"],
    ["tunables/home", "@{HOME} = /root/\n"],
    ["tunables/home.d/site", "@{HOME} += /srv/\n"],
    ["usr.bin.man", "profile man /usr/bin/man {\n  profile groff { }\n}\n"],
  ]),
};
const text = [
  "@{OWN} = /srv/",
  "profile x /usr/bin/x {",
  "  include <abstractions/base>",
  "  include <abstractions/nowhere>",
  "  @{HOME}/a r,",
  "  @{OWN}/a r,",
  "  /usr/bin/man Px -> man//groff,",
  "  /usr/bin/y Cx -> y,",
  "  signal peer=man,",
  "  change_profile -> other,",
  "  # @{HOME}",
  "  profile y { }",
  "}",
].join("\n");
const view = viewFile("apparmor.d/x", text);
const other = viewFile("apparmor.d/other", "\nprofile other { }\n");
const files = policyFiles([view, other], tree);

function at(words: string) {
  const found = definitionAt(view, text.indexOf(words) + words.length - 1, files);
  return found === null
    ? null
    : { ...found, places: found.places.map(({ path, origin, range }) => [origin, path, range.start]) };
}

describe("definitions", () => {
  it("lead from an include to its file", () => {
    expect(at("<abstractions/base")).toEqual({
      kind: "include",
      name: "abstractions/base",
      places: [["target", "abstractions/base", 0]],
    });
    expect(at("abstractions/nowhere")?.places).toEqual([]);
  });

  it("lead from a variable to every place that sets it", () => {
    expect(at("  @{HOME}")?.places).toEqual([
      ["target", "tunables/home", 0],
      ["target", "tunables/home.d/site", 0],
    ]);
    expect(at("  @{OWN}")?.places).toEqual([["design", "x", 0]]);
  });

  it("lead from a profile's name to its head, in the design and on the target", () => {
    expect(at("-> man//groff")?.places).toEqual([["target", "usr.bin.man", 29]]);
    expect(at("peer=man")?.places).toEqual([["target", "usr.bin.man", 0]]);
    expect(at("-> other")?.places).toEqual([["design", "other", 1]]);
    expect(at("-> y")?.places[0]?.slice(0, 2)).toEqual(["design", "x"]);
  });

  it("lead nowhere from what is made where it stands, or nowhere", () => {
    expect(at("profile x")).toBeNull();
    expect(at("/usr/bin/man Px")).toBeNull();
    expect(at("peer=")).toBeNull();
  });
});
