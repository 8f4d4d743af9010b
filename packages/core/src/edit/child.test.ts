import { describe } from "vitest";
import { at, lines, run } from "./examples.test-data.ts";
import { addChild, removeProfile } from "./index.ts";

describe("children", () => {
  run([
    [
      "behind the rules, with a blank line",
      lines("profile x {", "  /a r,", "}"),
      (file, x) => addChild(file, x, { form: "profile", name: "c", attachment: "/usr/bin/c", flags: ["complain"] }),
      lines("profile x {", "  /a r,", "", "  profile c /usr/bin/c flags=(complain) {", "  }", "}"),
    ],
    [
      "behind the last child",
      lines("profile x {", "\t/a r,", "", "\t^h {", "\t}", "", "\tinclude if exists <local/x>", "}"),
      (file, x) => addChild(file, x, { form: "hat", name: "k" }),
      lines(
        "profile x {",
        "\t/a r,",
        "",
        "\t^h {",
        "\t}",
        "",
        "\t^k {",
        "\t}",
        "",
        "\tinclude if exists <local/x>",
        "}",
      ),
    ],
    [
      "before what the machine's owner adds",
      lines("profile x {", "  /a r,", "", "  include if exists <local/x>", "}"),
      (file, x) => addChild(file, x, { form: "hat", name: "h" }),
      lines("profile x {", "  /a r,", "", "  ^h {", "  }", "", "  include if exists <local/x>", "}"),
    ],
    [
      "in one line",
      "profile x { /a r, }",
      (file, x) => addChild(file, x, { form: "hat", name: "h" }),
      "profile x { /a r, ^h { } }",
    ],
    [
      "into nothing",
      "profile x {}",
      (file, x) => addChild(file, x, { form: "profile", name: "a b" }),
      'profile x {profile "a b" { } }',
    ],
    [
      "not twice",
      lines("profile x {", "  ^h {", "  }", "}"),
      (file, x) => addChild(file, x, { form: "hat", name: "h" }),
      "no: `x` has a child or hat `h` already",
    ],
    [
      "not into a hat",
      lines("profile x {", "  ^h {", "  }", "}"),
      (file, x) => addChild(file, at(x.children, 0), { form: "hat", name: "k" }),
      "no: a hat holds neither child profiles nor hats; add it to the profile around the hat",
    ],
    [
      "go with all that is in them",
      lines("profile x {", "  /a r,", "", "  # about it", "  ^h {", "    /b r,", "  }", "}"),
      (file, x) => removeProfile(file, at(x.children, 0)),
      lines("profile x {", "  /a r,", "", "  # about it", "}"),
    ],
    [
      "a child that comes goes again",
      lines("profile x {", "  ^h {", "  }", "", "  /a r,", "}"),
      (file, x) => removeProfile(file, at(x.children, 0)),
      lines("profile x {", "  /a r,", "}"),
    ],
  ]);
});
