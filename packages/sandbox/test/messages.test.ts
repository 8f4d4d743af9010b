import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { diagnosticsOf } from "../src/messages/diagnostics.ts";
import { readMessages } from "../src/messages/read-messages.ts";

const top = "/etc/apparmor.d/p";

describe("a message is taken apart", () => {
  test.each([
    [
      `AppArmor parser error for ${top} in profile /etc/apparmor.d/abstractions/x at line 7: Invalid mode`,
      { severity: "error", top, file: "/etc/apparmor.d/abstractions/x", line: 7, text: "Invalid mode" },
    ],
    ["AppArmor parser error at line 3: syntax error", { severity: "error", file: null, line: 3, text: "syntax error" }],
    [
      `AppArmor parser error for ${top} at line 2: some problem`,
      { severity: "error", top, file: top, line: 2, text: "some problem" },
    ],
    [
      `Warning from ${top} (${top} line 4): deprecated use of '\\d'`,
      { severity: "warning", top, file: top, line: 4, text: "deprecated use of '\\d'" },
    ],
    [
      `Warning from profile a//b (${top}): dbus rules not enforced`,
      { severity: "warning", file: top, line: null, profile: "a//b", text: "dbus rules not enforced" },
    ],
    [
      "Found reference to variable FOO, but is never declared",
      { severity: "error", file: null, text: "Found reference to variable FOO, but is never declared" },
    ],
    ["/usr/sbin/apparmor_parser: Regex grouping error: x", { severity: "error", text: "Regex grouping error: x" }],
    ["Ignoring: 'a.rpmnew'", { severity: "warning", text: "Ignoring: 'a.rpmnew'" }],
  ])("%s", (line, expected) => {
    expect(readMessages(`${line}\n`, true)).toEqual([expect.objectContaining(expected)]);
  });

  test("the lines that belong to one failure are one message", () => {
    const said = [
      "profile p: has merged rule /a with conflicting x modifiers",
      "ERROR merging rules for profile p, failed to load",
      "",
    ];
    expect(readMessages(said.join("\n"), true)).toEqual([
      expect.objectContaining({ profile: "p", text: "profile p: has merged rule /a with conflicting x modifiers" }),
    ]);
  });

  test("what is said twice is heard once, and what has no place warns where the parser did not fail", () => {
    expect(readMessages("odd\nodd\n", false)).toEqual([expect.objectContaining({ severity: "warning", text: "odd" })]);
  });
});

/** A design of the one file `p`. */
function files(text: string): { path: string; text: string }[] {
  return [{ path: "apparmor.d/p", text }];
}

function at(line: number | null, column: number | null): unknown {
  return { file: "apparmor.d/p", line, column };
}

function error(line: number, message: string): string {
  return `AppArmor parser error for ${top} in profile ${top} at line ${line}: ${message}`;
}

/** Where the first message is placed in a design of the one file. */
function place(message: string, text: string): unknown {
  const [found] = diagnosticsOf(`${message}\n`, true, files(text));
  return found && { file: found.file, line: found.line, column: found.column };
}

describe("a message finds its place in the design", () => {
  test("a missing comma where it is missing, not where the parser noticed", () => {
    const text = "profile p {\n  /a r\n\n  # more\n  /b r,\n}\n";
    expect(place(error(5, "syntax error, unexpected TOK_MODE, expecting TOK_END_OF_RULE"), text)).toEqual(at(2, 7));
    const network = "profile p {\n  network inet stream\n  /b r,\n}\n";
    const said = "syntax error, unexpected TOK_ID, expecting TOK_END_OF_RULE";
    expect(place(error(3, said), network)).toEqual(at(2, 22));
  });

  test("an open brace is told within the file", () => {
    const text = "profile p {\n  /a r,\n";
    const found = place(error(9, "syntax error, unexpected end of file, expecting TOK_ID"), text);
    expect(found).toMatchObject({ file: "apparmor.d/p" });
    expect(JSON.stringify(found)).not.toContain("9");
  });

  test("an undefined variable where it is used, in either wording", () => {
    const text = "# @{NOPE}\nprofile p {\n  @{NOPE}/x r,\n}\n";
    expect(place("Found reference to variable NOPE, but is never declared", text)).toEqual(at(3, 3));
    const newer = "Failed to find declaration for: @{NOPE}\nERROR expanding variables for profile p, failed to load";
    expect(place(newer, text)).toEqual(at(3, 3));
  });

  test("conflicting exec modes at the later rule", () => {
    const text = "profile p {\n  /a px,\n  /b r,\n  /a ux,\n}\n";
    const said =
      "profile p: has merged rule /a with conflicting x modifiers\nERROR merging rules for profile p, failed to load";
    expect(place(said, text)).toEqual(at(4, 3));
  });

  test("a second profile of the same name at the second", () => {
    const text = "profile p { }\nprofile q { }\nprofile p { }\n";
    expect(place("Multiple definitions for profile p exist,bailing out.", text)).toEqual(at(3, 1));
  });

  test("a mount rule's options at the mount rule, a bad glob at its rule", () => {
    const text = "profile p {\n  /a r,\n  mount options=(odd) /a,\n  /{b r,\n}\n";
    expect(place("  unsupported mount options", text)).toEqual(at(3, 3));
    const glob = "apparmor_parser: Regex grouping error: Unclosed\napparmor_parser: Unable to parse input line '/{b'";
    expect(diagnosticsOf(glob, true, files(text)).at(-1)).toMatchObject({ line: 4, column: 3 });
  });

  test("a fault in the target's own file at the design's include", () => {
    const text = "include <tunables/global>\nprofile p {\n  include <abstractions/x>\n}\n";
    const said = `AppArmor parser error for ${top} in profile /etc/apparmor.d/abstractions/x at line 7: Invalid mode`;
    const [found] = diagnosticsOf(said, true, files(text));
    expect(found).toEqual({
      file: "apparmor.d/p",
      line: 3,
      column: 3,
      severity: "error",
      message: "In `/etc/apparmor.d/abstractions/x, line 7`: Invalid mode",
    });
  });

  test("what nobody can place has no line", () => {
    expect(place("flex scanner jammed", "profile p { }\n")).toEqual(at(null, null));
  });
});

test("every message collected from three parsers is read: a line where one is named, text always", () => {
  const collected = fileURLToPath(new URL("../../../../shared/conformance/data/messages.tsv", import.meta.url));
  if (!existsSync(collected)) {
    console.log(`${collected} is not here: only the shapes above were checked`);
    return;
  }
  const examples = readFileSync(collected, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t").at(-1) ?? "");
  expect(examples.length).toBeGreaterThan(200);
  const unread = examples.filter((example) => {
    const [message] = readMessages(example, true);
    const namesLine = /at line \d+: |line \d+\): /.test(example);
    return !message || message.text === "" || (namesLine && message.line === null);
  });
  expect(unread).toEqual([]);
});
