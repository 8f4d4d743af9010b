import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { allRules, type FileView, type ProfileView, viewFile } from "../design/index.ts";
import { sayFileLines, sayLooseRules, sayProfile, sayRule } from "./index.ts";

// Debian 12's packaged profiles, unpacked by `npm run toolchains -- --with-corpus` and never installed.
const corpus = process.env["HAUBERK_CORPUS"] ?? join(homedir(), ".cache/hauberk/corpus/debian-12");
const conformance = new URL("../../../../../shared/conformance/tst/simple_tests", import.meta.url).pathname;

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "README" && !entry.parentPath.endsWith("/abi"))
    .map(({ parentPath, name }) => join(parentPath, name));
}

function viewsBelow(...folders: readonly string[]): readonly FileView[] {
  return folders.flatMap(filesBelow).map((path) => viewFile(path, readFileSync(path, "utf8")));
}

/** What no sentence may hold outside of the user's own text. */
const broken = /undefined|\bnull\b|NaN|\[object|\bunknown\b| {2}|\s[.,]/u;

/** A sentence longer than that is not read to its end, in UTF-16 units. */
const longest = 700;

function faults(sentences: readonly string[]): readonly string[] {
  return sentences.filter((sentence) => {
    const own = sentence.replaceAll(/`[^`]*`/gu, "`x`");
    return (
      own.length < 8 ||
      broken.test(own) ||
      sentence.length > longest ||
      !/^(?:May|Is never allowed to)\b.*\.$/u.test(sentence)
    );
  });
}

function withChildren(profiles: readonly ProfileView[]): readonly ProfileView[] {
  return profiles.flatMap((profile) => [profile, ...withChildren(profile.children)]);
}

const packaged = viewsBelow(join(corpus, "etc/apparmor.d"), join(corpus, "usr/share/apparmor/extra-profiles"));
if (packaged.length === 0) console.log(`words: no packaged profiles below ${corpus}; they are not said`);

describe.runIf(packaged.length > 0)("Debian's packaged profiles", () => {
  it("have a sentence for each of their rules", () => {
    const sentences = packaged.flatMap((view) => allRules(view).map((placed) => sayRule(view.tree, placed).sentence));
    console.log(`words: ${sentences.length} rules of packaged profiles have a sentence`);
    expect(sentences.length).toBeGreaterThan(3000);
    expect(faults(sentences)).toEqual([]);
  });

  it("are said whole: every rule and include is summed up somewhere", () => {
    for (const view of packaged) {
      const bodies = [
        { rules: view.looseRules, includes: view.includes, words: sayLooseRules(view) },
        ...withChildren(view.profiles).map((profile) => ({ ...profile, words: sayProfile(view, profile) })),
      ];
      for (const { rules, includes, words } of bodies) {
        const starts = words.sections.flatMap(({ sayings }) =>
          sayings.flatMap(({ from }) => from.map(({ start }) => start)),
        );
        const said = new Set(starts);
        const parts = [...rules.map(({ rule }) => rule.node), ...includes.map(({ node }) => node)];
        expect(parts.filter(({ start }) => !said.has(start))).toEqual([]);
        expect(
          words.sections.flatMap(({ sayings }) => sayings).filter(({ sentence }) => sentence.length > longest),
        ).toEqual([]);
      }
    }
  });

  it("have words for each line that is no comment", () => {
    const lines = packaged.flatMap((view) => sayFileLines(view));
    expect(lines.filter(({ sentence }) => !/^\S.{6,}\.$/su.test(sentence))).toEqual([]);
  });
});

const suite = viewsBelow(conformance);
if (suite.length === 0) console.log(`words: no conformance suite at ${conformance}; it is not said`);

describe.runIf(suite.length > 0)("the parser's own suite", () => {
  it("has a sentence for each rule that reads without an error", () => {
    const whole = suite.filter(({ tree }) => tree.errors.length === 0);
    const sentences = whole.flatMap((view) => allRules(view).map((placed) => sayRule(view.tree, placed).sentence));
    console.log(`words: ${sentences.length} rules of ${whole.length} suite files have a sentence`);
    expect(sentences.length).toBeGreaterThan(1000);
    expect(faults(sentences)).toEqual([]);
  });
});
