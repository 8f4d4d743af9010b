import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockAround, viewFile, type FileView, type ProfileRule, type ProfileView } from "../design/index.ts";
import { writeRule } from "../rules/index.ts";
import { isNode, type SyntaxNode } from "../syntax/index.ts";
import { applyEdits, invertEdits } from "../text/index.ts";
import {
  addAlias,
  addBoolean,
  addChild,
  addElse,
  branchesOf,
  conditionalsOf,
  copyRules,
  formatFile,
  moveRule,
  moveRules,
  removeAlias,
  removeBoolean,
  removeBranch,
  removeProfile,
  removeRules,
  setQualifiers,
  setXattrs,
  unwrapConditional,
  wrapInConditional,
  type EditOutcome,
} from "./index.ts";
import { profileText } from "./profile-text.test-data.ts";
import { allProfiles, applied } from "./ticks.test-data.ts";

/** An edit, what it keeps of the file, and what takes it back to the byte; null where only the history does. */
interface Wish {
  readonly name: string;
  readonly outcome: EditOutcome;
  /** Rules that are there before and not afterwards, and the other way round. */
  readonly gone: readonly string[];
  readonly come: readonly string[];
  readonly keepsComments: boolean;
  readonly back: ((now: FileView) => EditOutcome) | null;
}

const said = ({ rule }: ProfileRule): string => writeRule(rule.value);

function profileAt(file: FileView, index: number): ProfileView {
  const profile = allProfiles(file)[index];
  if (profile === undefined) throw new Error("the profile is gone");
  return profile;
}

function last<T>(items: readonly T[]): T {
  const item = items.at(-1);
  if (item === undefined) throw new Error("it is gone");
  return item;
}

/** Wishes about one profile of a file; `choice` picks its rules. */
function wishesFor(file: FileView, index: number, choice: number): Wish[] {
  const profile = profileAt(file, index);
  const plain = profile.rules.filter(({ within }) => within.length === 0);
  const from = choice % Math.max(plain.length, 1);
  const some = plain.slice(from, from + 1 + (choice % 3));
  const apart = plain.filter((_rule, at) => (at + choice) % 2 === 0);
  const other = allProfiles(file).find((each) => each !== profile);
  const still = { gone: [], come: [], keepsComments: true };
  const wishes: Wish[] = [
    {
      ...still,
      name: "add a hat",
      outcome: addChild(file, profile, { form: "hat", name: "zork" }),
      back: (now) => removeProfile(now, last(profileAt(now, index).children.filter(({ name }) => name === "zork"))),
    },
    {
      ...still,
      name: "attributes",
      outcome: setXattrs(file, profile, ["user.zork=a*"]),
      back: profile.xattrs.length > 0 ? null : (now) => setXattrs(now, profileAt(now, index), []),
    },
    { ...still, name: "format", outcome: formatFile(file), back: null },
    {
      ...still,
      name: "boolean",
      outcome: addBoolean(file, "zork", true),
      back: (now) => removeBoolean(now, last(now.booleans.filter(({ name }) => name === "zork"))),
    },
    {
      ...still,
      name: "alias",
      outcome: addAlias(file, { from: "/zork/", to: "/b c/" }),
      back: (now) => removeAlias(now, last(now.aliases.filter(({ from: path }) => path === "/zork/"))),
    },
  ];
  if (some.length > 0) {
    wishes.push(
      {
        ...still,
        name: `put ${some.length} under a condition`,
        outcome: wrapInConditional(file, some, "$zork"),
        back: null,
      },
      {
        ...still,
        name: "put apart ones under a condition",
        outcome: wrapInConditional(file, apart, "$zork"),
        back: null,
      },
      { ...still, name: "move down", outcome: moveRule(file, last(some), "down"), back: null },
      {
        ...still,
        name: `remove ${apart.length} rules`,
        outcome: removeRules(
          file,
          apart.map(({ rule }) => rule),
        ),
        gone: apart.map(said),
        // Comments within a rule go with it.
        keepsComments: false,
        back: null,
      },
      auditWish(file, apart),
    );
  }
  if (other !== undefined && some.length > 0) wishes.push(...transfers(file, some, other));
  return [...wishes, ...conditionalWishes(file, profile)];
}

function auditWish(file: FileView, rules: readonly ProfileRule[]): Wish {
  // What a block gives to its rules is asked of in tests of its own.
  const fresh = rules.filter(
    (placed) =>
      blockAround(placed) === undefined && !placed.rule.value.qualifiers.audit && placed.rule.value.kind !== "rlimit",
  );
  return {
    name: "audit many",
    outcome: setQualifiers(file, fresh, { audit: true }),
    gone: fresh.map(said),
    come: fresh.map(({ rule: { value } }) => writeRule({ ...value, qualifiers: { ...value.qualifiers, audit: true } })),
    keepsComments: true,
    back: null,
  };
}

function transfers(file: FileView, some: readonly ProfileRule[], other: ProfileView): Wish[] {
  const there = new Set(other.rules.filter(({ within }) => within.length === 0).map(said));
  const names = some.map(said);
  // What stands there already, or is twice among them, is not written again; comments make one stay.
  const simple = new Set(names).size === names.length && !names.some((name) => there.has(name));
  if (!simple) return [];
  const to = { file, profile: other };
  return [
    { name: "move", outcome: moveRules(file, some, to), gone: [], come: [], keepsComments: true, back: null },
    { name: "copy", outcome: copyRules(file, some, to), gone: [], come: names, keepsComments: false, back: null },
  ];
}

function conditionalWishes(file: FileView, profile: ProfileView): Wish[] {
  const [conditional] = conditionalsOf(profile);
  if (conditional === undefined) return [];
  const still = { gone: [], come: [], keepsComments: true };
  const where = allProfiles(file).indexOf(profile);
  const again = (now: FileView): SyntaxNode => {
    const [found] = conditionalsOf(profileAt(now, where));
    if (found === undefined) throw new Error("the conditional is gone");
    return found;
  };
  return [
    { ...still, name: "unwrap", outcome: unwrapConditional(file, conditional), back: null },
    {
      ...still,
      name: "else",
      outcome: addElse(file, conditional),
      back: (now) => removeBranch(now, last(branchesOf(again(now)))),
    },
  ];
}

function rulesOf(file: FileView): string[] {
  return [...file.looseRules, ...allProfiles(file).flatMap(({ rules }) => rules)].map(said);
}

function commentsOf(file: FileView): string[] {
  const found: string[] = [];
  const visit = (node: SyntaxNode): void => {
    for (const child of node.children) {
      if (isNode(child)) visit(child);
      else if (child.type === "comment") found.push(file.tree.text.slice(child.start, child.end).trimEnd());
    }
  };
  visit(file.tree.root);
  return found.toSorted();
}

/** What an edit broke, in words; null where it kept every law. */
function broken(file: FileView, { name, outcome, gone, come, keepsComments, back }: Wish): string | null {
  if (!outcome.ok) return null;
  const now = applied(file, outcome);
  if (now === undefined || outcome.edits.length > 1) return `${name} is no one step`;
  const tell = (what: string): string => `${name} ${what}:\n${file.tree.text}\n=>\n${now.tree.text}`;
  if (now.tree.errors.length > file.tree.errors.length) return tell("brings an error");
  const expected = rulesOf(file);
  for (const each of gone) expected.splice(expected.indexOf(each), 1);
  if (rulesOf(now).toSorted().join("\n") !== [...expected, ...come].toSorted().join("\n")) return tell("changes rules");
  if (keepsComments && commentsOf(now).join("\n") !== commentsOf(file).join("\n")) return tell("changes comments");
  const undone = invertEdits(file.tree.text, outcome.edits[0]?.edits ?? []);
  if (applyEdits(now.tree.text, undone) !== file.tree.text) return tell("can't be undone");
  if (back === null) return null;
  const restored = applied(now, back(now));
  return restored?.tree.text === file.tree.text ? null : tell("does not give the bytes back");
}

describe("an edit of many parts keeps what it is not about, and can be undone", () => {
  test("in profiles of every style", () => {
    let done = 0;
    fc.assert(
      fc.property(profileText, fc.nat(50), (text, choice) => {
        const file = viewFile("apparmor.d/x", text);
        fc.pre(file.tree.errors.length === 0);
        for (const index of allProfiles(file).keys()) {
          const wishes = wishesFor(file, index, choice);
          done += wishes.filter(({ outcome }) => outcome.ok).length;
          for (const wish of wishes) expect(broken(file, wish)).toBe(null);
        }
      }),
      { numRuns: 400 },
    );
    expect(done).toBeGreaterThan(2000);
  });

  test("a condition around rules comes and goes to the byte", () => {
    fc.assert(
      fc.property(profileText, fc.nat(50), (text, choice) => {
        const file = viewFile("apparmor.d/x", text);
        fc.pre(file.tree.errors.length === 0);
        const profile = profileAt(file, 0);
        const plain = profile.rules.filter(({ within }) => within.length === 0);
        fc.pre(plain.length > 0);
        const wrapped = applied(file, wrapInConditional(file, plain.slice(choice % plain.length).slice(0, 1), "$zork"));
        if (wrapped === undefined) return;
        const inside = conditionalsOf(profileAt(wrapped, 0)).find((each) =>
          wrapped.tree.text.startsWith("if $zork", each.start),
        );
        if (inside === undefined) throw new Error("no condition came");
        expect(applied(wrapped, unwrapConditional(wrapped, inside))?.tree.text).toBe(file.tree.text);
      }),
      { numRuns: 400 },
    );
  });

  test("formatting once is formatting for good", () => {
    fc.assert(
      fc.property(profileText, (text) => {
        const file = viewFile("apparmor.d/x", text);
        fc.pre(file.tree.errors.length === 0);
        const once = applied(file, formatFile(file));
        if (once === undefined) throw new Error("a sound file is not formatted");
        expect(formatFile(once)).toMatchObject({ ok: true, edits: [] });
      }),
      { numRuns: 400 },
    );
  });

  const corpus = process.env["HAUBERK_CORPUS"] ?? join(homedir(), ".cache/hauberk/corpus/debian-12");
  const folders = ["etc/apparmor.d", "usr/share/apparmor/extra-profiles"].map((folder) => join(corpus, folder));
  const files = folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "README")
      .map(({ name }) => join(folder, name)),
  );

  test.runIf(files.length > 0)("in Debian's packaged profiles", () => {
    const found: string[] = [];
    let done = 0;
    for (const [turn, source] of files.entries()) {
      const file = viewFile("apparmor.d/x", readFileSync(source, "utf8"));
      for (const index of allProfiles(file).keys()) {
        for (const wish of wishesFor(file, index, turn)) {
          if (wish.outcome.ok) done += 1;
          const law = broken(file, wish);
          if (law !== null) found.push(`${source}: ${law.slice(0, 2000)}`);
        }
      }
    }
    expect(found).toEqual([]);
    expect(done).toBeGreaterThan(1000);
  });
});
