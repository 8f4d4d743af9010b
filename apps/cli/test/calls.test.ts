import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Desk, goodProfile } from "./run-cli.ts";

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.remove());

describe("hauberk, called", () => {
  it.each([
    { args: ["diff"], says: "the command `diff` is not there yet" },
    { args: ["frobnicate"], says: "there is no command `frobnicate`" },
    { args: ["--frobnicate"], says: "unknown option '--frobnicate'" },
    { args: ["parse", "--frobnicate"], says: "unknown option '--frobnicate'" },
    { args: ["parse"], says: "no file was named" },
    { args: ["parse", "-", "--files-from", "-"], says: "standard input can be read only once" },
    {
      args: ["parse", "--files-from", "missing"],
      says: "cannot read the list of files missing: there is no such file",
    },
    { args: ["lint", "missing"], says: "cannot read missing: there is no such file" },
    { args: ["check", "profile"], says: "no target was named; say --target ID" },
    { args: ["check", "."], says: ". is a directory, and neither it nor one above it holds hauberk.json" },
    { args: ["bundle"], says: "missing required argument 'DIR'" },
    { args: ["bundle", "profile", "--format", "rar"], says: "there are tar.gz and zip" },
    { args: ["bundle", "broken"], says: "broken/hauberk.json:1:" },
  ])("says what is wrong with $args and ends with 2", ({ args, says }) => {
    desk.write("profile", goodProfile);
    desk.write("broken/hauberk.json", "{");
    const { status, out, errors } = desk.run(args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(errors).toContain(says);
    for (const line of errors.trim().split("\n")) expect(line).toMatch(/^hauberk: /);
  });

  it.each([["parse"], ["check"], ["lint"], ["targets"], ["bundle"]])("explains %s with examples", (command) => {
    const { status, out, errors } = desk.run([command, "--help"]);
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    expect(out).toContain(`Examples:\n  hauberk ${command}`);
    expect(out).toContain("Exit status:");
  });

  it("lists its commands when called with nothing, and with --help", () => {
    expect(desk.run([])).toMatchObject({ status: 2, out: "" });
    expect(desk.run(["--help"])).toMatchObject({ status: 0, errors: "" });
  });

  it("ends quietly where the reader of its answer has gone", () => {
    desk.write("list", "missing\n".repeat(5000));
    const { out, errors } = desk.shell("hauberk parse --files-from list | head -n 1; echo $PIPESTATUS");
    expect(out.trim().split("\n").at(-1)).toBe("2");
    expect(errors).toBe("");
  });

  it("colours only for a terminal", () => {
    desk.write("profile", goodProfile);
    expect(desk.run(["parse", "profile"], { env: { NO_COLOR: "" } }).out).toBe("profile: ok\n");
  });
});
