import { describe } from "vitest";
import { noQualifiers, type FileRuleValue } from "../rules/index.ts";
import { lines, rule, run, type Example, type Wish } from "./examples.test-data.ts";
import { addRule, rewriteRule, removeRule } from "./index.ts";

const add =
  (text: string): Wish =>
  (file, profile) =>
    addRule(file, profile, rule(text));

/** Changes the profile's first rule. */
const change =
  (to: Partial<FileRuleValue>): Wish =>
  (file, profile) => {
    const first = profile.rules[0]?.rule;
    if (first?.value.kind !== "file") throw new Error("the example's first rule is no file rule");
    return rewriteRule(file, first, { ...first.value, ...to });
  };

const removeFirst: Wish = (file, profile) => {
  const first = profile.rules[0]?.rule;
  if (first === undefined) throw new Error("the example has no rule");
  return removeRule(file, first);
};

const letters = (...permissions: FileRuleValue["permissions"]): Wish => change({ permissions });

/** A profile of one rule. */
const body = (text: string): string => `profile x {\n  ${text}\n}\n`;

const deny = { ...noQualifiers, access: "deny" } as const;

describe("a new rule lands beside its kind", () => {
  run([
    [
      "behind the last rule of the kind",
      lines("profile x {", "  capability a,", "  capability b, # why", "  /a r,", "}"),
      add("capability net_raw,"),
      lines("profile x {", "  capability a,", "  capability b, # why", "  capability net_raw,", "  /a r,", "}"),
    ],
    [
      "as a group of its own where groups are parted",
      lines("profile x {", "  include <abstractions/base>", "", "  /a r,", "", "  include if exists <local/x>", "}"),
      add("capability net_raw,"),
      lines(
        "profile x {",
        "  include <abstractions/base>",
        "",
        "  capability net_raw,",
        "",
        "  /a r,",
        "",
        "  include if exists <local/x>",
        "}",
      ),
    ],
    [
      "before the local include and child profiles",
      lines("profile x {", "  capability a,", "", "  include if exists <local/x>", "", "  profile y {", "  }", "}"),
      add("/etc/x r,"),
      lines(
        "profile x {",
        "  capability a,",
        "",
        "  /etc/x r,",
        "",
        "  include if exists <local/x>",
        "",
        "  profile y {",
        "  }",
        "}",
      ),
    ],
    [
      "a file rule behind the nearest path",
      lines("profile x {", "  /etc/a r,", "  /usr/lib/x/a mr,", "  /usr/share/x r,", "  /var/x rw,", "}"),
      add("/usr/lib/x/b mr,"),
      lines(
        "profile x {",
        "  /etc/a r,",
        "  /usr/lib/x/a mr,",
        "  /usr/lib/x/b mr,",
        "  /usr/share/x r,",
        "  /var/x rw,",
        "}",
      ),
    ],
    [
      "in the column of its neighbour",
      lines("profile x {", "\t/etc/passwd      r,", "}"),
      add("/etc/group r,"),
      lines("profile x {", "\t/etc/passwd      r,", "\t/etc/group       r,", "}"),
    ],
    [
      "a deny beside the denies",
      lines("profile x {", "  /a r,", "", "  deny /b w,", "", "  /c r,", "}"),
      add("deny /c/d w,"),
      lines("profile x {", "  /a r,", "", "  deny /b w,", "  deny /c/d w,", "", "  /c r,", "}"),
    ],
    ["into an empty body", "profile x {\n}\n", add("/a r,"), "profile x {\n  /a r,\n}\n"],
    ["into an empty body on one line", "profile x { }\n", add("/a r,"), "profile x { /a r, }\n"],
    ["into a body without any blank", "profile x {}\n", add("/a r,"), "profile x {/a r, }\n"],
    ["into a line that rules share", "profile x { /a r, /b r, }", add("/b/c r,"), "profile x { /a r, /b r, /b/c r, }"],
    [
      "with the file's line ends",
      "profile x {\r\n\t/a r,\r\n}",
      add("/b r,"),
      "profile x {\r\n\t/a r,\r\n\t/b r,\r\n}",
    ],
    ["in quotes where it must be", "profile x {\n}\n", add('"/a b/**" r,'), 'profile x {\n  "/a b/**" r,\n}\n'],
    ["not twice", "profile x {\n  /a r,\n}\n", add("/a r,"), "no: `/a r` stands in line 2 already"],
    [
      "not into a body that is open",
      "profile x {\n  /a r,\n",
      add("/b r,"),
      "no: the body of `x` is not closed with `}`; mend that first",
    ],
  ]);
});

describe("a rule that goes", () => {
  run([
    ["takes its line along", "profile x {\n  /a r,\n  /b r,\n}\n", removeFirst, "profile x {\n  /b r,\n}\n"],
    ["leaves the comment behind it", "profile x {\n  /a r, # c\n}\n", removeFirst, "profile x {\n  # c\n}\n"],
    [
      "closes the gap between groups",
      "profile x {\n  include <a>\n\n  /a r,\n\n  include <b>\n}\n",
      removeFirst,
      "profile x {\n  include <a>\n\n  include <b>\n}\n",
    ],
    ["leaves its neighbours on the line", "profile x { /a r, /b r, }", removeFirst, "profile x { /b r, }"],
    [
      "goes with the comments inside it",
      "profile x {\n  owner # c\n  /a r,\n  /b r,\n}\n",
      removeFirst,
      "profile x {\n  /b r,\n}\n",
    ],
  ]);
});

describe("a file rule that changes", () => {
  const examples: readonly [name: string, before: string, wish: Wish, after: string][] = [
    ["gets a letter in the usual order", "/a rk,", letters("r", "w", "k"), "/a rwk,"],
    ["keeps an order of its own", "/a wr,", letters("w", "r", "k"), "/a wrk,"],
    ["loses a letter", "/a   rwk, # c", letters("r", "k"), "/a   rk, # c"],
    ["keeps its exec mode in place", "/a Pxr,", letters("r", "w"), "/a Pxrw,"],
    ["gets an exec mode", "/a mr,", change({ exec: "ix" }), "/a mrix,"],
    ["changes its exec mode", "/a mrPx -> b,", change({ exec: "Cx" }), "/a mrCx -> b,"],
    ["gets a target", "/a Px,", change({ execTarget: "b c" }), '/a Px -> "b c",'],
    ["changes its target", "/a Px -> b, # t", change({ execTarget: "d" }), "/a Px -> d, # t"],
    ["loses its target", "/a Px   ->   b,", change({ execTarget: null }), "/a Px,"],
    ["becomes the owner's", "/a r,", change({ qualifiers: { ...noQualifiers, owner: "owner" } }), "owner /a r,"],
    [
      "is denied, and still the owner's",
      "owner /a r,",
      change({ qualifiers: { ...deny, owner: "owner" } }),
      "deny owner /a r,",
    ],
    ["is no longer logged", "audit  deny /a r,", change({ qualifiers: deny }), "deny /a r,"],
    ["is logged", "deny /a r,", change({ qualifiers: { ...deny, audit: true } }), "audit deny /a r,"],
    ["keeps permissions in front", "rw  /a,", letters("r", "w", "k"), "rwk  /a,"],
    ["keeps quotes and escapes", '"/a \\"b\\"" r,', letters("r", "w"), '"/a \\"b\\"" rw,'],
    ["changes its path alone", "owner /a    rw,", change({ path: "/b c" }), 'owner "/b c"    rw,'],
    ["keeps a comment inside", "owner # mine\n    /a r,", letters("r", "w"), "owner # mine\n    /a rw,"],
    [
      "keeps the comment when the word before it goes",
      "owner # mine\n    /a r,",
      change({ qualifiers: noQualifiers }),
      "# mine\n    /a r,",
    ],
    ["keeps the word file", "file /a r,", letters("r", "w"), "file /a rw,"],
    [
      "cannot both write and append",
      "/a w,",
      letters("w", "a"),
      "no: `w` and `a` exclude each other: writing includes appending; take one of them away first",
    ],
    [
      "cannot lose its last letter",
      "/a w,",
      letters(),
      "no: a file rule needs at least one permission; remove the rule instead",
    ],
    [
      "cannot deny one way to execute",
      "deny /a r,",
      change({ exec: "ix" }),
      "no: a deny rule refuses every way to execute: it takes `x`, not `ix`",
    ],
    [
      "cannot be relative",
      "/a r,",
      change({ path: "./a" }),
      "no: `./a` is no absolute path: it must begin with `/` or a variable such as `@{HOME}`; no rule follows the current folder",
    ],
  ];
  run(
    examples.map(([name, before, wish, expected]): Example => [
      name,
      body(before),
      wish,
      expected.startsWith("no: ") ? expected : body(expected),
    ]),
  );
});
