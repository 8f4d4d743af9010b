import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Desk } from "./run-cli.ts";

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.remove());

const untidy = "profile x  /usr/bin/x{\n/a   r, # why\n\n\n\tcapability\tchown,/b r,}";
const tidy = "profile x /usr/bin/x {\n  /a r, # why\n\n  capability chown,\n  /b r,\n}\n";
const before = untidy.replace("x{", "x {");

describe("hauberk fmt", () => {
  it("prints a file in the style, and standard input too", () => {
    desk.write("x", before);
    expect(desk.run(["fmt", "x"])).toEqual({ status: 0, out: tidy, errors: "" });
    expect(desk.run(["fmt", "-"], { input: before }).out).toBe(tidy);
    expect(readFileSync(join(desk.folder, "x"), "utf8")).toBe(before);
  });

  it("checks files and changes none", () => {
    desk.write("good", tidy);
    desk.write("bad", before);
    expect(desk.run(["fmt", "--check", "good"])).toEqual({ status: 0, out: "in the style\n", errors: "" });
    expect(desk.run(["fmt", "--check", "good", "bad"])).toEqual({
      status: 1,
      out: "bad: not in the style\n",
      errors: "",
    });
    expect(desk.rows(["fmt", "--check", "bad"])).toMatchObject({
      status: 1,
      rows: [{ path: "bad", formatted: false, text: tidy }],
    });
  });

  it("writes files in place, once", () => {
    desk.write("x", before);
    expect(desk.run(["fmt", "--write", "x"])).toEqual({ status: 0, out: "x: formatted\n", errors: "" });
    expect(readFileSync(join(desk.folder, "x"), "utf8")).toBe(tidy);
    expect(desk.run(["fmt", "--write", "x"]).out).toBe("");
  });

  it("touches nothing that it can't read", () => {
    desk.write("x", "profile x {\n  capability chown\n}\n");
    const { status, out, errors } = desk.run(["fmt", "x"]);
    expect(status).toBe(2);
    expect(out).toBe("");
    expect(errors).toMatch(/^hauberk: x: line 2 can't be read: /u);
    expect(desk.run(["fmt", "nowhere"]).status).toBe(2);
  });

  it("prints one file at a time", () => {
    desk.write("x", tidy);
    expect(desk.run(["fmt", "x", "x"])).toMatchObject({ status: 2, out: "" });
    expect(desk.run(["fmt", "--check", "--write", "x"]).status).toBe(2);
  });
});
