import { describe, expect, it } from "vitest";

import { viewFile, type DesignFile } from "../design/index.ts";
import { applyEdits, type Diagnostic } from "../text/index.ts";
import { diagnose } from "./index.ts";

const context = { config: null };

function found(...files: readonly DesignFile[]): Diagnostic[] {
  return diagnose(
    files.map(({ path, text }) => viewFile(path, text)),
    context,
  );
}

const file = (path: string, text: string): DesignFile => ({ path: `apparmor.d/${path}`, text });
const inProfile = (rules: string): DesignFile =>
  file("x", `abi <abi/3.0>,\n\nprofile x {\n  ${rules}\n\n  include if exists <local/x>\n}\n`);

/** `code at the text` of each finding but notes. */
function said(...files: readonly DesignFile[]): string[] {
  return found(...files)
    .filter(({ severity }) => severity !== "info")
    .map(({ code, severity, path, range }) => {
      const text = files.find((each) => each.path === path)?.text.slice(range.start, range.end);
      return `${severity} ${code} ${text}`;
    });
}

describe("what parsers refuse is an error while it is typed", () => {
  it.each([
    ["/a rwa,", "rule/append-and-write rwa", "/a rw,"],
    ["/a pxux,", "rule/exec-conflict pxux", null],
    ["owner capability kill,", "rule/owner-not-allowed owner", "capability kill,"],
    ["priority=2 network inet dgram,", "rule/priority-not-allowed priority=2", "network inet dgram,"],
    ["safe /a r,", "rule/safety-without-exec r", "/a r,"],
    ["deny file,", "rule/deny-exec-mode deny file,", ""],
    ["network inte dgram,", "rule/unknown-network inte", "network inet dgram,"],
    ["network dgrm,", "rule/unknown-network dgrm", "network dgram,"],
    ["signal set=hpu,", "rule/unknown-signal hpu", "signal set=hup,"],
    ["network inet,network dgram,", "rule/clinging-comma ", "network inet, network dgram,"],
    ["mount /a -> /b,}", "syntax/expected-blank ", null],
    ["/a{b r,", "rule/bad-glob /a{b", null],
    ["set rlimit nofile <= 1K,", "lint/rlimit-unit 1K", "set rlimit nofile <= 1024,"],
    ["capability CAP_KILL,", "lint/capability-name CAP_KILL", "capability kill,"],
    ["/a ix,\n  /a Px,", "policy/exec-conflict /a Px,", null],
    ["^h { }\n  ^h { }", "policy/profile-twice h", null],
    ["/bin/a { }", "policy/child-without-keyword /bin/a { }", "profile /bin/a { }"],
    ["@{X}/a r,", "lint/undeclared-variable @{X}", null],
    ["{ change_profile /a -> b, }", "policy/block-change-profile change_profile /a -> b,", null],
  ])("%s", (rules, expected, mended) => {
    const design = inProfile(rules);
    const errors = found(design).filter(({ severity }) => severity === "error");
    expect(said(design)).toContain(`error ${expected}`);
    const [first] = errors;
    expect(first?.why ?? first?.message).not.toBe("");
    if (mended === null) return;
    const fix = first?.fixes?.[0];
    const after = applyEdits(
      design.text,
      (fix?.edits ?? []).flatMap(({ edits }) => edits),
    );
    expect(after).toContain(mended);
    expect(said({ ...design, text: after }).filter((each) => each.startsWith("error"))).toEqual([]);
  });

  it.each([
    ["a rule outside of any profile", file("x", "/a r,\nprofile x { }\n"), "policy/outside-profile /a r,"],
    ["a variable set twice", file("x", "@{A} = a\n@{A} = b\nprofile x { }\n"), "policy/variable-twice @{A} = b"],
    ["a variable set behind a profile", file("x", "profile x { }\n@{A} = a\n"), "policy/after-profile @{A} = a"],
    ["two profiles of one name", file("x", "profile x { }\nprofile x { }\n"), "policy/profile-twice x"],
    ["an unknown flag", file("x", "profile x flags=(complian) { }\n"), "profile/bad-flag complian"],
    ["two modes", file("x", "profile x flags=(complain kill) { }\n"), "profile/mode-conflict kill"],
  ])("%s", (_, design, expected) => expect(said(design)).toContain(`error ${expected}`));

  it.each(["as <= 2GBMB", "nofile <= 5MB", "cpu <= 5foo"])("%s can be meant in more ways: no fix guesses", (limit) => {
    const errors = found(inProfile(`set rlimit ${limit},`)).filter(({ severity }) => severity === "error");
    expect(errors.map(({ code, fixes }) => [code, fixes ?? []])).toEqual([["lint/rlimit-unit", []]]);
  });

  it("and each place is told of once", () => {
    for (const rules of [
      "network inet,# c",
      "network inet,}",
      "deny /a ix,",
      "capability CAP_X,",
      "./a r,",
      "@{X}/@{X} r,",
    ]) {
      const errors = found(inProfile(rules)).filter(({ severity }) => severity === "error");
      expect([rules, errors.length]).toEqual([rules, 1]);
    }
  });
});

describe("what only the target's files can tell is no error", () => {
  it.each([
    ["a variable that included tunables may set", "include <tunables/global>\n", "@{HOME}/a r,"],
    ["one that some other file may set", "include <site/variables>\n", "@{ANYTHING}/a r,"],
    ["an addition to it", "include <site/variables>\n@{ANYTHING} += /b\n", "@{ANYTHING}/a r,"],
    ["a condition on it", "include <site/variables>\n", "if $here { /a ix, } else { /a px, }"],
    ["exec rules on paths that its values may part", "include <site/variables>\n@{A} = /a\n", "@{A} ix,\n/a px,"],
  ])("%s", (_, preamble, rules) => {
    const design = file("x", `abi <abi/3.0>,\n${preamble}profile x {\n  ${rules}\n}\n`);
    expect(said(design).filter((each) => each.startsWith("error"))).toEqual([]);
  });

  it("nor is a piece that others include", () => {
    const piece = file("abstractions/own", "/a r,\n@{HOME}/b r,\n^hat {\n}\n");
    const whole = file(
      "x",
      "abi <abi/3.0>,\ninclude <tunables/global>\nprofile x {\n  include <abstractions/own>\n}\n",
    );
    expect(said(piece, whole)).toEqual([]);
    expect(said(piece)).toEqual([]);
  });

  it("but what a file of the design brings into a profile counts", () => {
    const piece = file("abstractions/own", "/a ix,\n");
    const whole = file("x", "abi <abi/3.0>,\nprofile x {\n  include <abstractions/own>\n  /a px,\n}\nprofile /a { }\n");
    expect(said(piece, whole)).toEqual(["error policy/exec-conflict /a px,"]);
  });
});

describe("what parsers disagree about is a warning", () => {
  it.each([
    ["mount options=(ro, rw) /a -> /b,", "rule/mount-option-conflict options=(ro, rw)"],
    ["/a all,", "syntax/expected all"],
    ["{ deny /a x, }", "lint/rules-in-block deny /a x,"],
    ["deny { /a r, }", "lint/deny-block deny"],
  ])("%s", (rules, expected) => expect(said(inProfile(rules))).toEqual([`warning ${expected}`]));
});

it("two files with a profile of one name are told of, though each is accepted", () => {
  const text = "abi <abi/3.0>,\nprofile same { }\n";
  expect(said(file("a", text), file("b", text))).toEqual(["warning design/profile-twice same"]);
});
