import { describe, expect, test } from "vitest";
import { viewFile } from "../design/index.ts";
import { fileNameFor, newProfileText, type NewProfile } from "./index.ts";

describe("newProfileText", () => {
  test("is what people begin with", () => {
    expect(newProfileText({ name: "rustnet", attachment: "/usr/bin/rustnet", flags: ["complain"] })).toEqual({
      ok: true,
      text: [
        "abi <abi/3.0>,",
        "",
        "include <tunables/global>",
        "",
        "profile rustnet /usr/bin/rustnet flags=(complain) {",
        "  include <abstractions/base>",
        "",
        "  # Started by another confined program, it is killed where it can't read and map itself.",
        "  /usr/bin/rustnet mr,",
        "",
        "  include if exists <local/rustnet>",
        "}",
        "",
      ].join("\n"),
    });
  });

  const fine: NewProfile[] = [
    { name: "a b", fileName: "a-b" },
    { name: "/usr/bin/x" },
    { name: "x", attachment: "/usr/bin/{x,y z}" },
    { name: "x", attachment: "@{HOME}/x" },
  ];
  test.each(fine)("reads back as the profile that was wished: %o", (wish) => {
    const made = newProfileText(wish);
    if (!made.ok) throw new Error(made.reason);
    const file = viewFile("apparmor.d/x", made.text);
    expect(file.tree.errors).toEqual([]);
    expect(file.profiles).toHaveLength(1);
    const attachment = wish.attachment ?? (wish.name.startsWith("/") ? wish.name : null);
    expect(file.profiles[0]).toMatchObject({ name: wish.name, attachment });
    // The program that it is for may read and map itself; a profile for none has no rule.
    expect(file.profiles[0]?.rules.map(({ rule }) => rule.value)).toMatchObject(
      attachment === null ? [] : [{ kind: "file", path: attachment, permissions: ["m", "r"] }],
    );
  });

  const refused: NewProfile[] = [
    { name: "" },
    { name: "x\n/** rw," },
    { name: "x", attachment: "usr/bin/x" },
    { name: "x", fileName: "../x" },
    { name: "x", includes: ["abstractions/base>\n/** rw,"] },
    { name: "x", flags: ["complain) { /** rw, } profile y ("] },
    { name: "x", abi: "../../etc/shadow" },
  ];
  test.each(refused)("refuses %o", (wish) => expect(newProfileText(wish)).toMatchObject({ ok: false }));

  test("names the file as packages do", () => expect(fileNameFor("/usr/bin/rustnet")).toBe("usr.bin.rustnet"));
});
