import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Desk, goodProfile } from "./run-cli.ts";

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.remove());

const profile = `abi <abi/3.0>,
profile x /usr/bin/x {
  include <abstractions/base>
  capability
    setuid,
  owner /srv/** rw,
  deny /srv/ro/** w,
  ^guest { /etc/guest r, }
}
`;

describe("hauberk explain", () => {
  it("gives a row for each line that says something, in the order of the text", () => {
    desk.write("x", profile);
    const { status, rows } = desk.rows(["explain", "x"]);
    expect(status).toBe(0);
    const kinds = ["abi", "profile", "include", "capability", "file", "file", "hat", "file"];
    expect(rows).toEqual(kinds.map((kind) => expect.objectContaining({ kind, file: "x" })));
    expect(rows[3]).toEqual({
      file: "x",
      line: 4,
      rule: "capability setuid,",
      kind: "capability",
      sentence: "May become any user, if it holds the capability `setuid`.",
      danger: "high",
    });
  });

  it("prints a report for people, by subject, with dangers and lines", () => {
    desk.write("x", profile);
    const { status, out, errors } = desk.run(["explain", "x"]);
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    expect(out).toContain(
      "The profile `x` confines `/usr/bin/x`, whichever user starts it, root too; a confined program starts it as its own profile says.",
    );
    expect(out).toMatch(
      /Files it may change\n {4}- medium: .*except to write anything under `\/srv\/ro\/`.*\(lines 6, 7\)/,
    );
    expect(out).toMatch(/high: May become any user.*\(line 4\)/);
    expect(out).toContain("The hat `guest` is for parts of a program under `x`");
  });

  it("speaks only of the file that was named, and of every file of a design", () => {
    desk.write("hauberk.json", '{"format": 1, "name": "two"}');
    desk.write("apparmor.d/a", goodProfile);
    desk.write("apparmor.d/tunables/b", "@{B} = /srv/b\n");
    expect(desk.rows(["explain", "apparmor.d/tunables/b"]).rows).toEqual([
      expect.objectContaining({ file: "apparmor.d/tunables/b", sentence: "`@{B}` stands for `/srv/b`." }),
    ]);
    expect(desk.rows(["explain", "."]).rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ file: "apparmor.d/a", kind: "profile" }),
        expect.objectContaining({ file: "apparmor.d/tunables/b", kind: "variable" }),
      ]),
    );
  });

  it("weighs a rule by what its variables stand for in the design", () => {
    desk.write("hauberk.json", '{"format": 1, "name": "one"}');
    desk.write("apparmor.d/a", "include <tunables/own>\nprofile a /usr/bin/a {\n  @{DATA}/** rw,\n}\n");
    desk.write("apparmor.d/tunables/own", "@{ROOT} = /\n@{DATA} = @{ROOT}\n");
    expect(desk.rows(["explain", "apparmor.d/a"]).rows).toContainEqual(
      expect.objectContaining({ kind: "file", danger: "total", sentence: expect.stringContaining("every file") }),
    );
    expect(desk.run(["explain", "apparmor.d/a"]).out).toContain(
      "- total: May read and write anything under `@{DATA}/`",
    );
  });

  it("says so where a part cannot be read, and explains the rest", () => {
    desk.write("x", "profile x {\n  /a r,\n  /b zz,\n  /c r,\n}\n");
    const { status, rows, errors } = desk.rows(["explain", "x"]);
    expect(status).toBe(2);
    expect(errors).toContain("hauberk parse names them");
    expect(rows).toContainEqual(expect.objectContaining({ line: 2, sentence: "May read `/a`." }));
  });

  it("lets no text of a profile move the cursor", () => {
    desk.write("x", 'profile x {\n  "/a\u001b[2Jb" r,\n}\n');
    expect(desk.run(["explain", "x"]).out).not.toContain("\u001b[2J");
  });
});
