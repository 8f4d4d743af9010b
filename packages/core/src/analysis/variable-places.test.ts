import { describe, expect, test } from "vitest";
import { viewFile } from "../design/index.ts";
import { variablePlaces, variableValues } from "./variable-places.ts";

describe("uses of variables", () => {
  test("are the places that name them, not the assignments and the comments", () => {
    const text = [
      "@{HOME} = /root/ @{HOMEDIRS}/*/",
      "# @{HOME} in a comment",
      "#include <tunables/@{HOME}>",
      "profile x @{HOME}/bin/x {",
      "  @{HOME}/a#b r, # @{HOME}",
      '  "@{HOME}/with blank" r,',
      "}",
    ].join("\n");
    const uses = variablePlaces(viewFile("apparmor.d/x", text));
    expect(uses.get("HOMEDIRS")).toHaveLength(1);
    const lines = (uses.get("HOME") ?? []).map(({ start }) => text.slice(0, start).split("\n").length);
    expect(lines).toEqual([3, 4, 5, 6]);
  });

  test("of several files are joined with what each assignment adds", () => {
    const one = viewFile("tunables/home", "@{HOME} = /root/ /home/*/\n@{PROC} = /proc/\n");
    const two = viewFile("apparmor.d/tunables/home.d/site", "@{HOME} += /srv/*/\n");
    expect(
      variableValues([
        { path: "tunables/home", origin: "target", view: one },
        { path: "tunables/home.d/site", origin: "design", view: two },
      ]),
    ).toEqual([
      {
        name: "HOME",
        values: ["/root/", "/home/*/", "/srv/*/"],
        set: [
          { path: "tunables/home", origin: "target", operator: "=", values: ["/root/", "/home/*/"], start: 0 },
          { path: "tunables/home.d/site", origin: "design", operator: "+=", values: ["/srv/*/"], start: 0 },
        ],
      },
      {
        name: "PROC",
        values: ["/proc/"],
        set: [{ path: "tunables/home", origin: "target", operator: "=", values: ["/proc/"], start: 26 }],
      },
    ]);
  });
});
