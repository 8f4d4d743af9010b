import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policyFiles, type PolicyTree } from "../../analysis/index.ts";
import { viewFile } from "../../design/index.ts";
import { applyEdits } from "../../text/index.ts";
import { completions } from "./completion.ts";

const tree: PolicyTree = {
  target: "debian-12",
  files: new Map([
    ["abi/3.0", ""],
    ["abi/kernel-5.4", ""],
    ["abstractions/base", "# What every program needs.\n/etc/ld.so.cache r,\n"],
    ["abstractions/base.dpkg-old", ""],
    ["abstractions/nameservice", "network inet stream,\n"],
    ["tunables/global", "include <tunables/home>\n"],
    ["tunables/home", "@{HOMEDIRS} = /home/\n@{HOME} = @{HOMEDIRS}/*/ /root/\n"],
    ["usr.bin.man", "profile man /usr/bin/man {\n  profile groff { }\n}\n"],
  ]),
};

/** What is offered at the `|` of a text. */
function at(marked: string, known: PolicyTree | null = tree, path = "apparmor.d/x") {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const view = viewFile(path, text);
  const items = completions(view, offset, { files: policyFiles([view], known) });
  const labels = items.map(({ label }) => label);
  /** The text with an item taken; a snippet's marks stay. */
  const taken = (label: string) => {
    const item = items.find((each) => each.label === label);
    if (item === undefined) throw new Error(`${label} is not offered; there are ${labels.join(" ")}`);
    return applyEdits(text, [{ range: item.range, newText: item.insert }]);
  };
  return { items, labels, taken };
}

const inside = (rule: string) => `include <tunables/global>\n@{OWN} = /srv/\nprofile x {\n  ${rule}\n  /etc/x r,\n}\n`;

/** Rules with the cursor in them: what must be offered, and what must not. */
const cases: readonly (readonly [rule: string, offered: readonly string[], not: readonly string[]])[] = [
  [
    "|",
    ["capability", "network", "deny", "include <…>", "profile … { }", "hat … { }", "set rlimit"],
    ["net_admin", "alias … -> …,"],
  ],
  ["cap|", ["capability"], []],
  ["audit |", ["capability", "deny", "owner"], ["audit", "profile … { }"]],
  ["deny |", ["network"], ["deny", "allow"]],
  ["capability |", ["net_raw", "chown"], ["capability"]],
  ["capability chown net_|", ["net_raw", "net_admin"], ["chown"]],
  ["/a r, capability |", ["chown"], []],
  ["network |", ["inet", "inet6", "stream", "tcp", "peer=", "create"], ["capability"]],
  ["network inet |", ["stream", "dgram"], ["inet"]],
  ["network (|", ["create", "connect"], ["inet"]],
  ["network (create, |", ["connect"], ["create"]],
  ["network inet peer=(|", ["ip=", "port="], ["stream"]],
  ["signal |", ["send", "receive", "set=", "peer="], []],
  ["signal send set=(|", ["hup", "term"], ["send"]],
  ["signal send set=(hup, |", ["term"], ["hup"]],
  ["signal send set=|", ["hup"], []],
  ["signal (send) peer=|", ["unconfined", "man", "man//groff", "x", "@{profile_name}"], ["hup"]],
  ["ptrace |", ["read", "trace", "peer="], ["set="]],
  ["unix (send) type=|", ["stream", "dgram"], []],
  ["unix peer=(label=|", ["unconfined", "man"], ["addr="]],
  ["unix peer=(label=x |", ["addr="], ["label="]],
  ["dbus send bus=|", ["system", "session"], []],
  ["dbus (send) bus=system |", ["path=", "interface=", "member=", "peer="], ["bus="]],
  ["dbus send peer=(|", ["name=", "label="], ["bus="]],
  ["mount options=(|", ["ro", "bind", "nosuid"], []],
  ["mount options=(ro, |", ["bind"], ["ro"]],
  ["mount options in (|", ["ro"], []],
  ["mount fstype=|", ["ext4", "tmpfs"], []],
  ["mqueue type=|", ["posix", "sysv"], []],
  ["set |", ["rlimit"], []],
  ["set rlimit |", ["nofile", "as"], []],
  ["set rlimit as |", ["<="], []],
  ["set rlimit as <= |", ["512MB", "infinity"], []],
  ["set rlimit as <= 20|", ["20MB", "20G"], ["20ms"]],
  ["set rlimit cpu <= 20|", ["20s", "20min"], ["20MB"]],
  ["change_profile |", ["->", "unsafe"], []],
  ["change_profile -> |", ["man", "x"], []],
  ["/etc/x |", ["r", "rw", "mr", "ix", "Px", "a"], ["x"]],
  ["owner /etc/x r|", ["r", "rw", "rk", "rix", "rPx"], ["a", "w"]],
  ["/etc/x a|", ["ak"], ["aw"]],
  ["/bin/x rP|", ["rPx", "rPix", "rPUx"], []],
  ["deny /bin/x |", ["r", "x"], ["ix", "Px"]],
  ["/bin/x Px |", ["->"], []],
  ["/bin/x Px -> |", ["man", "man//groff", "x"], []],
  ["/bin/x r |", [], ["->"]],
  ["/@{H|", ["@{HOME}", "@{HOMEDIRS}", "@{OWN}"], ["@{exec_path}"]],
  ["@{|", ["@{OWN}", "@{HOME}"], []],
  ["owner @|", ["@{HOME}"], []],
  [
    "include |",
    ["if exists", "abstractions/base", "local/x"],
    ["abstractions/base.dpkg-old", "capability", "usr.bin.man"],
  ],
  ["include <|", ["abstractions/base", "tunables/global", "local/x"], ["if exists"]],
  ["#include <abstractions/n|", ["abstractions/nameservice"], []],
  ["include if exists <|>", ["local/x"], []],
  ["# cap|", [], ["capability"]],
  ["/a r, # cap|", [], ["capability"]],
  ['"/with blank" |', ["r"], []],
  ["/a r,\n  capability\n    |", ["chown"], ["capability"]],
];

describe("completion in a profile", () => {
  it.each(cases)("%j", (rule, offered, not) => {
    const { labels } = at(inside(rule));
    expect(labels).toEqual(expect.arrayContaining([...offered]));
    expect(labels.filter((label) => not.includes(label))).toEqual([]);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it("writes what is missing around the word, and nothing twice", () => {
    expect(at("profile x {\n  include <abs|\n}").taken("abstractions/base")).toBe(
      "profile x {\n  include <abstractions/base>\n}",
    );
    expect(at("profile x {\n  include <abs|tractions/x>\n}").taken("abstractions/base")).toBe(
      "profile x {\n  include <abstractions/base>\n}",
    );
    expect(at("profile x {\n  include |\n}").taken("abstractions/base")).toBe(
      "profile x {\n  include <abstractions/base>\n}",
    );
    expect(at(inside("@{HO|}/x r,")).taken("@{HOME}")).toBe(inside("@{HOME}/x r,"));
    expect(at(inside("/srv/@{HO|/x r,")).taken("@{HOME}")).toBe(inside("/srv/@{HOME}/x r,"));
    expect(at(inside("signal peer=un|,")).taken("unconfined")).toBe(inside("signal peer=unconfined,"));
    expect(at(inside("capability net_|raw,")).taken("net_admin")).toBe(inside("capability net_admin,"));
    expect(at("abi <|").taken("abi/3.0")).toBe("abi <abi/3.0>,");
  });

  it("knows the children of the profile for `Cx`", () => {
    const { labels } = at(
      "profile x {\n  profile c { }\n  hat h { }\n  /b Cx -> |,\n}\nprofile y { profile other { } }\n",
    );
    expect(labels).toEqual(["c", "h"]);
  });

  it("says what each offer means", () => {
    const base = at(inside("include <|")).items.find(({ label }) => label === "abstractions/base");
    expect(base?.documentation).toBe("What every program needs.");
    const home = at(inside("@{|")).items.find(({ label }) => label === "@{HOME}");
    expect(home).toMatchObject({
      detail: "@{HOMEDIRS}/*/ /root/",
      documentation: expect.stringContaining("tunables/home"),
    });
    for (const [rule] of cases) {
      for (const { label, detail, documentation } of at(inside(rule)).items) {
        expect(label === "" || documentation.includes("undefined") || detail.includes("undefined")).toBe(false);
      }
    }
  });
});

describe("completion above the profiles", () => {
  it.each([
    ["|", ["include <…>", "abi <…>,", "profile … { }", "@{…} ="], ["capability"]],
    ["include <|", ["tunables/global", "abstractions/base"], ["local/x"]],
    ["abi |", ["abi/3.0", "abi/kernel-5.4"], []],
    ["profile x |", ["flags=", "xattrs="], []],
    ["profile x flags=(|", ["complain", "attach_disconnected"], []],
    ["profile x flags=(complain, |", ["attach_disconnected"], ["enforce", "complain"]],
    ["profile x { }\n|", ["profile … { }"], ["capability"]],
    ["profile x {\n|", ["capability"], ["abi <…>,"]],
    ["$DEBUG = true\nprofile x {\n  if |", ["$DEBUG", "not", "defined"], []],
    ["@{|", [], ["@{HOME}"]],
    ["@{X} = @{|", ["@{HOME}"], []],
  ] as [string, string[], string[]][])("%j", (text, offered, not) => {
    const { labels } = at(text);
    expect(labels).toEqual(expect.arrayContaining(offered));
    expect(labels.filter((label) => not.includes(label))).toEqual([]);
  });

  it("offers rules in an abstraction, which has no braces around them", () => {
    expect(at("|", tree, "apparmor.d/abstractions/own").labels).toEqual(
      expect.arrayContaining(["capability", "include <…>", "@{…} ="]),
    );
  });
});

describe("completion without a target", () => {
  it("has the language, the design and the usual variables", () => {
    expect(at(inside("@{|"), null).labels).toEqual(expect.arrayContaining(["@{OWN}", "@{HOME}", "@{PROC}"]));
    expect(at(inside("include <|"), null).labels).toEqual(["local/x"]);
    expect(at("abi <|", null).labels).toContain("abi/3.0");
    expect(at(inside("/b Px -> |"), null).labels).toEqual(["x"]);
  });
});

describe("completion anywhere", () => {
  const files = policyFiles([], tree);

  it("never throws, and replaces only what stands around the cursor", () => {
    const piece = fc.constantFrom(
      "profile x ", "{", "}", "\n", " ", ",", "(", ")", "@{", "}", '"', "#", "include <", ">", "capability ", "/etc/x ",
      "rP", "x -> ", "peer=", "set=(", "signal ", "network inet ", "set rlimit as <= 10", "flags=", "\\", "if ", "\r\n", "ü", "=",
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.nat(), (pieces, random) => {
        const text = pieces.join("");
        const offset = random % (text.length + 1);
        for (const { range } of completions(viewFile("apparmor.d/x", text), offset, { files })) {
          expect(range.start).toBeLessThanOrEqual(offset);
          expect(range.end).toBeGreaterThanOrEqual(offset);
          expect(text.slice(range.start, range.end)).not.toContain("\n");
        }
      }),
    );
  });
});
