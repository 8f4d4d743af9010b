import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Desk, goodProfile } from "./run-cli.ts";

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
  desk.write("net/hauberk.json", '{"format": 1, "name": "net", "targets": ["debian-12"]}');
  desk.write("net/apparmor.d/rustnet", goodProfile);
});
afterEach(() => desk.remove());

const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

describe("hauberk bundle", () => {
  it("writes archives whose size and hash it tells, the same ones again", () => {
    const first = desk.rows(["bundle", "net", "--format", "tar.gz,zip", "--out", "dist/one"]);
    expect(first.status).toBe(0);
    expect(first.rows).toEqual(
      ["dist/one/net.tar.gz", "dist/one/net.zip"].map((path) => ({
        path,
        size: readFileSync(join(desk.folder, path)).length,
        sha256: sha256(join(desk.folder, path)),
        targets: ["debian-12"],
        leftOut: [],
      })),
    );
    const second = desk.run(["bundle", "net/apparmor.d/rustnet", "--out", "dist/two"], { env: { TZ: "Asia/Tokyo" } });
    expect(second.status).toBe(0);
    expect(second.out).toContain(sha256(join(desk.folder, "dist/one/net.tar.gz")));
    expect(readdirSync(join(desk.folder, "dist/two"))).toEqual(["net.tar.gz"]);
  });

  it("holds what the real parser accepts, as it is to lie", () => {
    desk.run(["bundle", "net", "--out", "dist"]);
    execFileSync("tar", ["-xzf", "dist/net.tar.gz"], { cwd: desk.folder });
    const policy = readFileSync(join(desk.folder, "net/targets/debian-12/etc/apparmor.d/rustnet"), "utf8");
    expect(policy).toBe(goodProfile);
    execFileSync("sha256sum", ["--check", "--quiet", "--strict", "SHA256SUMS"], { cwd: join(desk.folder, "net") });
    const verdicts = readFileSync(join(desk.folder, "net/verdicts.json"), "utf8");
    expect(verdicts).toContain('"verdict": "accepted"');
    expect(verdicts).not.toMatch(/millisecond|duration|host/i);
  });

  it("writes nothing where no target accepts, and says why", () => {
    desk.write("net/apparmor.d/rustnet", "profile {\n");
    const { status, out, errors } = desk.run(["bundle", "net", "--out", "dist"]);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(errors).toContain("no target accepts the design");
    expect(errors).toContain("debian-12: its parser rejects the design");
    expect(existsSync(join(desk.folder, "dist"))).toBe(false);
  });

  it("leaves out a target without a verdict, says so, and ends with 2", () => {
    const { status, rows, errors } = desk.rows(["bundle", "net", "--target", "debian-12,no-such-1"]);
    expect(status).toBe(2);
    expect(rows).toMatchObject([{ path: "net.tar.gz", targets: ["debian-12"], leftOut: [{ target: "no-such-1" }] }]);
    expect(errors).toContain("no-such-1 is left out");
  });

  it("says what a machine must have in local/ before the bundle installs", () => {
    desk.write("net/apparmor.d/rustnet", goodProfile.replace("if exists <local", "<local"));
    const { status, errors } = desk.run(["bundle", "net", "--out", "dist"]);
    expect(status).toBe(0);
    expect(errors).toContain("includes `local/rustnet`, which must be on the machine");
  });

  it("follows no link out of a design that came from somebody else", () => {
    desk.write("secret/key", "profile x { }\n");
    desk.write("odd/hauberk.json", '{"format": 1, "name": "odd", "targets": ["debian-12"]}');
    symlinkSync("../secret", join(desk.folder, "odd/apparmor.d"));
    expect(desk.run(["bundle", "odd"])).toMatchObject({ status: 2, errors: expect.stringContaining("symbolic link") });
    symlinkSync("../../../secret/key", join(desk.folder, "net/apparmor.d/linked"));
    expect(desk.run(["bundle", "net"])).toMatchObject({ status: 0, errors: expect.stringContaining("is left out") });
    expect(execFileSync("tar", ["-tzf", "net.tar.gz"], { cwd: desk.folder, encoding: "utf8" })).not.toContain("linked");
  });

  it("bundles a lone file under its own name", () => {
    desk.write("alone", goodProfile);
    expect(desk.rows(["bundle", "alone", "--target", "debian-12"])).toMatchObject({
      status: 0,
      rows: [{ path: "alone.tar.gz" }],
    });
  });

  it("refuses a place where it cannot write", () => {
    desk.write("file", "");
    const { status, errors } = desk.run(["bundle", "net", "--out", "file"]);
    expect(status).toBe(2);
    expect(errors).toContain("cannot write file/net.tar.gz");
  });

  it("ships to each target what it can have, which its own parser compiles", () => {
    const rules =
      "userns,\n  network (connect) inet stream,\n  network inet dgram peer=(ip=127.0.0.53 port=53),\n  /etc/x r,";
    const ids = ["debian-12", "debian-13", "debian-sid"];
    desk.write("low/hauberk.json", JSON.stringify({ format: 1, name: "low", targets: ids }));
    desk.write("low/apparmor.d/low", `abi <abi/4.0>,\nprofile low /usr/bin/low {\n  ${rules}\n}\n`);
    const { status, rows, errors } = desk.rows(["bundle", "low", "--out", "dist"]);
    expect(status).toBe(0);
    expect(rows).toMatchObject([{ targets: ids, leftOut: [] }]);
    expect(errors).toContain("debian-12 ships lowered: 3 rules or parts are lost");
    execFileSync("tar", ["-xzf", "dist/low.tar.gz"], { cwd: desk.folder });
    const text = (path: string): string => readFileSync(join(desk.folder, "low", path), "utf8");
    for (const id of ids) {
      // What lies in the bundle is judged as it lies there, each by its own parser.
      const shipped = text(`targets/${id}/etc/apparmor.d/low`);
      expect(desk.run(["check", "--target", id, "-"], { input: shipped }).status).toBe(0);
      expect(text("lowering.md")).toContain(`## \`${id}\``);
    }
    expect(text("targets/debian-12/etc/apparmor.d/low")).toContain("\n  network inet stream,\n");
    expect(text("targets/debian-sid/etc/apparmor.d/low")).toContain("\n  userns,\n");
    const standing: unknown = JSON.parse(text("standing.json"));
    expect(standing).toMatchObject({
      targets: ids.map((target) => ({ target, asked: true, counts: { rejected: 0 } })),
    });
  });
});
