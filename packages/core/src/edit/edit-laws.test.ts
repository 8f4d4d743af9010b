import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewFile } from "../design/index.ts";
import { noQualifiers, writeRule, type PeerRuleValue } from "../rules/index.ts";
import { applyEdits } from "../text/index.ts";
import {
  addRule,
  changeRule,
  removeRule,
  setCapability,
  setFlag,
  setName,
  setNetwork,
  type EditOutcome,
} from "./index.ts";
import { allProfiles, applied, brokenLaw, ticksOf } from "./ticks.test-data.ts";

const rules = [
  "capability net_admin,",
  "capability chown fowner,",
  "deny capability sys_ptrace,",
  "network inet dgram,",
  "network netlink raw,",
  "deny network unix,",
  "/etc/passwd r,",
  "/etc/passwd   r,",
  "owner @{HOME}/.config/** rwk,",
  "audit deny /etc/shadow w,",
  '"/opt/my app/**" mr,',
  "rw /tmp/x,",
  "/usr/bin/id Px -> other,",
  "file /bin/sh ix,",
  "/a wr,",
  "owner # whose\n /b r,",
  "signal send set=hup peer=x,",
  "ptrace (read),",
  "include <abstractions/base>",
  "#include <abstractions/nameservice>",
  "@{run}/x/{a,b}/[0-9]* rw,",
];

/** Profiles as people write them, with every habit of spacing: tabs, groups, comments, one line, no line end at the end. */
const profileText = fc
  .record({
    eol: fc.constantFrom("\n", "\r\n"),
    indent: fc.constantFrom("  ", "\t", "    ", ""),
    head: fc.constantFrom(
      "profile x {",
      "profile x /usr/bin/x flags=(audit) {",
      "/usr/bin/x {",
      "profile x (audit,debug)  {",
      "profile x\n{",
      "profile x { # about x",
      '"/opt/my app/x" flags=(complain) { # c',
      "@{bin}/x (complain) {",
    ),
    oneLine: fc.boolean(),
    lines: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...rules) },
        { weight: 2, arbitrary: fc.constantFrom("", "  ", "# about what follows") },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            "/c r, # why",
            "/c r,  /d w,",
            "deny { /e w, }",
            "^hat {\n  /h r,\n}",
            "if $x {\n /i r,\n  capability chown,\n}",
            "audit {\n  /b1 r,\n  owner /b2 rw, # c\n}",
            "{\n\tdeny /b3 w,\n\tnetwork inet,\n}",
            "^hat2 flags=(complain) { # why\n  capability kill,\n}",
            "profile child /bin/c { /k mrix, }",
            "#include if exists <local/x>",
          ),
        },
      ),
      { maxLength: 9 },
    ),
    close: fc.constantFrom("}", "} # end", "\n}"),
    preamble: fc.constantFrom(
      "",
      "abi <abi/3.0>,\n\n",
      "# licence\n\n",
      "# vim\ninclude <tunables/global>\n\n",
      "@{X} = /a\n",
      '@{X} = /a "/b c" \\\n  /d # e\n@{X} += /f/{g,h}\n\n',
      "#include <tunables/global>\n#include <tunables/x>\n",
      "abi <abi/3.0>,\n@{X}=/a\t/b\n\talias /a -> /b,\n",
      "\n\n",
    ),
    end: fc.constantFrom("", "\n", "\n\n", "\nprofile z { }\n"),
  })
  .map(({ eol, indent, head, oneLine, lines, close, preamble, end }) => {
    const oneLined = lines.filter((line) => line.trim() !== "" && !line.includes("#") && !line.includes("\n"));
    const body = oneLine
      ? ` ${oneLined.map((line) => `${line} `).join("")}}`
      : `\n${lines.map((line) => `${line.trim() === "" ? line : indent + line}\n`).join("")}${close}`;
    return `${preamble}${head}${body}${end}`.replaceAll("\n", eol);
  });

describe("a tick shows in the view, is one hunk, and its untick gives the bytes back", () => {
  test("in profiles of every style", () => {
    fc.assert(
      fc.property(profileText, fc.nat(), (text, choice) => {
        const file = viewFile("apparmor.d/x", text);
        fc.pre(file.tree.errors.length === 0);
        const ticks = ticksOf(file, (count) => [...Array(count).keys()]);
        const broken = [0, 1, 2, 3].flatMap((step) => {
          const tick = ticks[(choice + step * 7919) % ticks.length];
          return tick === undefined ? [] : [brokenLaw(file, tick)];
        });
        // A rule that the example has already is told, not added twice.
        expect(broken.filter((law) => law !== null && !/already/u.test(law))).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  const corpus = process.env["HAUBERK_CORPUS"] ?? join(homedir(), ".cache/hauberk/corpus/debian-12");
  const files = ["etc/apparmor.d", "usr/share/apparmor/extra-profiles"].flatMap((folder) =>
    filesIn(join(corpus, folder)),
  );
  if (files.length === 0) console.log(`edit laws: no packaged profiles in ${corpus}; only written examples are tried`);

  test.runIf(files.length > 0)("in Debian's packaged profiles, also with CR LF and without a last line end", () => {
    const broken: string[] = [];
    let count = 0;
    for (const [index, source] of files.entries()) {
      const text = readFileSync(source, "utf8");
      const variants = [text, text.replaceAll("\n", "\r\n"), text.trimEnd()];
      const file = viewFile("apparmor.d/x", variants[index % variants.length] ?? text);
      for (const tick of ticksOf(file, (rulesThere) => [0, rulesThere >> 1, rulesThere - 1])) {
        const law = brokenLaw(file, tick);
        count += 1;
        if (law !== null && !/already/u.test(law)) broken.push(`${source}: ${law}`);
      }
    }
    expect(broken).toEqual([]);
    expect(count).toBeGreaterThan(1000);
  });
});

/** The policy files that stand directly in a folder; none where there is no such folder. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "README")
    .map(({ name }) => join(folder, name));
}

/** One profile of one rule. */
const small = "profile x {\n  /a r,\n}\n";

/**
 * What a wish broke: afterwards there must still be one profile without an error, and at most one rule more, or another
 * one in the place of `/a r,`.
 */
function smuggled(outcome: EditOutcome): string[] {
  if (!outcome.ok) return [];
  const file = viewFile("apparmor.d/x", applyEdits(small, outcome.edits[0]?.edits ?? []));
  const found = (file.profiles[0]?.rules ?? []).map(({ rule }) => writeRule(rule.value));
  const sound =
    file.tree.errors.length === 0 &&
    allProfiles(file).length === 1 &&
    file.looseRules.length + file.variables.length + file.includes.length === 0 &&
    (found.length === 1 || (found.length === 2 && found.includes("/a r,")));
  return sound ? [] : [file.tree.text];
}

describe("text from outside stays in its place", () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc
      .array(
        fc.constantFrom(
          "/a",
          " ",
          ",",
          "\n",
          "}",
          "{",
          '"',
          "\\",
          "#",
          "rw",
          "@{X}",
          "->",
          ")",
          "(",
          "=",
          "capability,",
          "profile y { /** rw, }",
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join("")),
  );
  const signal: PeerRuleValue = {
    kind: "signal",
    qualifiers: noQualifiers,
    permissions: ["send"],
    local: [],
    peer: [],
    operand: null,
  };

  test("whatever is given as a path, target, name, capability, family or flag", () => {
    const file = viewFile("apparmor.d/x", small);
    const [profile] = file.profiles;
    const [placed] = profile?.rules ?? [];
    if (profile === undefined || placed?.rule.value.kind !== "file") throw new Error("the example is not as it was");
    const { rule } = placed;
    const value = placed.rule.value;
    fc.assert(
      fc.property(hostile, (word) => {
        const wishes = [
          addRule(file, profile, { ...value, path: word }),
          addRule(file, profile, { ...value, path: `/${word}` }),
          addRule(file, profile, { ...value, path: "/b", exec: "Px", execTarget: word }),
          changeRule(file, rule, { ...value, path: `/${word}` }),
          changeRule(file, rule, { ...value, exec: "Cx", execTarget: word }),
          setCapability(file, profile, word, { access: "allow" }),
          setNetwork(file, profile, { domain: word, type: word }, { access: "deny" }),
          setFlag(file, profile, word, true),
          setName(file, profile, word),
          addRule(file, profile, { ...signal, local: [{ key: "peer", operator: "=", values: [word] }] }),
          addRule(file, profile, { ...signal, local: [{ key: word, operator: "=", values: ["x"] }] }),
          addRule(file, profile, { ...signal, permissions: [word] }),
          addRule(file, profile, { kind: "rlimit", qualifiers: noQualifiers, resource: word, value: word }),
        ];
        expect(wishes.flatMap(smuggled)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test("no edit throws on a text that is no policy", () => {
    const pieces = fc.array(
      fc.constantFrom(
        ...rules,
        "profile x {",
        "}",
        "{",
        "\n",
        ",",
        '"',
        "^h {",
        "flags=(",
        "abi <a>",
        "@{X} =",
        "if $x {",
        "é",
      ),
      { maxLength: 14 },
    );
    const words = fc.oneof(
      pieces.map((parts) => parts.join(" ")),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(words, (broken) => {
        const file = viewFile("apparmor.d/x", broken);
        const placed = [...file.looseRules, ...allProfiles(file).flatMap((profile) => profile.rules)];
        const everything = (): unknown[] => [
          ...ticksOf(file, (count) => [...Array(count).keys()]).map(({ tick }) => applied(file, tick(file))),
          ...placed.map(({ rule }) => applied(file, removeRule(file, rule))),
        ];
        expect(everything).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
