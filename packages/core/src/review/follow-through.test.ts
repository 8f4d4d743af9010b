import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import { allRules, viewFile, type DesignFile } from "../design/index.ts";
import { followThrough, makeAnchor, type AnchorPlace, type FollowedAnchor } from "./index.ts";

const path = "apparmor.d/x";

type Revision = readonly DesignFile[];

function fileOf(text: string, at = path): DesignFile {
  return { path: at, text };
}

/** A revision of one file with one profile of these rules. */
function rules(...lines: readonly string[]): Revision {
  return [fileOf(profile("x", ...lines))];
}

function profile(name: string, ...lines: readonly string[]): string {
  return `profile ${name} /usr/bin/${name} {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

/** The anchor of what begins with `text` in a revision. */
function anchorIn(revision: Revision, text: string): AnchorPlace {
  const file = revision.find((each) => each.text.includes(text));
  const start = file?.text.indexOf(text) ?? -1;
  const anchor = file === undefined ? null : makeAnchor(viewFile(file.path, file.text), { start, end: start });
  if (anchor === null) throw new Error(`nothing stands at ${text}`);
  return anchor;
}

/** Through these revisions, all of which are at hand. */
function through(anchor: AnchorPlace, revisions: readonly Revision[]): FollowedAnchor {
  const found = followThrough(anchor, 1, revisions.length, (number) => revisions[number - 1]);
  if (found.state === "needs") throw new Error(`revision ${found.revision} is at hand`);
  return found;
}

/** What becomes of the thing that begins with `text` in the first revision. */
function told(text: string, ...revisions: readonly Revision[]): string {
  const found = through(anchorIn(revisions[0] ?? [], text), revisions);
  if (found.state === "gone") return "gone";
  const { file, profile: name } = found.place;
  const where = `${file === path ? "" : `${file} `}${name === "x" ? "" : `${name} `}`;
  return `${found.certain ? "" : "perhaps "}${found.state} ${where}${found.place.text}`;
}

const [a, z] = ["/a r,", "/z r,"];

describe("an anchor through many revisions", () => {
  it("stays with its rule when one comes that is more like what the rule was", () => {
    const first = rules(a, "/var/log/app/** w,", z);
    const moved = rules(a, "/srv/log/app/** w,", z);
    const more = rules(a, "/srv/log/app/** w,", z, "/var/log/apt/** r,");
    expect(told("/var/log/app", first, moved, more)).toBe("changed /srv/log/app/** w,");
    expect(told("/var/log/app", first, moved, more, rules(a, z, "/var/log/apt/** r,"))).toBe("gone");
  });

  it("is gone for good with its rule, whatever comes that is like it", () => {
    const first = rules(a, "/var/log/app/** w,", z);
    expect(told("/var/log/app", first, rules(a, z), rules(a, z, "/var/log/apt/** r,"))).toBe("gone");
    expect(told("/var/log/app", first, rules(a, z), rules(a, "/var/log/app/* w,", z))).toBe("gone");
  });

  it("comes back with the very same text in the same profile", () => {
    const first = rules(a, "/var/log/app/** w,", z);
    expect(told("/var/log/app", first, rules(a, z), rules("/b r,", z, "/var/log/app/** w,", a))).toBe(
      "same /var/log/app/** w,",
    );
  });

  it("of a rule and neighbours that change one after the other finds the rule by what was in between", () => {
    const first = rules(a, "/etc/hosts r,", z);
    const other = rules(a, "/proc/*/net/** rw,", z);
    expect(told("/etc/hosts", first, rules(a, "/srv/** w,", "/proc/*/net/** rw,", z))).toBe("gone");
    expect(told("/etc/hosts", first, other, rules(a, "/srv/** w,", "/proc/*/net/** rw,", z))).toBe(
      "changed /proc/*/net/** rw,",
    );
    expect(told("/etc/hosts", first, other, rules(a, "/srv/** w,", "/etc/hosts r,", z))).toBe("same /etc/hosts r,");
  });

  it("goes back to earlier revisions as it goes on to later ones", () => {
    const revisions = [rules(a, "/x r,"), rules(a, "/x rw,"), rules(a, "/x rw,", "/y r,")];
    const anchor = anchorIn(revisions[2] ?? [], "/x rw");
    const found = followThrough(anchor, 3, 1, (number) => revisions[number - 1]);
    expect(found).toMatchObject({ state: "changed", place: { text: "/x r," } });
  });

  it("is not certain of a rule that is only like the one that went, of none where the path is the same", () => {
    const first = rules("/var/log/app/** w,", a, z);
    expect(told("/var/log/app", first, rules(a, z, "/var/log/apt/** w,"))).toBe("perhaps changed /var/log/apt/** w,");
    // Doubt stays: what comes after it can't take it away.
    const later = rules(a, z, "/var/log/apt/** wk,");
    expect(told("/var/log/app", first, rules(a, z, "/var/log/apt/** w,"), later)).toMatch(/^perhaps changed/u);
    expect(told("/var/log/app", first, rules(a, z, "/var/log/app/** rw,"))).toBe("changed /var/log/app/** rw,");
    expect(told("/var/log/app", first, rules("/var/log/apt/** w,", a, z))).toBe("changed /var/log/apt/** w,");
    // What stands between the same neighbours is certain only where these are.
    expect(told("/q r", rules("/srv/a/b r,", "/q r,"), rules("/srv/a/c r,", "/etc/x r,"))).toBe(
      "perhaps changed /etc/x r,",
    );
    // Two of one path went and two came: nobody knows which became which.
    const two = rules("/var/x r,", a, "owner /var/x k,", z);
    expect(told("/var/x r", two, rules("/var/x w,", a, z, "owner /var/x m,"))).toMatch(/^perhaps changed/u);
  });
});

describe("an anchor through files and profiles", () => {
  it("goes along with a profile into another file, and with its rule's edits there", () => {
    const first = [fileOf(profile("x", z) + profile("y", a, "/etc/foo r,"))];
    const apart = [fileOf(profile("x", z)), fileOf(profile("y", a, "/etc/foo r,"), "apparmor.d/y")];
    expect(told("/etc/foo", first, apart)).toBe("same apparmor.d/y y /etc/foo r,");
    expect(told("profile y", first, apart)).toBe("same apparmor.d/y y profile y /usr/bin/y");
    const edited = [fileOf(profile("x", z)), fileOf(profile("y", a, "/etc/foo rw,"), "apparmor.d/y")];
    expect(told("/etc/foo", first, edited)).toBe("changed apparmor.d/y y /etc/foo rw,");
    expect(told("/etc/foo", first, apart, edited, first)).toBe("same y /etc/foo r,");
  });

  it("goes along with a profile of a file that has another name and hardly a line of what it was", () => {
    const first = [fileOf(profile("x", "/etc/foo r,"))];
    const now = [fileOf(profile("x", "/etc/foo rw,", "/b r,", "/c r,", "/d r,"), "apparmor.d/other")];
    expect(told("/etc/foo", first, now)).toBe("changed apparmor.d/other /etc/foo rw,");
  });

  it("follows a rule that went from one profile and came in exactly one other, and no other", () => {
    const two = (mine: readonly string[], ...theirs: readonly string[]): Revision => [
      fileOf(profile("x", z, ...mine)),
      fileOf(profile("y", a, ...theirs), "apparmor.d/y"),
    ];
    const first = two(["/etc/foo r,"]);
    expect(told("/etc/foo", first, two([], "/etc/foo r,"))).toBe("same apparmor.d/y y /etc/foo r,");
    expect(told("/etc/foo", first, two([], "/etc/foo rw,"))).toBe("gone");
    const piece = fileOf("/etc/foo r,\n", "apparmor.d/abstractions/foo");
    expect(told("/etc/foo", first, [...two([]), piece])).toBe(`same ${piece.path} null /etc/foo r,`);
    // It came in two places, or was there already.
    expect(told("/etc/foo", first, [...two([], "/etc/foo r,"), piece])).toBe("gone");
    expect(told("/etc/foo", two(["/etc/foo r,"], "/etc/foo r,"), two([], "/etc/foo r,"))).toBe("gone");
    // It went from two places, and came in one.
    const both = [...two(["/etc/foo r,"], "/etc/foo r,"), fileOf(profile("v", a), "apparmor.d/v")];
    expect(told("/etc/foo", both, [...two([]), fileOf(profile("v", a, "/etc/foo r,"), "apparmor.d/v")])).toBe("gone");
    // A rule that only looks like it came in its own profile.
    expect(told("/etc/foo", two(["/etc/foo r,", "/q r,"]), two(["/q r,", "/etc/fob r,"], "/etc/foo r,"))).toBe(
      "same apparmor.d/y y /etc/foo r,",
    );
  });
});

test("of a long history few revisions are asked for, one after the other", () => {
  const early = rules(a, "/var/log/app/** w,", z);
  const moved = rules(a, "/srv/log/app/** w,", z);
  const late = rules(a, "/srv/log/app/** w,", z, "/var/log/apt/** r,");
  const count = 1_000;
  const history = fc.record({ turn: fc.integer({ min: 2, max: count }), from: fc.integer({ min: 1, max: count }) });
  fc.assert(
    fc.property(history, ({ turn, from }) => {
      const at = new Map<number, Revision>();
      // Each revision differs from the next one.
      const make = (number: number): Revision => [
        ...(number < turn ? early : number === turn ? moved : late),
        fileOf(`# ${number}\n`, "other"),
      ];
      const text = from < turn ? "/var/log/app" : "/srv/log/app";
      let found = followThrough(anchorIn(make(from), text), from, count, (number) => at.get(number));
      while (found.state === "needs") {
        expect(at.has(found.revision)).toBe(false);
        at.set(found.revision, make(found.revision));
        found = followThrough(anchorIn(make(from), text), from, count, (number) => at.get(number));
      }
      expect(at.size).toBeLessThan(25);
      expect(found).toMatchObject({ certain: true, place: { text: "/srv/log/app/** w," } });
    }),
    { numRuns: 60 },
  );
});

const pathRule = fc
  .tuple(
    fc.constantFrom("/var/log", "/srv", "/etc"),
    fc.constantFrom("/app", "/apt", "/apk", "/a"),
    fc.constantFrom("/**", "/*", ""),
    fc.constantFrom("r", "w", "rw"),
  )
  .map(([root, name, end, access]) => `${root}${name}${end} ${access},`);

/** What one revision does to a list of rules. */
const deed = fc.record({
  act: fc.constantFrom("edit", "put", "take", "move"),
  at: fc.nat(20),
  to: fc.nat(20),
  text: pathRule,
});

interface OwnedRule {
  readonly id: number;
  readonly text: string;
}

function done(
  list: readonly OwnedRule[],
  { act, at, to, text }: { act: string; at: number; to: number; text: string },
  id: number,
) {
  const place = list.length === 0 ? 0 : at % list.length;
  const rule = list[place];
  if (act === "put" || rule === undefined) return list.toSpliced(to % (list.length + 1), 0, { id, text });
  if (act === "edit") return list.with(place, { id: rule.id, text });
  const without = list.toSpliced(place, 1);
  return act === "take" ? without : without.toSpliced(to % list.length, 0, rule);
}

test("whatever comes, goes, moves and is edited in turn, an anchor never stands at a rule that is not its own", () => {
  fc.assert(
    fc.property(
      fc.array(pathRule, { minLength: 1, maxLength: 6 }),
      fc.nat(),
      fc.array(deed, { minLength: 1, maxLength: 12 }),
      (first, pick, deeds) => {
        const lists: (readonly OwnedRule[])[] = [first.map((text, id) => ({ id, text }))];
        for (const [at, each] of deeds.entries()) lists.push(done(lists.at(-1) ?? [], each, first.length + at));
        // Of rules with one text nobody knows which is which.
        const texts = new Map<string, number>();
        for (const { id, text } of lists.flat()) {
          fc.pre((texts.get(text) ?? id) === id);
          texts.set(text, id);
        }
        const own = lists[0]?.[pick % first.length];
        if (own === undefined) throw new Error("there is a rule");
        const revisions = lists.map((list) => rules(...list.map(({ text }) => text)));
        const now = lists.at(-1)?.find(({ id }) => id === own.id);
        const found = through(anchorIn(revisions[0] ?? [], own.text), revisions);
        expect(found.state === "gone" ? undefined : found.place.text).toBe(now?.text);
      },
    ),
    { numRuns: 500 },
  );
});
const line = fc.oneof(
  fc.constantFrom("/etc/a r,", "/etc/b rw,", "deny /etc/c w,", "capability chown,", "# a comment", "", "network inet,"),
  fc.stringMatching(/^[a-z]{1,5}$/u).map((name) => `/srv/${name} r,`),
);

/** What is done at a line of a profile: others are put before it, or it is taken away. */
const edit = fc.record({ at: fc.nat(30), put: fc.array(line, { maxLength: 3 }), take: fc.boolean() });

test("edits elsewhere leave an anchor on its rule", () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 15 }),
      fc.nat(),
      fc.array(fc.array(edit, { maxLength: 4 }), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      (lines, pick, rounds, crlf) => {
        const text = (written: readonly string[]): string =>
          `profile p /p {\n${written.map((each) => `  ${each}\n`).join("")}}\n`.replaceAll("\n", crlf ? "\r\n" : "\n");
        let list = lines.map((each, at) => ({ each, at }));
        const first = fileOf(text(lines));
        const all = allRules(viewFile(path, first.text));
        fc.pre(all.length > 0);
        const { node } = all[pick % all.length]?.rule ?? { node: { start: 0, end: 0 } };
        const anchor = makeAnchor(viewFile(path, first.text), node);
        if (anchor === null) throw new Error("a rule has an anchor");
        const own = first.text.slice(0, anchor.start).split("\n").length - 2;
        const revisions = rounds.map((edits) => {
          for (const { at, put, take } of edits) {
            const place = at % (list.length + 1);
            const gone = take && list[place]?.at !== own ? 1 : 0;
            list = list.toSpliced(place, gone, ...put.map((each) => ({ each, at: -1 })));
          }
          return [fileOf(text(list.map(({ each }) => each)))];
        });
        const found = through(anchor, [[first], ...revisions]);
        if (found.state === "gone") throw new Error("the rule stands there still");
        const { start, end } = found.place;
        expect(found.state).toBe("same");
        expect(revisions.at(-1)?.[0]?.text.slice(start, end)).toBe(anchor.text);
        expect(found.place.text).toBe(anchor.text);
      },
    ),
    { numRuns: 300 },
  );
});
