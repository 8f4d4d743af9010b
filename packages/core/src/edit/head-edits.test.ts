import { describe, expect, test } from "vitest";
import { viewFile, type FileView } from "../design/index.ts";
import { applyEdits } from "../text/index.ts";
import { lines, run, type Wish } from "./examples.test-data.ts";
import {
  addInclude,
  addVariable,
  rewriteRule,
  removeInclude,
  removeVariable,
  setAbi,
  setAttachment,
  setCapability,
  setFlag,
  setMode,
  setName,
  setVariable,
  type EditOutcome,
} from "./index.ts";

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

const include =
  (path: string, inside = true, ifExists = false): Wish =>
  (file, profile) =>
    addInclude(file, inside ? profile : null, path, { ifExists });

function withVariable(file: FileView, values: readonly string[]): EditOutcome {
  const [first] = file.variables;
  if (first === undefined) throw new Error("the example has no variable");
  return setVariable(file, first, values);
}

describe("the head of a profile", () => {
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
    ["rename in quotes", "profile x /a {\n}\n", name("y z"), 'profile "y z" /a {\n}\n'],
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
    const outcome = rewriteRule(file, first, { ...first.value, permissions: ["r", "k"], exec: "ix" });
    expect(outcome.ok && outcome.label).toBe("tick k, untick w, choose ix on /a");
  });
});
