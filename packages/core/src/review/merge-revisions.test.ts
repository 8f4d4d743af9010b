import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";

import type { DesignFile } from "../design/index.ts";
import { mergeProblems, mergeRevisions, settleMerge, type Choice, type MergeOutcome } from "./index.ts";

const path = "apparmor.d/usr.bin.agent";

/** A profile with these lines in it. */
function profile(...rules: readonly string[]): string {
  return `profile agent /usr/bin/agent {\n${rules.map((rule) => `  ${rule}\n`).join("")}}\n`;
}

/** A profile with these words in its head. */
function headed(words: string): string {
  return `profile agent /usr/bin/${words} {\n  /a r,\n}\n`;
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
          places: [{ file: path, range: { start, end: start + 9 }, mine: "  /a rw,\n", theirs: "  /a rk,\n" }],
          both: "  /a rw,\n  /a rk,\n",
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

  it("whose lines fit, but make no policy together, conflict in what each did", () => {
    const base = profile("/a", "# why", "px,");
    const mine = profile("capability", "# why", "px,");
    const theirs = profile("/a", "# why", "px -> other,");
    const outcome = merged(base, mine, theirs);
    expect(outcome.files).toEqual([{ path, text: mine }]);
    expect(outcome.conflicts).toMatchObject([{ kind: "broken", mine: "  capability\n", theirs: "  px -> other,\n" }]);
    expect(settleMerge(outcome, new Map([[0, "theirs"]]))).toEqual([{ path, text: theirs }]);
  });

  it.each<[string, string, string, string]>([
    ["start a program in two ways", "/bin/s ix,", "/bin/s Px,", ""],
    ["set a variable twice", "", "", "@{B} = "],
  ])("conflict where both, in places far apart, %s", (_name, own, other, variable) => {
    const set = (value: string): string => (variable === "" ? "" : `${variable}${value}\n`);
    const rules = ["/a r,", "/b r,", "/c r,"];
    const base = `@{A} = /x\n${profile(...rules)}`;
    const mine = `${set("/1")}@{A} = /x\n${profile(...[own].filter(Boolean), "/m r,", ...rules)}`;
    const theirs = `@{A} = /x\n${set("/2")}${profile(...rules, "/t r,", ...[other].filter(Boolean))}`;
    const outcome = merged(base, mine, theirs);
    expect(outcome.conflicts).toMatchObject([{ kind: "broken", file: path }]);
    const text = (choice: Choice): string => settleMerge(outcome, new Map([[0, choice]]))[0]?.text ?? "";
    for (const choice of ["mine", "theirs"] as const) {
      const sides = [mine, theirs, base].map((each) => [{ path, text: each }]);
      const [one = [], two = [], was = []] = sides;
      expect(mergeProblems({ base: was, mine: one, theirs: two }, [{ path, text: text(choice) }])).toEqual([]);
    }
    const [kept, gone] = variable === "" ? [own, other] : [set("/1"), set("/2")];
    expect([text("mine").includes(kept), text("mine").includes(gone)]).toEqual([true, false]);
    expect([text("theirs").includes(kept), text("theirs").includes(gone)]).toEqual([false, true]);
  });

  it("conflict where what one did in a file does not go with what the other did in one that includes it", () => {
    const included = { path: "apparmor.d/tunables/mine", text: "@{A} = /x\n@{D} = /y\n" };
    const text = `include <tunables/mine>\n${profile("/a r,")}`;
    const base = [included, { path, text }];
    const mine = [
      { ...included, text: `${included.text}@{B} = /1\n` },
      { path, text },
    ];
    const theirs = [included, { path, text: text.replace("profile", "@{B} = /2\nprofile") }];
    const outcome = mergeRevisions(base, mine, theirs);
    expect(outcome.files).toEqual(mine);
    expect(outcome.conflicts).toMatchObject([{ kind: "broken", file: included.path, theirs: "@{B} = /2\n" }]);
    expect(settleMerge(outcome, new Map([[0, "theirs"]]))).toEqual(theirs);
  });

  it("with an error of one side's own are not asked about it", () => {
    const rules = ["/a r,", "/b r,", "/c r,"];
    const outcome = lines(rules, ["/bin/s ix,", "/bin/s Px,", ...rules], [...rules, "/t r,"]);
    expect(outcome).toEqual(whole("/bin/s ix,", "/bin/s Px,", ...rules, "/t r,"));
  });

  it("keep a comment above the rule that it is about, where both added the rule", () => {
    const base = ["/a r,", "/z rw,"];
    const mine = ["/a r,", "# needed for mine", "/b r,", "/z rw,"];
    expect(lines(base, mine, ["/a r,", "/b r,", "/z rw,"])).toEqual(whole(...mine));
    expect(lines(base, ["/a r,", "/b r,", "/z rw,"], mine)).toEqual(whole(...mine));
    expect(lines(base, mine, ["/a r,", "# theirs", "/b r,", "/t r,", "/z rw,"])).toEqual(
      whole("/a r,", "# theirs", "# needed for mine", "/b r,", "/t r,", "/z rw,"),
    );
    expect(lines(base, mine, ["/a r,", "# needed for mine", "/b r,", "/t r,", "/z rw,"])).toEqual(
      whole("/a r,", "# needed for mine", "/b r,", "/t r,", "/z rw,"),
    );
  });

  it("offer both only where they can stand beside one another", () => {
    const outcome = merged(headed("a"), headed("{a,b}"), headed("a flags=(complain)"));
    expect(outcome.conflicts).toMatchObject([{ kind: "lines", both: null }]);
    expect(lines([], ["/bin/x ix,"], ["/bin/x Ux,"]).conflicts).toMatchObject([{ both: null }]);
    expect(lines(["/a r,"], ["/a rw,"], ["/a rk,"]).conflicts).toMatchObject([{ both: "  /a rw,\n  /a rk,\n" }]);
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
    const file = { kind: "file", file: path, line: 1, base: text };
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
        .flatMap((each) => ("places" in each ? each.places : []))
        .map(({ file, range, mine: own }) => {
          const now = all.find((each) => each.path === file)?.text ?? "";
          return [now.slice(range.start, range.end), own];
        });
      expect(shown.filter(([now, own]) => now !== own)).toEqual([]);
      expect(new Set(all.map((file) => file.path)).size).toBe(all.length);
    }),
  );
});

test("what goes together without a question has no error that neither side has", () => {
  fc.assert(
    fc.property(revisions, ([base, mine, theirs]) => {
      const { files: all, conflicts } = mergeRevisions(base, mine, theirs);
      fc.pre(conflicts.length === 0);
      expect(mergeProblems({ base, mine, theirs }, all)).toEqual([]);
    }),
  );
});
