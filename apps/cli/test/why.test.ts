import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Desk } from "./run-cli.ts";

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.remove());

describe("hauberk why", () => {
  it("explains a code with an example", () => {
    const { status, out } = desk.run(["why", "rule/clinging-comma"]);
    expect(status).toBe(0);
    expect(out).toContain("What to do:");
    expect(out).toContain("network inet,stream,");
  });

  it("lists every code", () => {
    const { rows } = desk.rows(["why"]);
    expect(rows).toContainEqual(expect.objectContaining({ code: "lint/shared-tmp" }));
    expect(rows.length).toBeGreaterThan(80);
  });

  it("takes an unknown code for a wrong call and says where the list is", () => {
    const { status, errors } = desk.run(["why", "rule/nonsense"]);
    expect(status).toBe(2);
    expect(errors).toContain("hauberk why lists them");
  });
});
