import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { PolicyTree } from "../analysis/index.ts";
import { allRules, viewFile, type Design, type DesignFile } from "../design/index.ts";
import { formatFile, removeRule } from "../edit/index.ts";
import { applyEdits } from "../text/index.ts";
import { followAnchor, makeAnchor, mergeRevisions, reviewChanges, reviewSummary } from "./index.ts";

// Debian 12's packaged profiles, unpacked by `npm run toolchains -- --with-corpus` and never installed.
const corpus = process.env["HAUBERK_CORPUS"] ?? join(homedir(), ".cache/hauberk/corpus/debian-12");
const policy = join(corpus, "etc/apparmor.d");

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

const tree: PolicyTree = {
  target: "debian-12",
  files: new Map(filesBelow(policy).map((path) => [path.slice(policy.length + 1), readFileSync(path, "utf8")])),
};
const profiles = [...tree.files]
  .filter(([path]) => !path.includes("/"))
  .map(([path, text]): DesignFile => ({ path: `apparmor.d/packaged.${path}`, text }));
if (profiles.length === 0) console.log(`review: no packaged profiles below ${corpus}; they are not reviewed`);

function designOf(file: DesignFile): Design {
  return { name: "packaged", files: [file] };
}

/** The file with its middle rule taken away, and that rule's place. */
function withoutOne(file: DesignFile): { readonly text: string; readonly start: number; readonly end: number } | null {
  const view = viewFile(file.path, file.text);
  const rules = allRules(view);
  const rule = rules[rules.length >> 1]?.rule;
  const outcome = rule === undefined ? undefined : removeRule(view, rule);
  if (rule === undefined || outcome === undefined || !outcome.ok) return null;
  return { text: applyEdits(file.text, outcome.edits[0]?.edits ?? []), start: rule.node.start, end: rule.node.end };
}

describe.runIf(profiles.length > 0)("Debian's packaged profiles", () => {
  it("are another layout only when they are formatted, and their anchors stay", () => {
    for (const file of profiles) {
      const view = viewFile(file.path, file.text);
      const outcome = formatFile(view);
      const text = outcome.ok && outcome.edits.length > 0 ? applyEdits(file.text, outcome.edits[0]?.edits ?? []) : null;
      if (text === null) continue;
      const { changes, files } = reviewChanges(designOf(file), designOf({ ...file, text }), tree);
      expect([file.path, changes, files.map(({ state }) => state)]).toEqual([file.path, [], ["layout"]]);
      const anchors = allRules(view).flatMap(({ rule }) => makeAnchor(view, rule.node) ?? []);
      const states = anchors.slice(0, 20).map((anchor) => followAnchor(anchor, [file], [{ ...file, text }]).state);
      expect(states.filter((state) => state !== "same")).toEqual([]);
    }
  });

  it("without one rule differ in that rule, whose anchor is gone, and another's change merges", () => {
    for (const file of profiles) {
      const less = withoutOne(file);
      if (less === null) continue;
      const after = { ...file, text: less.text };
      const { changes } = reviewChanges(designOf(file), designOf(after), tree);
      expect(changes.map(({ subject, act, before }) => [subject, act, before?.range])).toEqual([
        ["rule", "removed", { start: less.start, end: less.end }],
      ]);
      const more = { ...file, text: `${file.text}# by another\n` };
      expect(mergeRevisions([file], [after], [more])).toEqual({
        files: [{ ...file, text: `${less.text}# by another\n` }],
        conflicts: [],
      });
    }
  });

  it("are summed up: every profile has its sentence, and every rule of its own is told", () => {
    const summary = reviewSummary({ name: "packaged", files: profiles }, tree);
    const heads = summary.profiles.map(({ head }) => head);
    console.log(`review: ${heads.length} packaged profiles are summed up`);
    expect(heads.length).toBeGreaterThan(20);
    expect(
      heads.filter((head) => !/^The (?:child )?(?:profile|hat) .*: (?:no|[\d,]+) rules? of its own.*\.$/u.test(head)),
    ).toEqual([]);
    const told = new Set(
      summary.profiles.flatMap(({ may, refused, about }) =>
        [...may, ...about, ...(refused === null ? [] : [refused])].flatMap(({ own }) =>
          own.flatMap(({ from }) => from.map(({ file, range }) => `${file}:${range.start}`)),
        ),
      ),
    );
    const rules = profiles.flatMap(({ path, text }) =>
      viewFile(path, text).profiles.flatMap((profile) => profile.rules.map(({ rule }) => `${path}:${rule.node.start}`)),
    );
    expect(rules.filter((rule) => !told.has(rule))).toEqual([]);
  });
});
