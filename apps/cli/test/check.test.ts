import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Desk, goodProfile } from "./run-cli.ts";

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.remove());

describe("hauberk targets", () => {
  it("lists each target, whether it can be used, and why not", () => {
    const { status, rows } = desk.rows(["targets"]);
    expect(status).toBe(0);
    expect(rows).toContainEqual(
      expect.objectContaining({
        id: "debian-12",
        usable: true,
        why: null,
        parser: "3.0.8",
        kernel: expect.any(String),
      }),
    );
    expect(rows).toContainEqual(expect.objectContaining({ id: "host", usable: expect.any(Boolean) }));
    expect(desk.run(["targets"]).out).toMatch(/^debian-12 +usable /m);
  });
});

describe("hauberk check", () => {
  it("gives the verdict of the target's own parser, with the hash of what it compiled", () => {
    desk.write("rustnet", goodProfile);
    const { status, rows } = desk.rows(["check", "rustnet", "--target", "debian-12"]);
    expect({ status, rows }).toEqual({
      status: 0,
      rows: [
        expect.objectContaining({
          target: "debian-12",
          verdict: "accepted",
          lowered: null,
          reason: null,
          parser: "3.0.8",
          diagnostics: expect.any(Array),
          compiled: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), size: expect.any(Number) },
        }),
      ],
    });
    const { out } = desk.run(["check", "rustnet", "--target", "debian-12"]);
    expect(out).toMatch(/^rustnet: accepted on debian-12 apparmor_parser 3\.0\.8/m);
  });

  it("keeps to the source, and says where what would ship is accepted", () => {
    desk.write("low", "abi <abi/3.0>,\nprofile low /usr/bin/low {\n  userns,\n  /etc/x r,\n}\n");
    const { status, out } = desk.run(["check", "low", "--target", "debian-12"]);
    expect(status).toBe(1);
    expect(out).toMatch(/^low: rejected on debian-12.*\n {4}accepted as lowered/mu);
    expect(desk.rows(["check", "low", "--target", "debian-12"]).rows).toMatchObject([{ lowered: "accepted" }]);
  });

  it("places the parser's complaint as compilers do", () => {
    desk.write("sub/bad", goodProfile.replace("net_raw,", "net_raw"));
    const { status, out } = desk.run(["check", "sub/bad", "--target", "debian-12"]);
    expect(status).toBe(1);
    expect(out).toMatch(/^sub\/bad:\d+(:\d+)?: error: .*syntax error/m);
    expect(out).toMatch(/^sub\/bad: rejected on debian-12/m);
    const [row] = desk.rows(["check", "sub/bad", "--target", "debian-12"]).rows;
    expect(row).toMatchObject({
      verdict: "rejected",
      compiled: null,
      diagnostics: [{ file: "sub/bad", severity: "error" }],
    });
  });

  it("reads standard input, and checks for several targets", () => {
    const { status, rows } = desk.rows(["check", "-", "--target", "debian-12,no-such-1"], { input: goodProfile });
    expect(status).toBe(2);
    expect(rows).toMatchObject([
      { target: "debian-12", verdict: "accepted" },
      { target: "no-such-1", verdict: "undecided", reason: "unknown_target", compiled: null },
    ]);
  });

  it("checks a file together with its design, for the design's targets", () => {
    desk.write("net/hauberk.json", '{"format": 1, "name": "net", "targets": ["debian-12"]}');
    desk.write("net/apparmor.d/rustnet", goodProfile.replace("/usr/bin/rustnet", "@{RUSTNET}"));
    desk.write("net/apparmor.d/tunables/xdg-user-dirs.d/rustnet", "@{RUSTNET}=/usr/bin/rustnet\n");
    desk.write("net/apparmor.d/local/rustnet", "broken");
    const alone = desk.run(["check", "rustnet"], { env: { INIT_CWD: `${desk.folder}/net/apparmor.d` } });
    expect(alone.status).toBe(0);
    expect(alone.errors).toContain("local is left out: local/ belongs to the machine");
  });
});
