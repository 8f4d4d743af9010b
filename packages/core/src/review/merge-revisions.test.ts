import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import type { DesignFile } from "../design/index.ts";
import { mergeRevisions, type MergeOutcome } from "./index.ts";

const path = "apparmor.d/usr.bin.agent";

/** A profile with these lines in it. */
function profile(...rules: readonly string[]): string {
  return `profile agent /usr/bin/agent {\n${rules.map((rule) => `  ${rule}\n`).join("")}}\n`;
}

function merged(base: string, mine: string, theirs: string): MergeOutcome {
  const [was, own, other] = [base, mine, theirs].map((text): DesignFile[] => [{ path, text }]);
  return mergeRevisions(was ?? [], own ?? [], other ?? []);
}

function lines(base: readonly string[], mine: readonly string[], theirs: readonly string[]): MergeOutcome {
  return merged(profile(...base), profile(...mine), profile(...theirs));
}

function whole(...rules: readonly string[]): MergeOutcome {
  return { files: [{ path, text: profile(...rules) }], conflicts: [] };
}

function json(peers: string): DesignFile[] {
  return [{ path: "hauberk.json", text: `{\n  "format": 1,\n  "name": "x",\n  "peers": [\n${peers}  ]\n}\n` }];
}

function peer(id: string): string {
  return `    {"id": "${id}", "profile": "p", "direction": "connect", "protocol": "tcp", "address": "any", "port": 1}`;
}

describe("two revisions of one", () => {
  it("take what each side alone changed", () => {
    const base = ["/a r,", "/b r,", "/c r,", "/d r,"];
    expect(lines(base, ["/a rw,", "/b r,", "/c r,", "/d r,"], ["/a r,", "/b r,", "/c r,"])).toEqual(
      whole("/a rw,", "/b r,", "/c r,"),
    );
  });

  it("keep the rules that both put to one place, and one that both added once", () => {
    expect(lines(["/a r,"], ["/a r,", "/m r,"], ["/a r,", "/t r,"])).toEqual(whole("/a r,", "/t r,", "/m r,"));
    expect(lines(["/a r,"], ["/a r,", "/m r,", "/x r,"], ["/a r,", "/x   r,", "# t", "/t r,"])).toEqual(
      whole("/a r,", "/x   r,", "# t", "/t r,", "/m r,"),
    );
  });

  it("keep a changed rule and one that was added beside it", () => {
    expect(lines(["/a r,"], ["/a rw,"], ["/a r,", "/t r,"])).toEqual(whole("/a rw,", "/t r,"));
    expect(lines(["/a r,"], ["/m r,", "/a r,"], ["/a rw,"])).toEqual(whole("/m r,", "/a rw,"));
    expect(lines(["/a r,"], [], ["/a r,", "/t r,"])).toEqual(whole("/t r,"));
  });

  it("conflict where both changed one rule, and the merged text holds mine", () => {
    const outcome = lines(["/a r,", "/b r,"], ["/a rw,", "/b r,"], ["/a rk,", "/b r,"]);
    const start = profile("").indexOf("\n") + 1;
    expect(outcome).toEqual({
      files: [{ path, text: profile("/a rw,", "/b r,") }],
      conflicts: [
        {
          kind: "lines",
          file: path,
          line: 2,
          base: "  /a r,\n",
          mine: "  /a rw,\n",
          theirs: "  /a rk,\n",
          range: { start, end: start + 9 },
        },
      ],
    });
  });

  it.each([
    ["a program that is started in two ways", "/bin/x ix,", "/bin/x Ux,"],
    ["two limits of one thing", "set rlimit nofile <= 1,", "set rlimit nofile <= 2,"],
    ["text that is no rule", "/a r,", "what is this"],
    ["a profile", "/a r,", "profile child { /x r, }"],
  ])("conflict where both put to one place %s", (_name, mine, theirs) => {
    expect(lines([], [mine], [theirs]).conflicts).toHaveLength(1);
  });

  it("whose lines fit, but make no policy together, conflict as a whole", () => {
    const base = profile("/a", "# why", "px,");
    const mine = profile("capability", "# why", "px,");
    const theirs = profile("/a", "# why", "px -> other,");
    const outcome = merged(base, mine, theirs);
    expect(outcome.files).toEqual([{ path, text: mine }]);
    expect(outcome.conflicts.map(({ kind, theirs: other }) => [kind, other])).toEqual([["broken", theirs]]);
  });

  it("keep each line's own end, and a last line without one", () => {
    expect(merged("/a r,\r\n/b r,\n/c r,", "/a rw,\r\n/b r,\n/c r,", "/a r,\r\n/b r,\n/c rw,").files[0]?.text).toBe(
      "/a rw,\r\n/b r,\n/c rw,",
    );
    expect(merged("/a r,\n", "/a r,\n/m r,", "/a r,\n/t r,")).toMatchObject({
      files: [{ text: "/a r,\n/t r,\n/m r," }],
      conflicts: [],
    });
  });

  it("merge files that one side added, took away or gave another name", () => {
    const long = profile("/a r,", "/b r,", "/c r,");
    const [a, b] = ["apparmor.d/a", "apparmor.d/b"];
    const base = [
      { path: a, text: long },
      { path: b, text: "/x r,\n" },
    ];
    const mine = [
      { path: "apparmor.d/renamed", text: long },
      { path: b, text: "/x r,\n" },
      { path: "apparmor.d/mine", text: "/m r,\n" },
    ];
    const theirs = [
      { path: a, text: long.replace("/b r", "/b rw") },
      { path: "apparmor.d/theirs", text: "/t r,\n" },
    ];
    expect(mergeRevisions(base, mine, theirs)).toEqual({
      files: [
        { path: "apparmor.d/renamed", text: long.replace("/b r", "/b rw") },
        { path: "apparmor.d/mine", text: "/m r,\n" },
        { path: "apparmor.d/theirs", text: "/t r,\n" },
      ],
      conflicts: [],
    });
  });

  it("conflict over a file that one took away and the other changed, and over two new names", () => {
    const text = profile("/a r,", "/b r,");
    const changed = text.replace("/a r", "/a rw");
    const base = [{ path, text }];
    const range = { start: 0, end: changed.length };
    const file = { kind: "file", file: path, line: 1, base: text, range };
    expect(mergeRevisions(base, [], [{ path, text: changed }])).toEqual({
      files: [{ path, text: changed }],
      conflicts: [{ ...file, mine: null, theirs: changed }],
    });
    expect(mergeRevisions(base, [{ path, text: changed }], []).conflicts).toEqual([
      { ...file, mine: changed, theirs: null },
    ]);
    expect(mergeRevisions(base, [{ path: "apparmor.d/m", text }], [{ path: "apparmor.d/t", text }])).toMatchObject({
      files: [{ path: "apparmor.d/m", text }],
      conflicts: [{ kind: "name", base: path, mine: "apparmor.d/m", theirs: "apparmor.d/t" }],
    });
  });

  it("never make settings that can't be read", () => {
    const middle = `${peer("b")},\n${peer("c")},\n${peer("d")}`;
    // Each alone is well; together the comma is missing, or the id stands there twice.
    const outcome = mergeRevisions(
      json(`${middle}\n`),
      json(`${peer("a")},\n${middle}\n`),
      json(`${middle},\n${peer("a")}\n`),
    );
    expect(outcome.conflicts).toMatchObject([{ kind: "broken", file: "hauberk.json", line: 1 }]);
    const fits = mergeRevisions(
      json(`${middle}\n`),
      json(`${peer("a")},\n${middle}\n`),
      json(`${middle},\n${peer("e")}\n`),
    );
    expect(fits).toEqual({ files: json(`${peer("a")},\n${middle},\n${peer("e")}\n`), conflicts: [] });
  });
});

const line = fc.constantFrom(
  "/a r,",
  "/b rw,",
  "/c r,",
  "deny /d w,",
  "/bin/e ix,",
  "/bin/e Ux,",
  "# note",
  "",
  "}",
  "x {",
  "\r",
);
const text = fc.array(line, { maxLength: 8 }).map((all) => all.map((each) => `${each}\n`).join(""));
const files = fc.uniqueArray(
  fc.record({ path: fc.constantFrom("apparmor.d/a", "apparmor.d/b", "apparmor.d/c", "hauberk.json"), text }),
  {
    selector: (file) => file.path,
    maxLength: 4,
  },
);
/** A revision and two that are likely to be made of it. */
const revisions = fc
  .tuple(files, files, files, fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }))
  .map(([base, one, other, picks]): [DesignFile[], DesignFile[], DesignFile[]] => {
    const near = (made: DesignFile[], from: number): DesignFile[] =>
      [...base, ...made.filter((file) => base.every((each) => each.path !== file.path))].flatMap((file, at) => {
        const pick = picks[(from + at) % picks.length];
        const twin = made.find((each) => each.path === file.path);
        if (pick === 0) return [file];
        return twin === undefined ? [] : [pick === 1 ? twin : { ...file, text: `${file.text}${twin.text}` }];
      });
    return [base, near(one, 0), near(other, 5)];
  });

/** An outcome whatever the order of its files. */
function told({ files: all, conflicts }: MergeOutcome): MergeOutcome {
  return { files: all.toSorted((one, other) => (one.path < other.path ? -1 : 1)), conflicts };
}

/** Lines without their layout. */
function linesIn(texts: readonly (string | null)[]): string[] {
  return texts.flatMap((each) => (each ?? "").split("\n")).map((each) => each.trim().replaceAll(/ +/gu, " "));
}

test("merging with what is not changed, or changed alike, gives the changed one", () => {
  fc.assert(
    fc.property(revisions, ([base, mine, theirs]) => {
      expect(told(mergeRevisions(base, mine, base))).toEqual(told({ files: mine, conflicts: [] }));
      expect(told(mergeRevisions(base, base, theirs))).toEqual(told({ files: theirs, conflicts: [] }));
      expect(told(mergeRevisions(base, mine, mine))).toEqual(told({ files: mine, conflicts: [] }));
    }),
  );
});

test("no line that either side added is lost: it is merged or stands in a conflict", () => {
  fc.assert(
    fc.property(revisions, ([base, mine, theirs]) => {
      const { files: all, conflicts } = mergeRevisions(base, mine, theirs);
      const was = new Set(linesIn(base.map((file) => file.text)));
      const there = new Set(
        linesIn([...all.map((file) => file.text), ...conflicts.flatMap((each) => [each.mine, each.theirs])]),
      );
      const added = linesIn([...mine, ...theirs].map((file) => file.text)).filter((each) => !was.has(each));
      expect(added.filter((each) => !there.has(each))).toEqual([]);
      const shown = conflicts
        .filter(({ kind }) => kind === "lines" || kind === "broken")
        .map(({ file, range, mine: own }) => {
          const now = all.find((each) => each.path === file)?.text ?? "";
          return [now.slice(range.start, range.end), own];
        });
      expect(shown.filter(([now, own]) => now !== own)).toEqual([]);
      expect(new Set(all.map((file) => file.path)).size).toBe(all.length);
    }),
  );
});
