import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { toolchainFolder } from "@hauberk/sandbox";
import { Desk, goodProfile } from "./run-cli.ts";

/** How the sandbox has policy compiled; here the parser is called without any part of Hauberk. */
const compile = ["-S", "-j0", "-K", "-T", "--kernel-features=/etc/apparmor/kernel-features"];

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.remove());

/** A folder that is a Debian 12 as far as policy goes: its parser, its policy tree, its name. */
function debianRoot(): string {
  const root = join(desk.folder, "root");
  cpSync(join(toolchainFolder("debian-12"), "root"), root, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(root, "etc/os-release"), 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\nVERSION_ID="12"\n');
  return root;
}

/** Every file and link below a folder, with its content. */
function treeOf(root: string): string {
  const list = "find . -type f -exec sha256sum {} + -o -type l -printf '%p -> %l\\n' -o -type d -print | sort";
  return execFileSync("sh", ["-c", list], { cwd: root, encoding: "utf8" });
}

describe("a bundle on a Debian 12", () => {
  it("installs what its own parser compiles to the policy of the verdict, and leaves nothing when removed", () => {
    desk.write("net/hauberk.json", '{"format": 1, "name": "net", "targets": ["debian-12"]}');
    desk.write(
      "net/apparmor.d/rustnet",
      goodProfile
        .replace("{\n", "{\n  @{RUSTNET_LOGS}/** rw,\n")
        .replace("<tunables/global>\n", "<tunables/global>\ninclude <tunables/rustnet>\n"),
    );
    desk.write("net/apparmor.d/tunables/rustnet", "@{RUSTNET_LOGS}=/var/log/rustnet\n");
    expect(desk.run(["bundle", "net"]).status).toBe(0);
    execFileSync("tar", ["-xzf", "net.tar.gz"], { cwd: desk.folder });
    const verdicts: { verdicts: { compiled: { sha256: string } }[] } = JSON.parse(
      readFileSync(join(desk.folder, "net/verdicts.json"), "utf8"),
    );
    const root = debianRoot();
    const before = treeOf(root);

    const said = execFileSync("sh", ["net/install.sh", "--root", root], { cwd: desk.folder, encoding: "utf8" });
    expect(said).toContain("for debian-12");
    expect(existsSync(join(root, "etc/apparmor.d/tunables/rustnet"))).toBe(true);
    const policy = execFileSync(
      "bwrap",
      ["--ro-bind", root, "/", "--unshare-all", "/usr/sbin/apparmor_parser", ...compile, "/etc/apparmor.d/rustnet"],
      { maxBuffer: 64 * 1024 * 1024, stdio: ["ignore", "pipe", "ignore"] },
    );
    expect(createHash("sha256").update(policy).digest("hex")).toBe(verdicts.verdicts[0]?.compiled.sha256);

    execFileSync("sh", [join(root, "var/lib/hauberk/net/remove.sh"), "--root", root], { stdio: "pipe" });
    expect(treeOf(root)).toBe(before);
  });
});
