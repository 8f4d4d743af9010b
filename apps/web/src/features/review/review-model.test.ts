import type { Approval, Comment } from "@hauberk/contract";
import { viewFile } from "@hauberk/core/design";
import { describe, expect, it } from "vitest";
import { approvedBefore, gateWords, rowsOf, standingDecisions, threadsOf } from "./review-model.ts";

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
      followed: { state: "same", place: { ...place, text: "/b r," }, line: 5 },
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
