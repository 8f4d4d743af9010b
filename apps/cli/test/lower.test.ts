import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Desk, goodProfile } from "./run-cli.ts";

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.remove());

const rule = "network inet dgram peer=(ip=127.0.0.53 port=53),";
const profile = `abi <abi/3.0>,\nprofile x /usr/bin/x {\n  ${rule}\n}\n`;

describe("hauberk lower", () => {
  it("prints the text that is shipped, says what is lost, and answers no", () => {
    desk.write("x", profile);
    const { status, out, errors } = desk.run(["lower", "x", "--target", "debian-12"]);
    expect(status).toBe(1);
    expect(out).toMatch(/^# Lowered by Hauberk for debian-12/u);
    expect(out).toContain("\n  network inet dgram,\n}");
    expect(errors).toContain("No Debian kernel up to 7.2 can allow DNS over UDP");
    expect(errors).toContain("nobody has chosen yet");
  });

  it("gives a row for each file and target, with the answers that are offered", () => {
    desk.write("x", profile);
    const { status, rows } = desk.rows(["lower", "x", "--target", "debian-12"]);
    expect(status).toBe(1);
    expect(rows).toEqual([
      expect.objectContaining({
        target: "debian-12",
        path: "apparmor.d/x",
        lost: [expect.objectContaining({ line: 3, rule, instead: "network inet dgram,", choice: "default" })],
      }),
    ]);
  });

  it("prints a text in which nothing is lost byte for byte, and answers yes", () => {
    desk.write("x", goodProfile);
    const { status, out } = desk.run(["lower", "x", "--target", "debian-12"]);
    expect([status, out]).toEqual([0, goodProfile]);
  });

  it("is undecided where the target is not known", () => {
    desk.write("x", profile);
    expect(desk.run(["lower", "x", "--target", "debian-99"]).status).toBe(2);
  });
});
