import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeElf } from "../../../packages/core/src/draft/made-elf.test-data.ts";
import { larder, makePackage } from "../../../packages/core/src/draft/made-package.test-data.ts";
import { Desk } from "./run-cli.ts";

let desk: Desk;
beforeEach(async () => {
  desk = new Desk();
  desk.write("larder.deb", await makePackage(larder));
});
afterEach(() => desk.remove());

describe("hauberk draft", () => {
  it("prints the profile, and beside it what is not known and what was left out", () => {
    const { status, out, errors } = desk.run(["draft", "larder.deb"]);
    expect(status).toBe(0);
    expect(out).toContain("profile larderd /usr/sbin/larderd flags=(attach_disconnected, complain) {");
    expect(out).toContain("  # StateDirectory= of larder.service");
    expect(errors).toContain("there are other programs: /usr/bin/larderctl");
    expect(errors).toContain("/dev/shelf[0-9]* rw,");
  });

  it("writes a design that lint has no error in, and never over another", () => {
    const call = ["draft", "larder.deb", "--out", "made", "--enforce", "--program", "/usr/sbin/larderd"];
    const both = [...call, "--program", "/usr/bin/larderctl"];
    expect(desk.run(both).status).toBe(0);
    expect(existsSync(join(desk.folder, "made/hauberk.json"))).toBe(true);
    expect(readFileSync(join(desk.folder, "made/apparmor.d/usr.bin.larderctl"), "utf8")).not.toContain("complain");
    const { rows } = desk.rows(["lint", "made"]);
    expect(rows).not.toContainEqual(expect.objectContaining({ severity: "error" }));
    const again = desk.run(both);
    expect(again.status).toBe(2);
    expect(again.errors).toContain("a file stands where");
  });

  it("gives every line with its certainty and reasons as JSON", () => {
    const { status, rows } = desk.rows(["draft", "larder.deb", "--unsure"]);
    expect(status).toBe(0);
    expect(rows).toEqual([
      expect.objectContaining({
        program: "/usr/sbin/larderd",
        profile: "larderd",
        path: "apparmor.d/usr.sbin.larderd",
        text: expect.stringContaining("/dev/shelf[0-9]* rw,"),
        lines: expect.arrayContaining([
          expect.objectContaining({ text: "/run/larder/{,**} rwk,", certainty: "sure", taken: true }),
          expect.objectContaining({ text: "/dev/shelf[0-9]* rw,", certainty: "unsure", taken: true }),
        ]),
      }),
    ]);
  });

  it("takes a unit with its program, and a list of installed files", () => {
    desk.write("pot.service", "[Service]\nExecStart=/opt/pot/potd\nRuntimeDirectory=pot\n");
    desk.write("potd", makeElf({ imports: ["chroot"] }));
    const { out } = desk.run(["draft", "pot.service", "potd"]);
    expect(out).toContain("profile potd /opt/pot/potd");
    expect(out).toContain("capability sys_chroot,");
    const listed = desk.run(["draft", "--files-from", "-"], {
      input: "/usr\n/usr/sbin/gone-daemon\n/etc/gone-daemon/x.conf\n",
    });
    expect(listed.status).toBe(0);
    expect(listed.out).toContain("profile gone-daemon /usr/sbin/gone-daemon");
    expect(listed.out).toContain("/etc/gone-daemon/{,**} r,");
    expect(listed.errors).toContain("nothing is known of its libraries");
  });

  it("passes over what dpkg -L says of diversions", () => {
    const input = "/.\n/usr/sbin/gone-daemon\npackage diverts others to: /usr/sbin/gone-daemon.distrib\n";
    const { status, out, errors } = desk.run(["draft", "--files-from", "-"], { input });
    expect(status).toBe(0);
    expect(out).toContain("profile gone-daemon /usr/sbin/gone-daemon");
    expect(errors).toContain(
      "`package diverts others to: /usr/sbin/gone-daemon.distrib` in the list is no absolute path",
    );
  });

  it("gives a script a profile without the path of its interpreter, and names no folder of the drafter's", () => {
    desk.write("web.service", "[Service]\nExecStart=/usr/bin/node /opt/web/main.js\nStateDirectory=web\n");
    desk.write("main.js", "read('/etc/web.json')\n");
    const given = [join(desk.folder, "web.service"), join(desk.folder, "main.js")];
    const { status, out, errors } = desk.run(["draft", ...given]);
    expect(status).toBe(0);
    expect(out).toContain("\nprofile web flags=(complain) {");
    expect(out).toContain("# StateDirectory= of web.service (/etc/systemd/system/web.service:3)");
    expect(out).not.toContain(desk.folder);
    expect(errors).toContain("Write `AppArmorProfile=web` into `[Service]` of web.service");
  });

  it("says why a unit tells no program, and takes the one that is named", () => {
    desk.write("pot.service", "[Service]\nExecStart=potd --now\nStateDirectory=pot\n");
    expect(desk.run(["draft", "pot.service"])).toMatchObject({
      status: 2,
      errors: expect.stringContaining("`pot.service` starts `potd` by its bare name"),
    });
    const named = desk.run(["draft", "pot.service", "--program", "/usr/sbin/potd"]);
    expect(named.out).toContain("profile potd /usr/sbin/potd");
    expect(named.out).toContain("/var/lib/pot/{,**} rwk,");
  });

  it("compares with a profile that there is: 1 where something is missed", () => {
    desk.write("theirs", "/usr/sbin/larderd {\n  capability setuid,\n  capability sys_time,\n}\n");
    const { status, out } = desk.run(["draft", "larder.deb", "--compare", "theirs"]);
    expect(status).toBe(1);
    expect(out).toMatch(/missed 1: .*\n {2}capability sys_time, {2}line 3/);
    desk.write("theirs", "/usr/sbin/larderd {\n  capability setuid,\n}\n");
    const fine = desk.rows(["draft", "larder.deb", "--compare", "theirs"]);
    expect(fine.status).toBe(0);
    expect(fine.rows).toContainEqual(expect.objectContaining({ match: "found", text: "capability setuid,", line: 2 }));
  });

  it("says what is wrong with a call or a file", () => {
    desk.write("no.deb", "!<arch>\nnothing of the kind");
    expect(desk.run(["draft", "no.deb"])).toMatchObject({
      status: 2,
      errors: expect.stringContaining("can't be read as a package"),
    });
    desk.write(
      "random.deb",
      new Uint8Array(300).map((_, index) => (index * 37) % 256),
    );
    expect(desk.run(["draft", join(desk.folder, "random.deb")])).toMatchObject({
      status: 2,
      errors: expect.stringContaining("`random.deb` is no Debian package"),
    });
    expect(desk.run(["draft", "none.deb"])).toMatchObject({
      status: 2,
      errors: expect.stringContaining("no such file"),
    });
    expect(desk.run(["draft"])).toMatchObject({ status: 2, errors: expect.stringContaining("nothing was named") });
    const relative = desk.run(["draft", "larder.deb", "--program", "larderd"]);
    expect(relative).toMatchObject({ status: 2, errors: expect.stringContaining("absolute path") });
  });
});
