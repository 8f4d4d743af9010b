import type { Approval, Comment, WholeRevision } from "@hauberk/contract";
import { viewFile } from "@hauberk/core/design";
import { makeAnchor } from "@hauberk/core/review";
import { describe, expect, it } from "vitest";
import {
  approvedBefore,
  gateWords,
  placeThreads,
  readRevision,
  rowsOf,
  standingDecisions,
  threadsOf,
} from "./review-model.ts";

const at = "2026-11-29T08:00:00.000Z";
const by = { name: "Ada", account: null };

function comment(change: Partial<Comment>): Comment {
  return {
    id: "c1",
    thread: null,
    revision: 1,
    text: "why?",
    anchor: null,
    suggestion: null,
    by,
    mine: false,
    at,
    resolved: null,
    applied: null,
    deleted: false,
    ...change,
  };
}

function approval(revision: number, change: Partial<Approval> = {}): Approval {
  return {
    id: `a${revision}`,
    revision,
    hash: "0".repeat(64),
    decision: "approve",
    note: "",
    by,
    mine: false,
    at,
    stale: true,
    lapsed: false,
    withdrawn: null,
    ...change,
  };
}

describe("a review", () => {
  it("shows a deleted comment only for the answers to it", () => {
    const gone = comment({ deleted: true });
    expect(threadsOf([gone])).toEqual([]);
    const reply = comment({ id: "c2", thread: "c1" });
    expect(threadsOf([gone, reply])).toEqual([{ head: gone, replies: [reply] }]);
  });

  it("puts a thread at its rule, and lines at their numbers", () => {
    const text = "abi <abi/3.0>,\n\nprofile x /x {\n  /a r,\n  /b r,\n}\n";
    const place = { file: "apparmor.d/x", profile: "x", start: text.indexOf("/b"), end: text.indexOf("/b") + 5 };
    const thread = {
      head: comment({}),
      replies: [],
      followed: { state: "same", place: { ...place, text: "/b r," }, line: 5, certain: true },
    } as const;
    const rows = rowsOf(viewFile("apparmor.d/x", text), [thread]);
    expect(rows.map(({ line, threads }) => [line, threads.length])).toEqual([
      [1, 0],
      [3, 0],
      [4, 0],
      [5, 1],
    ]);
  });

  it("compares with what was approved last, not with what was taken back", () => {
    expect(approvedBefore([approval(1), approval(2), approval(3, { withdrawn: at })], 4)).toBe(2);
    expect(approvedBefore([approval(4)], 4)).toBeNull();
    expect(approvedBefore([approval(1, { decision: "request-changes" })], 4)).toBeNull();
    expect(approvedBefore([approval(3, { decision: "request-changes" }), approval(2)], 4)).toBe(2);
    expect(approvedBefore([approval(1), approval(2, { lapsed: true })], 4)).toBe(1);
  });

  it("shows what counts now, and of earlier decisions each person's latest", () => {
    const grace = { name: "Grace", account: "g" };
    const shown = standingDecisions([
      approval(5, { stale: false, withdrawn: at }),
      approval(4, { stale: false }),
      approval(3, { by: grace }),
      approval(2, { stale: false }),
      approval(1),
      approval(1, { by: grace }),
    ]);
    expect(shown.map(({ revision }) => revision)).toEqual([4, 3, 2]);
  });

  it("says the gate in words", () => {
    expect(gateWords({ required: 2, given: 1, against: 0 })).toBe("1 of 2 approvals");
    expect(gateWords({ required: 1, given: 1, against: 1 })).toBe("1 of 1 approval, 1 asks for changes");
    expect(gateWords({ required: 0, given: 0, against: 0 })).toBe("No approval needed");
  });
});

describe("a thread with a suggestion that was applied", () => {
  const path = "apparmor.d/x";
  const rules = ["/a r,", "/proc/** r,", "/z r,"];
  const revision = (number: number, lines: readonly string[]): WholeRevision => ({
    number,
    hash: "0".repeat(64),
    parent: number === 1 ? null : number - 1,
    message: "",
    by,
    at,
    files: 1,
    bytes: 0,
    texts: [{ path, text: `profile x /x {\n${lines.map((line) => `  ${line}\n`).join("")}}\n` }],
  });
  const suggestion = "/one r,\n/two r,";
  const applied = rules.toSpliced(1, 1, ...suggestion.split("\n"));
  const all = [
    revision(1, rules),
    revision(2, ["/new r,", ...rules]),
    revision(3, ["/new r,", ...applied]),
    revision(4, ["/new r,", "/other r,", ...applied.slice(1)]),
  ];
  const [first] = all;
  const file = first?.texts[0];
  if (file === undefined) throw new Error("there is a first revision");
  const start = file.text.indexOf(rules[1] ?? "");
  const place = makeAnchor(viewFile(path, file.text), { start, end: start });
  if (place === null) throw new Error("a rule has an anchor");
  const head = comment({ anchor: { ...place, revision: 1 }, suggestion, applied: 3 });
  const shownAt = (number: number, hand: readonly number[], hopeless?: number): string => {
    const shown = all.find((each) => each.number === number);
    if (shown === undefined) throw new Error("the revision is there");
    const known = all.filter((each) => hand.includes(each.number)).map((each) => [each.number, each.texts] as const);
    const whyNot = (asked: number): string | null => (asked === hopeless ? "It burnt." : null);
    const { threads, needs } = placeThreads([{ head, replies: [] }], readRevision(shown, "x"), new Map(known), whyNot);
    const followed = threads[0]?.followed ?? null;
    if (followed?.state === "same" || followed?.state === "changed") {
      return `${followed.state} ${followed.line} ${followed.place.text}`;
    }
    return followed?.state === "lost" ? followed.why : `${followed?.state} ${needs.join(" ")}`.trim();
  };

  it("stands at its rule before, and where the suggestion landed from then on", () => {
    expect(shownAt(1, [1, 2, 3])).toBe("same 3 /proc/** r,");
    expect(shownAt(2, [1, 2, 3])).toBe("same 4 /proc/** r,");
    expect(shownAt(3, [1, 2, 3])).toBe("changed 4 /one r,");
    expect(shownAt(4, [1, 2, 3])).toBe("changed 4 /one r,");
  });

  it("asks for the revisions on the way until it is found, and tells why it can’t be", () => {
    expect(shownAt(3, [])).toBe("sought 1");
    expect(shownAt(3, [1])).toBe("sought 2");
    expect(shownAt(4, [1, 2])).toBe("sought 3");
    expect(shownAt(4, [1, 2], 3)).toBe("It burnt.");
    // What stands where it stood needs nothing between.
    expect(shownAt(2, [1])).toBe("same 4 /proc/** r,");
  });
});
