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
  rewriteRule,
  removeRule,
  setCapability,
  setFlag,
  setName,
  setNetwork,
  type EditOutcome,
} from "./index.ts";
import { profileText, ruleLines } from "./profile-text.test-data.ts";
import { allProfiles, applied, brokenLaw, ticksOf } from "./ticks.test-data.ts";

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
          rewriteRule(file, rule, { ...value, path: `/${word}` }),
          rewriteRule(file, rule, { ...value, exec: "Cx", execTarget: word }),
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
        ...ruleLines,
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
