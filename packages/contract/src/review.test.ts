import { describe, expect, test } from "vitest";
import { eventNumberSchema, newApprovalSchema, newCommentSchema } from "./review.ts";

const comment = (text: string): boolean => newCommentSchema.safeParse({ revision: 1, text }).success;

const errors = (body: object): string[] | undefined =>
  newCommentSchema.safeParse({ revision: 1, text: "x", ...body }).error?.issues.map(({ path }) => path.join("."));

describe("comments and notes", () => {
  test("hold any lines that somebody can read", () => {
    expect(comment("Why `/tmp/**`?\r\n\n\t- مرحبا\n\t- 👩‍🚀")).toBe(true);
    expect([comment(" \n"), comment("\ud800"), comment("a\u0000b"), comment("\u001b[31mred")]).toEqual(
      Array(4).fill(false),
    );
    const decision = { revision: 1, hash: "0".repeat(64), decision: "approve" };
    expect(newApprovalSchema.safeParse({ ...decision, note: "fine\nnow" }).success).toBe(true);
    expect(newApprovalSchema.safeParse({ ...decision, note: "fine\u0000" }).success).toBe(false);
  });

  test("a suggestion needs a rule, and a reply stands where its thread does", () => {
    const anchor = { revision: 1, file: "apparmor.d/a", profile: null, start: 0, end: 1, text: "a" };
    expect(errors({ suggestion: "" })).toEqual(["suggestion"]);
    expect(errors({ suggestion: "", anchor })).toBeUndefined();
    expect(errors({ thread: "a", anchor })).toEqual(["anchor"]);
  });
});

test("an event is named by a whole number alone", () => {
  expect(eventNumberSchema.parse("0017")).toBe(17);
  for (const text of ["", "-1", "1.5", "1e3", " 1", "99999999999"]) {
    expect([text, eventNumberSchema.safeParse(text).success]).toEqual([text, false]);
  }
});
