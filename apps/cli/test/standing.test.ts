import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Desk } from "./run-cli.ts";

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.remove());

const profile = `profile p /usr/bin/p {
  /etc/x r,
  network inet dgram peer=(ip=127.0.0.53 port=53),
}
`;

describe("hauberk standing", () => {
  it("gives a row for each rule and target, with files as the person named them", () => {
    desk.write("policy/p", profile);
    const { status, rows } = desk.rows(["standing", "policy/p", "--target", "debian-12,debian-13"]);
    expect(status).toBe(1);
    const rule = "network inet dgram peer=(ip=127.0.0.53 port=53),";
    expect(rows).toContainEqual(
      expect.objectContaining({
        file: "policy/p",
        line: 3,
        rule,
        target: "debian-13",
        standing: "widened",
        becomes: "network inet dgram,",
        detail: expect.stringContaining("no effect here"),
      }),
    );
    expect(rows).toContainEqual(expect.objectContaining({ rule, target: "debian-12", standing: "rejected" }));
    expect(rows).toContainEqual(expect.objectContaining({ rule: "/etc/x r,", standing: "enforced" }));
  });

  it("prints rules by targets, and why one does not hold below it", () => {
    desk.write("p", profile);
    const { status, out } = desk.run(["standing", "p", "--target", "debian-12,debian-13"]);
    expect(status).toBe(1);
    expect(out).toMatch(/^ +3 +rejected +widened +network inet dgram/m);
    expect(out).toMatch(/^ +debian-13: The peer's address and the peer's port have no effect here/m);
    expect(out).toMatch(/\d+ enforced, 1 widened, 0 dropped, 1 rejected, 0 undecided/);
  });

  it("prints what a profile's mode makes of its rules, though the mode is kept", () => {
    desk.write("p", "profile p flags=(unconfined) {\n  /etc/x r,\n}\n");
    const { out } = desk.run(["standing", "p", "--target", "debian-13"]);
    expect(out).toMatch(/^ +1 +enforced +profile p\n +debian-13: As its mode `unconfined` says, this profile refuses/m);
    expect(out).toMatch(/enforced +flag unconfined$/m);
  });

  it("ends with 0 where all is enforced, and 2 where nobody could tell", () => {
    desk.write("p", "profile p /usr/bin/p {\n  /etc/x r,\n}\n");
    expect(desk.run(["standing", "p", "--target", "debian-12"]).status).toBe(0);
    expect(desk.run(["standing", "p", "--target", "debian-1"]).status).toBe(2);
  });
});
