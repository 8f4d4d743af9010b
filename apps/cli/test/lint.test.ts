import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Desk, goodProfile } from "./run-cli.ts";

const files = (out: string) => [...new Set(out.match(/^apparmor\.d\/[ab](?=:)/gm))];

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.remove());

function withRule(rule: string): string {
  return goodProfile.replace(/\}\s*$/, `  ${rule}\n}\n`);
}

describe("hauberk lint", () => {
  it("names the traps in a file, with rule, place and quick fixes", () => {
    desk.write("x", "profile x /usr/bin/x {\n  deny network,\n  network inet stream,\n}\n");
    const { status, rows } = desk.rows(["lint", "x"]);
    expect(status).toBe(1);
    expect(rows).toContainEqual(
      expect.objectContaining({
        file: "x",
        line: 2,
        column: expect.any(Number),
        rule: expect.stringMatching(/^lint\//),
        severity: expect.stringMatching(/error|warning/),
        message: expect.any(String),
      }),
    );
    const { out } = desk.run(["lint", "x"]);
    expect(out).toMatch(/^x:2:\d+: (error|warning): .* \[lint\//m);
  });

  it("has nothing to say about a sound profile", () => {
    desk.write("apparmor.d/rustnet", goodProfile);
    desk.write("hauberk.json", '{"format": 1, "name": "rustnet"}');
    expect(desk.rows(["lint", "."])).toEqual({ status: 0, rows: [], errors: "" });
  });

  it("speaks only of the file that was named, and of every file of a directory", () => {
    desk.write("hauberk.json", '{"format": 1, "name": "two"}');
    desk.write("apparmor.d/a", "profile a { deny network, network inet, }\n");
    desk.write("apparmor.d/b", "profile b { deny network, network inet, }\n");
    expect(files(desk.run(["lint", "apparmor.d/b"]).out)).toEqual(["apparmor.d/b"]);
    expect(files(desk.run(["lint", "."]).out)).toEqual(["apparmor.d/a", "apparmor.d/b"]);
  });

  it("knows what the design's own target brings, as the designer does", () => {
    desk.write("hauberk.json", '{"format": 1, "name": "known", "targets": ["debian-12"]}');
    desk.write("apparmor.d/rustnet", withRule("/usr/bin/lsb_release Px -> lsb_release,"));
    expect(desk.rows(["lint", "."])).toEqual({ status: 0, rows: [], errors: "" });
    desk.write("apparmor.d/rustnet", withRule("/usr/bin/less Px -> nowhere,"));
    expect(desk.run(["lint", "."]).out).toContain("neither the design nor the target has a profile");
  });
});
