import { expect, test } from "vitest";
import { gateForBytes } from "./gate.ts";
import type { Gate } from "./designs.ts";

const hash = "a".repeat(64);
const newest = {
  number: 3,
  hash,
  parent: 2,
  message: "",
  by: { name: "Ada", account: null },
  at: "2026-11-29T08:00:00.000Z",
  files: 1,
  bytes: 9,
};
const old = { number: 2, hash: "c".repeat(64) };
const revisions = [newest, old, { ...old, number: 1 }];
const asked = (gate: Gate, bytes = hash) => gateForBytes({ gate, newest }, bytes, revisions);

test("a gate lets bytes pass that enough people approved, and says what is missing of others", () => {
  const needsTwo = { required: 2, given: 1, against: 0, open: false };
  expect(asked({ required: 0, given: 0, against: 0, open: true })).toEqual({ state: "free", words: "", revision: 3 });
  expect(asked({ ...needsTwo, given: 2, open: true })).toMatchObject({ state: "open", revision: 3 });
  expect(asked({ ...needsTwo, against: 2 })).toEqual({
    state: "closed",
    words: "Revision 3 has 1 of 2 approvals. 2 people ask for changes of it.",
    revision: 3,
  });
});

test("approvals of the newest revision open nothing for other bytes", () => {
  const others = "b".repeat(64);
  expect(asked({ required: 1, given: 1, against: 0, open: true }, others)).toMatchObject({
    state: "closed",
    words: expect.stringContaining("is none of the revisions. Save it"),
    revision: null,
  });
  expect(asked({ required: 0, given: 0, against: 1, open: false }, others).state).toBe("closed");
  expect(asked({ required: 0, given: 0, against: 0, open: true }, others)).toMatchObject({
    state: "free",
    revision: null,
  });
});

test("the gate of an older revision's bytes is the service's to tell, whatever the newest revision's says", () => {
  for (const gate of [
    { required: 1, given: 0, against: 0, open: false },
    { required: 0, given: 0, against: 1, open: false },
    { required: 0, given: 0, against: 0, open: true },
  ]) {
    expect(asked(gate, old.hash)).toMatchObject({
      state: "untold",
      words: expect.stringContaining("is revision 2, and revision 3 is the newest"),
      revision: 2,
    });
  }
  const unlisted = gateForBytes({ gate: { required: 1, given: 0, against: 0, open: false }, newest }, old.hash, [
    newest,
  ]);
  expect(unlisted).toMatchObject({ state: "closed", words: expect.stringContaining("none of the last 1 revisions") });
});
