import { describe, expect, test } from "vitest";
import { viewFile, type FileView, type ProfileView } from "../design/index.ts";
import { noQualifiers, readRuleText, type FileRuleValue, type RuleValue } from "../rules/index.ts";
import { applyEdits } from "../text/index.ts";
import {
  addInclude,
  addRule,
  addVariable,
  changeRule,
  removeInclude,
  removeRule,
  removeVariable,
  setAbi,
  setAttachment,
  setCapability,
  setFlag,
  setMode,
  setName,
  setNetwork,
  setVariable,
  type EditOutcome,
} from "./index.ts";

type Wish = (file: FileView, profile: ProfileView) => EditOutcome;

/** The text after the wish, or the reason of the refusal behind `no: `. */
function after(text: string, wish: Wish): string {
  const file = viewFile("apparmor.d/x", text);
  const [profile] = file.profiles;
  if (profile === undefined) throw new Error("the example has no profile");
  const outcome = wish(file, profile);
  return outcome.ok ? applyEdits(text, outcome.edits[0]?.edits ?? []) : `no: ${outcome.reason}`;
}

/** The rule that a line of AppArmor's language says. */
function rule(text: string): RuleValue {
  const value = readRuleText(text);
  if (value === undefined) throw new Error(`the example is no rule: ${text}`);
  return value;
}

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
    return changeRule(file, first, { ...first.value, ...to });
  };

/** Each line of an example: what is edited, the text before, the wish, the text after. */
type Example = readonly [name: string, before: string, wish: Wish, after: string];

function run(examples: readonly Example[]): void {
  test.each(examples)("%s", (_name, before, wish, expected) => expect(after(before, wish)).toBe(expected));
}

const lines = (...all: string[]): string => `${all.join("\n")}\n`;
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
  const removeFirst: Wish = (file, profile) => {
    const first = profile.rules[0]?.rule;
    if (first === undefined) throw new Error("the example has no rule");
    return removeRule(file, first);
  };
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
  const letters = (...permissions: FileRuleValue["permissions"]): Wish => change({ permissions });
  const body = (text: string): string => `profile x {\n  ${text}\n}\n`;
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

describe("capabilities", () => {
  const set =
    (name: string, access: "none" | "allow" | "deny", audit?: boolean): Wish =>
    (file, profile) =>
      setCapability(file, profile, name, audit === undefined ? { access } : { access, audit });
  const body = (...rules: string[]): string => lines("profile x {", ...rules.map((text) => `  ${text}`), "}");
  run([
    ["tick", body("/a r,"), set("net_raw", "allow"), body("capability net_raw,", "/a r,")],
    ["untick the only name", body("capability net_raw,"), set("net_raw", "none"), body()],
    ["untick one of several", body("capability a net_raw b,"), set("net_raw", "none"), body("capability a b,")],
    ["untick the last of several", body("capability", "  a", "  b,"), set("b", "none"), body("capability", "  a,")],
    ["untick keeps comments", body("capability # c", "  a b,"), set("a", "none"), body("capability # c", "  b,")],
    ["untick takes allow and deny away", body("capability a,", "deny capability a,"), set("a", "none"), body()],
    ["deny", body("capability b,"), set("a", "deny"), body("capability b,", "deny capability a,")],
    ["deny what was allowed", body("capability a, # c"), set("a", "deny"), body("deny capability a, # c")],
    ["allow what was denied", body("deny capability a,"), set("a", "allow"), body("capability a,")],
    ["deny one of several", body("capability a b,"), set("a", "deny"), body("capability b,", "deny capability a,")],
    [
      "log one of several",
      body("capability a b,"),
      set("a", "allow", true),
      body("capability b,", "audit capability a,"),
    ],
    ["log", body("capability a,"), set("a", "allow", true), body("audit capability a,")],
    [
      "not where all are given",
      body("capability,"),
      set("a", "none"),
      "no: line 2 gives every capability; split it into the ones that are needed, without a",
    ],
    [
      "not where all are given, to tick",
      body("capability,"),
      set("a", "allow"),
      "no: line 2 gives every capability, a too; split it into the ones that are needed first",
    ],
    ["deny one where all are given", body("capability,"), set("a", "deny"), body("capability,", "deny capability a,")],
    ["in a block", body("deny {", "  capability a,", "}"), set("a", "none"), body("deny {", "}")],
    ["not under a wrong name", body(), set("CAP_NET_RAW", "allow"), "no: `CAP_NET_RAW` is written `net_raw` here"],
    ["no rule is smuggled in", body(), set("a,\n/** rw", "allow"), "no: `a,�/** rw` is not the name of a capability"],
  ]);
});

describe("network", () => {
  const set =
    (cell: string, access: "none" | "allow" | "deny"): Wish =>
    (file, profile) => {
      const [domain = null, type = null] = cell.split(" ").map((word) => (word === "*" ? null : word));
      return setNetwork(file, profile, { domain, type }, { access });
    };
  const body = (...rules: string[]): string => lines("profile x {", ...rules.map((text) => `  ${text}`), "}");
  run([
    [
      "tick",
      body("network inet dgram,"),
      set("inet stream", "allow"),
      body("network inet dgram,", "network inet stream,"),
    ],
    [
      "untick",
      body("network inet dgram,", "network inet stream,"),
      set("inet dgram", "none"),
      body("network inet stream,"),
    ],
    ["untick what is spelled tcp", body("network inet tcp,"), set("inet stream", "none"), body()],
    ["tick a whole family", body(), set("netlink *", "allow"), body("network netlink,")],
    ["tick all", body(), set("* *", "allow"), body("network,")],
    ["deny", body("network inet stream,"), set("inet stream", "deny"), body("deny network inet stream,")],
    ["untick a limited rule", body("network (create) inet stream,"), set("inet stream", "none"), body()],
    [
      "tick beside a limited rule",
      body("network (create) inet stream,"),
      set("inet stream", "allow"),
      body("network (create) inet stream,", "network inet stream,"),
    ],
    [
      "not where more is allowed",
      body("network inet,"),
      set("inet stream", "allow"),
      "no: `network inet` in line 2 allows inet stream already",
    ],
    [
      "not to untick where more is allowed",
      body("network,"),
      set("inet stream", "none"),
      "no: `network` in line 2 allows inet stream with all it covers; replace it by the families and types that are needed",
    ],
    [
      "not where more is denied",
      body("deny network,"),
      set("inet stream", "allow"),
      "no: `deny network` in line 2 denies inet stream with all it covers, and a deny beats every allow; narrow that rule first",
    ],
    [
      "deny within what is allowed",
      body("network,"),
      set("inet raw", "deny"),
      body("network,", "deny network inet raw,"),
    ],
  ]);
});

describe("the head of a profile", () => {
  const flag =
    (name: string, on: boolean): Wish =>
    (file, profile) =>
      setFlag(file, profile, name, on);
  const mode =
    (name: string): Wish =>
    (file, profile) =>
      setMode(file, profile, name);
  const name =
    (to: string): Wish =>
    (file, profile) =>
      setName(file, profile, to);
  const attach =
    (to: string | null): Wish =>
    (file, profile) =>
      setAttachment(file, profile, to);
  run([
    ["first flag", "profile x /a {\n}\n", flag("complain", true), "profile x /a flags=(complain) {\n}\n"],
    [
      "one more flag",
      "profile x flags=(audit,complain) {\n}\n",
      flag("mediate_deleted", true),
      "profile x flags=(audit,complain,mediate_deleted) {\n}\n",
    ],
    [
      "one more flag without the word",
      "/a (audit) {\n}\n",
      flag("mediate_deleted", true),
      "/a (audit, mediate_deleted) {\n}\n",
    ],
    [
      "first of three goes",
      "profile x flags=(a, audit, b) {\n}\n",
      flag("a", false),
      "profile x flags=(audit, b) {\n}\n",
    ],
    [
      "last of three goes",
      "profile x flags=(a, audit, b) {\n}\n",
      flag("b", false),
      "profile x flags=(a, audit) {\n}\n",
    ],
    ["the only flag goes", "profile x /a  flags=(audit) {\n}\n", flag("audit", false), "profile x /a {\n}\n"],
    ["the only flag goes without the word", "/a (audit) {\n}\n", flag("audit", false), "/a {\n}\n"],
    [
      "a flag with a value",
      "profile x flags=(attach_disconnected.path=/a) {\n}\n",
      flag("attach_disconnected.path=/b", true),
      "profile x flags=(attach_disconnected.path=/b) {\n}\n",
    ],
    [
      "no two that exclude each other",
      "profile x flags=(mediate_deleted) {\n}\n",
      flag("delegate_deleted", true),
      "no: `delegate_deleted` and `mediate_deleted` exclude each other; untick that one first",
    ],
    [
      "no text in a flag's place",
      "profile x {\n}\n",
      flag("audit) { /** rw, } profile y (audit", true),
      "no: `audit) { /** rw, } profile y (audit` can't be written as a flag",
    ],
    ["complain", "profile x {\n}\n", mode("complain"), "profile x flags=(complain) {\n}\n"],
    ["enforce", "profile x flags=(complain, audit) {\n}\n", mode("enforce"), "profile x flags=(audit) {\n}\n"],
    ["another mode", "profile x flags=(audit, complain) {\n}\n", mode("kill"), "profile x flags=(audit, kill) {\n}\n"],
    ["rename", "profile x /a {\n}\n", name("y"), "profile y /a {\n}\n"],
    ["rename in quotes", "profile x /a {\n}\n", name("y {z"), 'profile "y {z" /a {\n}\n'],
    ["a name for a path", "/usr/bin/a {\n}\n", name("a"), "profile a /usr/bin/a {\n}\n"],
    ["another path", "/usr/bin/a {\n}\n", name("/usr/bin/b"), "/usr/bin/b {\n}\n"],
    [
      "no name of two lines",
      "profile x {\n}\n",
      name("y {\n/** rw,\n}"),
      "no: the name of the profile holds a line end or another control character",
    ],
    [
      "no name that is taken",
      "profile x { }\nprofile y { }\n",
      name("y"),
      "no: another profile beside it is called `y` already",
    ],
    [
      "attach",
      "profile x flags=(audit) {\n}\n",
      attach("/usr/bin/{a,b}"),
      "profile x /usr/bin/{a,b} flags=(audit) {\n}\n",
    ],
    ["attach elsewhere", "profile x  /a  {\n}\n", attach("/b c"), 'profile x  "/b c"  {\n}\n'],
    ["detach", "profile x  /a  {\n}\n", attach(null), "profile x  {\n}\n"],
    ["attach a profile named by its path", "/a {\n}\n", attach("/b"), "/a /b {\n}\n"],
  ]);
});

describe("the preamble", () => {
  const bare = "profile x {\n}\n";
  const debian = lines(
    "# comment",
    "",
    "abi <abi/3.0>,",
    "",
    "include <tunables/global>",
    "",
    "profile x {",
    "  include <abstractions/base>",
    "",
    "  /a r,",
    "}",
  );
  const include =
    (path: string, inside = true, ifExists = false): Wish =>
    (file, profile) =>
      addInclude(file, inside ? profile : null, path, { ifExists });
  run([
    ["abi on top", bare, (file) => setAbi(file, "abi/3.0"), `abi <abi/3.0>,\n${bare}`],
    [
      "abi below the first comment",
      `# c\n\n${bare}`,
      (file) => setAbi(file, "abi/3.0"),
      `# c\n\nabi <abi/3.0>,\n\n${bare}`,
    ],
    ["another abi", debian, (file) => setAbi(file, "abi/4.0"), debian.replace("3.0", "4.0")],
    ["no abi", `abi <abi/3.0>,\n\n${bare}`, (file) => setAbi(file, null), bare],
    [
      "variable below the includes",
      debian,
      (file) => addVariable(file, "X", ["/a", "/b c"]),
      debian.replace("global>\n", 'global>\n\n@{X} = /a "/b c"\n'),
    ],
    [
      "variable set anew",
      `@{X}  =  /a /b # c\n${bare}`,
      (file) => withVariable(file, ["/a", "/c"]),
      `@{X}  =  /a /c # c\n${bare}`,
    ],
    [
      "variable with one value more",
      `@{X}=/a # c\n${bare}`,
      (file) => withVariable(file, ["/a", "/c"]),
      `@{X}=/a /c # c\n${bare}`,
    ],
    [
      "variable with one value less",
      `@{X}=/a  /b # c\n${bare}`,
      (file) => withVariable(file, ["/a"]),
      `@{X}=/a # c\n${bare}`,
    ],
    [
      "no value of two lines",
      bare,
      (file) => addVariable(file, "X", ["/a\nprofile y { /** rw, }"]),
      "no: a value of the variable holds a line end or another control character",
    ],
    [
      "include in a profile",
      debian,
      include("abstractions/nameservice"),
      debian.replace("base>\n", "base>\n  include <abstractions/nameservice>\n"),
    ],
    [
      "local include at the end",
      debian,
      include("local/x", true, true),
      debian.replace("r,\n", "r,\n\n  include if exists <local/x>\n"),
    ],
    [
      "include in the preamble",
      debian,
      include("tunables/x", false),
      debian.replace("global>\n", "global>\ninclude <tunables/x>\n"),
    ],
    [
      "include as the file spells it",
      debian.replaceAll("include", "#include"),
      include("abstractions/x"),
      debian.replace("base>\n", "base>\n  include <abstractions/x>\n").replaceAll("include", "#include"),
    ],
    [
      "no include out of the tree",
      bare,
      include("../shadow"),
      "no: `../shadow` leaves its folder; an include names its file from the top",
    ],
    [
      "no rule in an include's name",
      bare,
      include("x>\n/** rw,"),
      "no: `x>�/** rw,` holds a character that ends the name of an include",
    ],
    [
      "include removed",
      debian,
      (file, profile) => {
        const [first] = profile.includes;
        if (first === undefined) throw new Error("the example has no include");
        return removeInclude(file, first);
      },
      debian.replace("  include <abstractions/base>\n\n", ""),
    ],
    [
      "variable removed",
      `include <tunables/global>\n@{X} = /a\n\n${bare}`,
      (file) => {
        const [first] = file.variables;
        if (first === undefined) throw new Error("the example has no variable");
        return removeVariable(file, first);
      },
      `include <tunables/global>\n\n${bare}`,
    ],
  ]);

  function withVariable(file: FileView, values: readonly string[]): EditOutcome {
    const [first] = file.variables;
    if (first === undefined) throw new Error("the example has no variable");
    return setVariable(file, first, values);
  }
});

describe("labels and the touched range", () => {
  test("tell what happened and where", () => {
    const text = "profile x {\n  /a r,\n}\n";
    const file = viewFile("apparmor.d/x", text);
    const [profile] = file.profiles;
    if (profile === undefined) throw new Error("no profile");
    const outcome = setCapability(file, profile, "net_raw", { access: "allow" });
    if (!outcome.ok) throw new Error(outcome.reason);
    expect(outcome.label).toBe("tick net_raw");
    const changed = applyEdits(text, outcome.edits[0]?.edits ?? []);
    expect(changed.slice(outcome.touched?.range.start, outcome.touched?.range.end)).toBe("capability net_raw,");
  });

  test("name the letters of a file rule", () => {
    const file = viewFile("apparmor.d/x", "profile x {\n  /a rw,\n}\n");
    const first = file.profiles[0]?.rules[0]?.rule;
    if (first?.value.kind !== "file") throw new Error("no rule");
    const outcome = changeRule(file, first, { ...first.value, permissions: ["r", "k"], exec: "ix" });
    expect(outcome.ok && outcome.label).toBe("tick k, untick w, choose ix on /a");
  });
});
