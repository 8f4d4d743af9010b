import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { checkSource, type SourceReader } from "./index.ts";

/** A tree of files in memory, `roots` searched for `<…>`. */
function treeOf(files: Readonly<Record<string, string>>): SourceReader {
  return {
    read: (path) => files[path],
    list: (path) => {
      const names = Object.keys(files).filter((each) => each.startsWith(`${path}/`));
      return names.length === 0 ? undefined : names.map((each) => each.slice(path.length + 1));
    },
    includeRoots: ["root"],
  };
}

/** What core says of a text: `line:column code` for each error. */
function verdict(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const { ok, errors } = checkSource({ path: "x", text, ...treeOf(files) });
  expect(ok).toBe(errors.length === 0);
  return errors.map(({ file, line, column, code }) => `${file === "x" ? "" : `${file}:`}${line}:${column} ${code}`);
}

/** What core says of one rule in a profile: the codes. */
function ofRule(rule: string): readonly string[] {
  return verdict(`profile x /x {\n${rule}\n}\n`).map((each) => each.replace(/^.* /u, ""));
}

describe("a rule by itself", () => {
  it.each([
    "/a rwk,", "deny /a x,", "unsafe /a Px -> b,", "/a PIx,", "foo r,", "l subset /a -> /b,", "/{a,b}[^c]** r,", "/[a-z0]x r,",
    "capability kill kill,", "network inet tcp,", "network packet packet,", "network inet ip=::ffff:1.2.3.4 port=80-90,",
    "network inet ip=none,", "signal set=(hup rtmin+3),", "signal (rw),", "ptrace (trace write),", "unix addr=auto,",
    "dbus eavesdrop bus=session,", "mqueue type=sysv 123,", "mount options=(ro,bind) /a -> /b,", "mount options in (ro,rw),",
    "mount options=private /a,", "remount options=ro /b,", "set rlimit cpu <= 2 hours,", "set rlimit as <= 1K,",
    "set rlimit nice <= -20,", "change_profile /a -> b,", "priority=1000 /a r,", "priority=0 network,", "@{exec_path} mr,",
    "/a ix,\nowner /b px,\n/b r,", "owner /a ix,\nother /a px,", "safe /a px,\n/a Px,", "/a/@{x,y} r,",
  ])("accepts %s", (rule) => expect(ofRule(rule)).toEqual([])); // prettier-ignore

  it.each([
    ["/a rwa,", "rule/append-and-write"],
    ["/a ixpx,", "rule/exec-conflict"],
    ["/a pxPx,", "rule/exec-conflict"],
    ["/a x,", "rule/exec-without-mode"],
    ["deny /a ix,", "rule/deny-exec-mode"],
    ["deny file,", "rule/deny-exec-mode"],
    ["safe /a r,", "rule/safety-without-exec"],
    ["rl subset /a -> /b,", "rule/subset-without-link"],
    ["lix /a -> /b,", "rule/link-and-exec"],
    ["l /a -> :ns:b,", "rule/link-to-namespace"],
    ["/a{b r,", "rule/bad-glob"],
    ["/{a} r,", "rule/bad-glob"],
    ["/a] r,", "rule/bad-glob"],
    ["/[a-] r,", "rule/bad-glob"],
    ["/[] r,", "rule/bad-glob"],
    ["capability CAP_KILL,", "rule/unknown-capability"],
    ["owner capability kill,", "rule/owner-not-allowed"],
    ["owner change_profile,", "rule/owner-not-allowed"],
    ["priority=1 network,", "rule/priority-not-allowed"],
    ["priority=1001 /a r,", "rule/priority-range"],
    ["network inet6 icmp,", "rule/unknown-network"],
    ["network dccp,", "rule/unknown-network"],
    ["network unix ip=1.2.3.4,", "rule/conditions-need-inet"],
    ["network inet ip=10.0.0.0/8,", "rule/bad-address"],
    ["network inet ip=01.2.3.4,", "rule/bad-address"],
    ["network inet port=90-80,", "rule/bad-port"],
    ["network (bind) peer=(port=80),", "rule/peer-permission"],
    ["network peer=(interface=lo),", "rule/unknown-condition"],
    ["network ip=1.2.3.4 ip=1.2.3.4,", "rule/condition-twice"],
    ["signal set=lost,", "rule/unknown-signal"],
    ["signal (rws),", "rule/unknown-permission"],
    ["ptrace peer in (a),", "rule/condition-operator"],
    ["unix addr=/run/x,", "rule/bad-unix-address"],
    ["unix type=(stream dgram),", "rule/one-value"],
    ["unix label=a,", "rule/label-needs-peer"],
    ["dbus bind path=/a,", "rule/dbus-bind"],
    ["dbus send name=a,", "rule/dbus-send"],
    ["dbus name=a path=/b,", "rule/dbus-mixed"],
    ["dbus eavesdrop path=/a,", "rule/dbus-eavesdrop"],
    ["mqueue type=posix 12,", "rule/bad-queue-name"],
    ["mqueue type=x,", "rule/unknown-queue-type"],
    ["mount foo=a,", "rule/unknown-condition"],
    ["mount options=foo,", "rule/unknown-mount-option"],
    ["mount options=(ro,rw),", "rule/mount-option-conflict"],
    ["mount options=(private) /a -> /b,", "rule/impossible-mount"],
    ["mount /a -> fstype=b /c,", "rule/target-condition"],
    ["pivot_root foo=a,", "rule/unknown-condition"],
    ["set rlimit foo <= 1,", "rule/unknown-rlimit"],
    ["set rlimit cpu <= 1ms,", "rule/bad-rlimit"],
    ["set rlimit as <= 1kb,", "rule/bad-rlimit"],
    ["set rlimit nofile <= 1K,", "rule/bad-rlimit"],
    ["set rlimit nice <= 20,", "rule/bad-rlimit"],
    ["change_profile safe -> b,", "rule/safety-without-exec"],
    ["change_profile a -> b,", "rule/relative-path"],
    ["/a ix,\n/a px,", "policy/exec-conflict"],
    ["/a px -> b,\n/a px -> c,", "policy/exec-conflict"],
    ["/a/@{X} r,", "policy/bad-pattern"],
    ["deny { /a ix, }", "policy/block-exec"],
    ["audit { deny /a x, }", "policy/block-exec"],
    ["priority=1 { }", "policy/block-priority"],
    ["profile y { }\nhat y { }", "policy/profile-twice"],
  ])("refuses %s", (rule, code) => expect(ofRule(rule)).toEqual([code]));
});

describe("a policy with what it includes", () => {
  it("finds a variable of an included file, and says where one is missing", () => {
    const files = { "root/tunables/x": "@{X} = a\n" };
    expect(verdict("include <tunables/x>\nprofile x { /@{X} r, }\n", files)).toEqual([]);
    expect(verdict("profile x { /@{X} r, }\n", files)).toEqual(["1:13 policy/bad-pattern"]);
  });

  it("names the included file in which an error lies", () => {
    const files = { "root/a": "/x r\n" };
    expect(verdict("profile x {\n  include <a>\n}\n", files)).toEqual(["root/a:1:5 syntax/expected-comma"]);
  });

  it("reports a missing file, unless it may be missing", () => {
    expect(verdict("profile x {\n  include <a>\n}\n")).toEqual(["2:3 policy/missing-include"]);
    expect(verdict('profile x {\n  include if exists <a>\n  include if exists "b"\n}\n')).toEqual([]);
    expect(verdict("abi <abi/9.0>,\nprofile x { }\n")).toEqual(["1:1 policy/missing-abi"]);
  });

  it("takes every policy file of a folder, and follows a loop once", () => {
    const files = {
      "root/d/a": "/a r,\n",
      "root/d/b": "include <d>\n/b ix,\n",
      "root/d/.c": "(",
      "root/d/e.orig": "(",
    };
    expect(verdict("profile x {\n  include <d>\n}\n", files)).toEqual([]);
  });

  it("keeps rules out of the preamble and the preamble out of profiles", () => {
    const files = { "root/rules": "/a r,\n", "root/vars": "@{X} = a\n" };
    expect(verdict("include <rules>\nprofile x { }\n", files)).toEqual(["root/rules:1:1 policy/outside-profile"]);
    expect(verdict("profile x {\n  include <vars>\n}\n", files)).toEqual(["root/vars:1:1 policy/outside-preamble"]);
    expect(verdict("profile x { }\n@{X} = a\n")).toEqual(["2:1 policy/after-profile"]);
    expect(verdict("/a r,\n")).toEqual(["1:1 policy/outside-profile"]);
  });

  it("sets variables once, and works conditions out as they come", () => {
    expect(verdict("@{X} = a\n@{X} = b\nprofile x { }\n")).toEqual(["2:1 policy/variable-twice"]);
    expect(verdict("@{X} += a\nprofile x { }\n")).toEqual(["1:1 policy/unset-variable"]);
    expect(verdict("@{X} = a\n@{X} ?= b\n@{X} := c\nprofile x { }\n")).toEqual([]);
    expect(verdict("@{X} = @{Y}\n@{Y} = @{X}\nprofile x { /@{X} r, }\n")).toEqual(["3:13 policy/bad-pattern"]);
    expect(verdict("$a = true\nprofile x { if $a and not $b { } }\n")).toEqual(["2:27 policy/bad-expression"]);
    const twoWays = "profile x { if defined @{X} { /a ix, } else { /a px, } }\n";
    expect(verdict(twoWays)).toEqual([]);
    expect(verdict("@{N} = 3\nprofile x { if @{N} > a { } }\n")).toEqual(["2:23 policy/bad-expression"]);
  });

  it("checks the heads of profiles", () => {
    expect(verdict("profile x { }\nprofile x { }\n")).toEqual(["2:9 policy/profile-twice"]);
    expect(verdict("profile x { }\nprofile :n:x { }\n")).toEqual([]);
    expect(verdict("profile :n { }\n")).toEqual(["1:9 profile/bad-name"]);
    expect(verdict("profile x flags=(complain enforce) { }\n")).toEqual(["1:27 profile/mode-conflict"]);
    expect(verdict("profile x flags=(attach_disconnected no_attach_disconnected) { }\n")).toEqual([
      "1:38 profile/flag-conflict",
    ]);
    expect(verdict("profile x flags=(error=13) { }\n")).toEqual(["1:18 profile/bad-flag"]);
    expect(verdict("profile x flags=(attach_disconnected.path=a) { }\n")).toEqual(["1:18 profile/bad-flag"]);
    expect(verdict("profile x /a{b { }\n")).toEqual(["1:11 profile/bad-pattern"]);
  });

  it("gives up on variables that multiply without end, in time", () => {
    const lines = ["@{A} = a b c d e f g h"];
    for (const name of "BCDEFGH")
      lines.push(`@{${name}} = ${`@{${String.fromCharCode(name.charCodeAt(0) - 1)}}`.repeat(4)}`);
    expect(verdict(`${lines.join("\n")}\nprofile x { /@{H} r, }\n`)).toEqual([]);
  });
});

const suite = join(import.meta.dirname, "../../../../../shared/conformance/tst");
const hasSuite = existsSync(join(suite, "verdicts.tsv"));
if (!hasSuite) console.log(`no conformance suite at ${suite}: only the cases of this file are checked`);

describe.runIf(hasSuite)("the parser's own suite, as 5.0.2 judges it", () => {
  /** Reads as the suite is run: from its folder, bytes as they are. */
  const reader: SourceReader = {
    read: (path) => {
      const at = join(suite, path);
      return existsSync(at) && statSync(at).isFile() ? readFileSync(at, "latin1") : undefined;
    },
    list: (path) => {
      const at = join(suite, path);
      return existsSync(at) && statSync(at).isDirectory() ? readdirSync(at) : undefined;
    },
    includeRoots: ["simple_tests"],
  };

  it("refuses no file that the parser accepts, and every one with a syntax error", () => {
    const wronglyRefused: string[] = [];
    const wronglyAccepted: string[] = [];
    let accepted = 0;
    let refused = 0;
    for (const line of readFileSync(join(suite, "verdicts.tsv"), "utf8").trimEnd().split("\n").slice(1)) {
      const [path = "", , flag, , , verdictOf5, message = ""] = line.split("\t");
      if (flag !== "" || /bad_alloc|jammed/u.test(message)) continue;
      const { ok, errors } = checkSource({ path, text: reader.read(path) ?? "", ...reader });
      if (verdictOf5 === "accept") accepted++;
      else refused++;
      if (verdictOf5 === "accept" && !ok) wronglyRefused.push(`${path}: ${errors[0]?.message}`);
      if (verdictOf5 === "reject" && ok) wronglyAccepted.push(`${path}: ${message}`);
    }
    const caught = refused - wronglyAccepted.length;
    console.log(
      `conformance: ${accepted - wronglyRefused.length} of ${accepted} accepted, ${caught} of ${refused} refused`,
    );
    expect(wronglyRefused).toEqual([]);
    expect(wronglyAccepted).toEqual([]);
  });
});
