import { mkdirSync, symlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Bundle } from "../bundle-file.ts";
import { makeBundle } from "../make-bundle.ts";
import type { BundleVerdict } from "../verdict-report.ts";
import { TestMachine } from "../test/install-machine.test-data.ts";

const accepted = (target: string): BundleVerdict => ({
  target,
  verdict: "accepted",
  reason: null,
  summary: "accepted",
  parser: "3.0.8",
  kernel: "6.1",
  diagnostics: [],
  compiled: null,
});

const profile = (name: string, inside = "") =>
  `abi <abi/3.0>,\ninclude <tunables/global>\n\nprofile ${name} /usr/bin/${name} flags=(complain) {\n` +
  `  include <abstractions/base>\n${inside}  include if exists <local/${name}>\n}\n`;

const withoutPreamble = (text: string) => text.slice(text.indexOf("profile"));

function bundleOf(files: Record<string, string>, name = "rustnet", targets = ["debian-12"]): Bundle {
  const design = { name, files: Object.entries(files).map(([path, text]) => ({ path: `apparmor.d/${path}`, text })) };
  const outcome = makeBundle({ design, targets, verdicts: targets.map(accepted) });
  if (!outcome.ok) throw new Error(outcome.problems.join("\n"));
  return outcome.bundle;
}

const first = bundleOf({
  rustnet: profile("rustnet"),
  "tunables/rustnet.d/logs": "@{RUSTNET_LOG_DIR}=/var/log/rustnet\n",
});

let machine: TestMachine;
afterEach(() => machine.remove());

function install(...options: string[]) {
  return machine.run("dash", "rustnet/install.sh", ...options);
}

describe("install.sh without loading", () => {
  it("puts the files in place, remembers them, and remove.sh takes all of it away", () => {
    machine = new TestMachine();
    const before = machine.snapshot();
    machine.unpack(first);
    expect(install("--no-load")).toMatchObject({ status: 0, errors: "" });
    expect(machine.read("etc/apparmor.d/rustnet")).toBe(profile("rustnet"));
    expect(machine.read("etc/apparmor.d/tunables/rustnet.d/logs")).toContain("RUSTNET_LOG_DIR");
    expect(machine.read("lib/hauberk/rustnet/record")).toContain("target debian-12\n");

    const removed = machine.run("dash", "/var/lib/hauberk/rustnet/remove.sh");
    expect(removed).toMatchObject({ status: 0, errors: "" });
    expect(removed.out).toContain("removed    /etc/apparmor.d/rustnet\n");
    expect(machine.snapshot()).toBe(before);
  });

  it("changes nothing when called again", () => {
    machine = new TestMachine();
    machine.unpack(first);
    install("--no-load");
    const before = machine.snapshot();
    const again = install("--no-load");
    expect(again.status).toBe(0);
    expect(again.out).toContain("unchanged  /etc/apparmor.d/rustnet\n");
    expect(machine.snapshot()).toBe(before);
  });

  it("updates what it installed, and takes away what the new version has no more", () => {
    machine = new TestMachine();
    machine.unpack(bundleOf({ rustnet: profile("rustnet"), old: profile("old"), "tunables/gone.d/x": "@{GONE}=/x\n" }));
    install("--no-load");
    const changed = profile("rustnet", "  capability net_raw,\n");
    machine.unpack(bundleOf({ rustnet: changed, new: profile("new") }));
    const run = install("--no-load");
    expect(run.status).toBe(0);
    expect(machine.read("etc/apparmor.d/rustnet")).toBe(changed);
    expect(machine.has("etc/apparmor.d/new")).toBe(true);
    expect(machine.has("etc/apparmor.d/old")).toBe(false);
    expect(run.out).toContain("removed    /etc/apparmor.d/old\n");
    expect(machine.run("dash", "rustnet/remove.sh").status).toBe(0);
    expect(machine.has("etc/apparmor.d/new")).toBe(false);
    expect(machine.has("etc/apparmor.d/tunables/gone.d")).toBe(false);
  });

  it("names and leaves a file that it did not install", () => {
    machine = new TestMachine();
    machine.write("etc/apparmor.d/rustnet", "# mine\n");
    const before = machine.snapshot();
    machine.unpack(first);
    const run = install("--no-load");
    expect(run.status).toBe(1);
    expect(run.errors).toContain("/etc/apparmor.d/rustnet is there already and was not installed by this bundle");
    expect(machine.snapshot()).toBe(before);
  });

  it("leaves a file of equal bytes to whoever put it there", () => {
    machine = new TestMachine();
    machine.write("etc/apparmor.d/rustnet", profile("rustnet"));
    machine.unpack(first);
    expect(install("--no-load").status).toBe(0);
    expect(machine.run("dash", "rustnet/remove.sh").status).toBe(0);
    expect(machine.read("etc/apparmor.d/rustnet")).toBe(profile("rustnet"));
  });

  it("names and leaves a file that was changed since, when installing and when removing", () => {
    machine = new TestMachine();
    machine.unpack(first);
    install("--no-load");
    machine.write("etc/apparmor.d/rustnet", `${profile("rustnet")}# mine\n`);
    const before = machine.snapshot();
    machine.unpack(bundleOf({ rustnet: profile("rustnet", "  capability chown,\n") }));
    const run = install("--no-load");
    expect(run.status).toBe(1);
    expect(run.errors).toContain("/etc/apparmor.d/rustnet was changed after this bundle installed it");
    expect(machine.snapshot()).toBe(before);

    const removal = machine.run("dash", "rustnet/remove.sh");
    expect(removal.status).toBe(1);
    expect(removal.out).toContain("left       /etc/apparmor.d/rustnet\n");
    expect(removal.out).toContain("removed    /etc/apparmor.d/tunables/rustnet.d/logs\n");
    expect(machine.read("etc/apparmor.d/rustnet")).toContain("# mine");

    machine.write("etc/apparmor.d/rustnet", profile("rustnet"));
    expect(machine.run("dash", "rustnet/remove.sh").status).toBe(0);
    expect(machine.has("etc/apparmor.d/rustnet")).toBe(false);
  });

  it("keeps a changed file of an earlier version that the new one has no more", () => {
    machine = new TestMachine();
    machine.unpack(bundleOf({ rustnet: profile("rustnet"), old: profile("old") }));
    install("--no-load");
    machine.write("etc/apparmor.d/old", `${profile("old")}# mine\n`);
    machine.unpack(first);
    const run = install("--no-load");
    expect(run.status).toBe(0);
    expect(run.errors).toContain("/etc/apparmor.d/old belongs to an earlier version and was changed since");
    expect(machine.read("etc/apparmor.d/old")).toContain("# mine");
  });

  it("refuses a bundle that is not as it was made, before it looks at anything else", () => {
    machine = new TestMachine();
    const before = machine.snapshot();
    machine.unpack(first);
    machine.write("work/rustnet/targets/debian-12/etc/apparmor.d/rustnet", profile("rustnet", "  file,\n"));
    rmSync(join(machine.folder, "work/rustnet/README.md"));
    const run = install("--no-load");
    expect(run.status).toBe(1);
    expect(run.errors).toContain("changed: targets/debian-12/etc/apparmor.d/rustnet");
    expect(run.errors).toContain("missing: README.md");
    expect(machine.snapshot()).toBe(before);
  });

  it("installs only what the checksums name, and never a path that leads elsewhere", () => {
    machine = new TestMachine();
    machine.unpack(first);
    machine.write("work/rustnet/targets/debian-12/etc/apparmor.d/stowaway", profile("stowaway"));
    expect(install("--no-load").status).toBe(0);
    expect(machine.has("etc/apparmor.d/stowaway")).toBe(false);

    const sums = machine.read("work/rustnet/SHA256SUMS");
    machine.write("work/rustnet/SHA256SUMS", `${sums}${"0".repeat(64)}  targets/debian-12/etc/../../../x\n`);
    expect(install("--no-load")).toMatchObject({ status: 1 });
  });

  it("says what it would do, and does nothing, with --dry-run", () => {
    machine = new TestMachine();
    const before = machine.snapshot();
    machine.unpack(first);
    const run = install("--no-load", "--dry-run");
    expect(run.status).toBe(0);
    expect(run.out).toContain("new        /etc/apparmor.d/rustnet\n");
    expect(machine.snapshot()).toBe(before);
    install("--no-load");
    const installed = machine.snapshot();
    const removal = machine.run("dash", "rustnet/remove.sh", "--dry-run");
    expect(removal.out).toContain("  /etc/apparmor.d/rustnet\n");
    expect(machine.snapshot()).toBe(installed);
  });

  it.each([
    ['ID=fedora\nVERSION_ID="44"\n', "this system is fedora-44 and the bundle is for debian-12 only"],
    ['PRETTY_NAME="Debian GNU/Linux forky/sid"\nID=debian\n', "this system is debian-sid"],
    ["ID='ubuntu'\nVERSION_ID=\"24.04\"\n", "this system is ubuntu-24.04"],
    ["ID=../../x\nVERSION_ID=$(touch /etc/apparmor.d/pwned)\n", "this system is ../../x-$(touch"],
  ])("refuses a system that the bundle is not for: %j", (osRelease, message) => {
    machine = new TestMachine({ osRelease });
    const before = machine.snapshot();
    machine.unpack(first);
    const run = install("--no-load");
    expect(run.status).toBe(1);
    expect(run.errors).toContain(message);
    expect(machine.snapshot()).toBe(before);
  });

  it("takes the target it is told", () => {
    machine = new TestMachine({ osRelease: "ID=linuxmint\n" });
    machine.unpack(bundleOf({ rustnet: profile("rustnet") }, "rustnet", ["debian-12", "ubuntu-24.04"]));
    expect(install("--no-load", "--target", "debian-13")).toMatchObject({ status: 2 });
    expect(install("--no-load", "--target=../targets/debian-12")).toMatchObject({ status: 2 });
    expect(install("--no-load", "--target", "ubuntu-24.04").status).toBe(0);
    expect(machine.read("lib/hauberk/rustnet/record")).toContain("target ubuntu-24.04\n");
  });

  it("refuses policy that this machine's parser refuses, with the machine's own local additions", () => {
    machine = new TestMachine();
    machine.write("etc/apparmor.d/local/rustnet", "this is no rule\n");
    const before = machine.snapshot();
    machine.unpack(first);
    const run = install("--no-load");
    expect(run.status).toBe(1);
    expect(run.errors).toContain("apparmor_parser refuses etc/apparmor.d/rustnet");
    expect(run.errors).toContain("syntax error");
    expect(machine.snapshot()).toBe(before);
  });

  it("says what is missing in local/ and the way out, makes nothing there, and installs once it is there", () => {
    machine = new TestMachine();
    const needy = profile("needy", "  #include <local/needy-own>\n");
    machine.unpack(bundleOf({ needy }));
    const before = machine.snapshot();
    const run = install("--no-load");
    expect(run.status).toBe(1);
    expect(run.errors).toContain("etc/apparmor.d/needy includes <local/needy-own>, which belongs to the machine");
    expect(run.errors).toContain("touch /etc/apparmor.d/local/needy-own");
    expect(machine.snapshot()).toBe(before);
    machine.write("etc/apparmor.d/local/needy-own", "");
    expect(install("--no-load")).toMatchObject({ status: 0, errors: "" });
    expect(machine.run("dash", "/var/lib/hauberk/rustnet/remove.sh").status).toBe(0);
    expect(machine.has("etc/apparmor.d/local/needy-own")).toBe(true);
  });

  it("follows no symbolic link", () => {
    machine = new TestMachine();
    machine.unpack(first);
    mkdirSync(join(machine.folder, "etc/elsewhere"));
    symlinkSync("../../elsewhere", join(machine.folder, "etc/apparmor.d/tunables/rustnet.d"));
    const run = install("--no-load");
    expect(run.status).toBe(1);
    expect(run.errors).toContain("/etc/apparmor.d/tunables/rustnet.d is a symbolic link");
    expect(machine.has("etc/elsewhere/logs")).toBe(false);
    expect(machine.has("etc/apparmor.d/rustnet")).toBe(false);
  });

  it("tells two designs apart whose names give one folder name", () => {
    machine = new TestMachine();
    machine.unpack(bundleOf({ one: profile("one") }, "my net"));
    machine.unpack(bundleOf({ two: profile("two") }, "my-net"), "other");
    expect(machine.run("dash", "my-net/install.sh", "--no-load").status).toBe(0);
    const run = machine.run("dash", "other/install.sh", "--no-load");
    expect(run.status).toBe(1);
    expect(run.errors).toContain("another bundle with the same short name");
    expect(machine.has("etc/apparmor.d/one")).toBe(true);
  });

  it("takes up an installation that was killed, and can remove one", () => {
    machine = new TestMachine();
    const before = machine.snapshot();
    machine.unpack(first);
    // As a run leaves it that is killed between its two files: the note of what it is about, and one of them.
    install("--no-load");
    machine.write("lib/hauberk/rustnet/pending", machine.read("lib/hauberk/rustnet/record"));
    for (const path of ["lib/hauberk/rustnet/record", "etc/apparmor.d/tunables/rustnet.d/logs"]) {
      rmSync(join(machine.folder, path));
    }
    const run = install("--no-load");
    expect(run.status).toBe(0);
    expect(run.out).toContain("An earlier run was interrupted");
    expect(machine.has("etc/apparmor.d/tunables/rustnet.d/logs")).toBe(true);
    expect(machine.has("lib/hauberk/rustnet/pending")).toBe(false);
    expect(machine.run("dash", "rustnet/remove.sh").status).toBe(0);
    expect(machine.snapshot()).toBe(before);
  });

  it.each([["--root"], ["--root", "/nowhere"], ["--target"], ["--frobnicate"], ["extra"]])(
    "refuses the call %j %j",
    (...options) => {
      machine = new TestMachine();
      machine.unpack(first);
      expect(install(...options)).toMatchObject({ status: 2, out: "" });
    },
  );

  it("says which program it misses", () => {
    machine = new TestMachine();
    machine.unpack(first);
    const run = machine.run("env", "PATH=/tmp/bin", "/bin/dash", "rustnet/install.sh", "--no-load");
    expect(run).toMatchObject({ status: 1, out: "" });
    expect(run.errors).toMatch(/^install\.sh: the program \w+ is not there/);
  });

  it("explains itself", () => {
    machine = new TestMachine();
    machine.unpack(first);
    expect(install("--help")).toMatchObject({ status: 0, errors: "" });
    expect(machine.run("dash", "rustnet/remove.sh", "--help").out).toContain("--no-unload");
  });

  it("installs below --root, and nowhere else", () => {
    machine = new TestMachine();
    const before = machine.snapshot();
    machine.run("sh", "-c", "mkdir -p 'an image/etc' && cp -R /etc/apparmor.d /etc/os-release 'an image/etc/'");
    machine.unpack(first);
    expect(install("--root", "an image")).toMatchObject({ status: 0, errors: "" });
    expect(machine.read("work/an image/etc/apparmor.d/rustnet")).toBe(profile("rustnet"));
    expect(machine.run("dash", "rustnet/remove.sh", "--root=an image").status).toBe(0);
    expect(machine.has("work/an image/etc/apparmor.d/rustnet")).toBe(false);
    expect(machine.has("work/an image/var")).toBe(false);
    expect(machine.snapshot()).toBe(before);
  });
});

describe("install.sh with loading", () => {
  it("fails loudly and leaves nothing behind where the kernel has no AppArmor", () => {
    machine = new TestMachine();
    const before = machine.snapshot();
    machine.unpack(first);
    const run = install();
    expect(run.status).toBe(1);
    expect(run.errors).toContain("the running kernel has no AppArmor");
    expect(machine.snapshot()).toBe(before);
  });

  it("loads, shows what the kernel lists, and unloads", () => {
    machine = new TestMachine({ kernel: true });
    machine.write("kernel/profiles", "other (enforce)\n");
    const before = machine.snapshot();
    machine.unpack(first);
    const run = install();
    expect(run).toMatchObject({ status: 0, errors: "" });
    expect(run.out).toContain("  rustnet (complain)\n");
    expect(machine.read("kernel/profiles")).toBe("other (enforce)\nrustnet (complain)\n");
    const removal = machine.run("dash", "rustnet/remove.sh");
    expect(removal).toMatchObject({ status: 0, errors: "" });
    expect(removal.out).toContain("unloaded   rustnet\n");
    expect(machine.snapshot()).toBe(before);
  });

  it("plans for a person who is not root, and does nothing more for them", () => {
    machine = new TestMachine({ kernel: true });
    const before = machine.snapshot();
    machine.unpack(first);
    const asPerson = (...options: string[]) => machine.runAs(1000, "dash", "rustnet/install.sh", ...options);
    const plan = asPerson("--dry-run");
    expect(plan).toMatchObject({ status: 0, errors: "" });
    expect(plan.out).toContain("these profiles would be loaded:\n  rustnet\n");
    expect(asPerson()).toMatchObject({
      status: 1,
      errors: "install.sh: only root may install policy; call it with sudo\n",
    });
    expect(machine.snapshot()).toBe(before);
  });

  it("unloads profiles that an update has no more", () => {
    machine = new TestMachine({ kernel: true });
    machine.unpack(bundleOf({ rustnet: profile("rustnet") + withoutPreamble(profile("second")), old: profile("old") }));
    expect(install().status).toBe(0);
    machine.unpack(first);
    expect(install()).toMatchObject({ status: 0, errors: "" });
    expect(machine.read("kernel/profiles")).toBe("rustnet (complain)\n");
  });

  it("does not take the place of a loaded profile that is somebody else's", () => {
    machine = new TestMachine({ kernel: true });
    machine.write("kernel/profiles", "docker-default (enforce)\n");
    const before = machine.snapshot();
    machine.unpack(bundleOf({ rustnet: profile("rustnet") + withoutPreamble(profile("docker-default")) }));
    const run = install();
    expect(run.status).toBe(1);
    expect(run.errors).toContain("a profile of the name docker-default is loaded already");
    expect(machine.snapshot()).toBe(before);
  });

  it("puts everything back where the kernel refuses a profile: a first installation", () => {
    machine = new TestMachine({ kernel: true });
    machine.write("kernel/refuse", "profile zzz");
    const before = machine.snapshot();
    machine.unpack(bundleOf({ rustnet: profile("rustnet"), zzz: profile("zzz"), "tunables/a.d/b": "@{B}=/b\n" }));
    const run = install();
    expect(run.status).toBe(1);
    expect(run.errors).toContain("no room in the kernel");
    expect(run.errors).toContain("everything was put back as it was");
    expect(machine.snapshot()).toBe(before);
  });

  it("puts everything back where the kernel refuses a profile: an update", () => {
    machine = new TestMachine({ kernel: true });
    machine.unpack(bundleOf({ rustnet: profile("rustnet"), old: profile("old") }));
    expect(install().status).toBe(0);
    machine.write("kernel/profiles", machine.read("kernel/profiles").split("\n").toSorted().join("\n").trim() + "\n");
    machine.write("kernel/refuse", "profile zzz");
    const before = machine.snapshot().replace(/^.*kernel\/profiles\n/m, "");
    machine.unpack(bundleOf({ rustnet: profile("rustnet", "  capability chown,\n"), zzz: profile("zzz") }));
    const run = install();
    expect(run.status).toBe(1);
    expect(run.errors).toContain("everything was put back as it was");
    expect(machine.snapshot().replace(/^.*kernel\/profiles\n/m, "")).toBe(before);
    expect(machine.read("kernel/profiles").trim().split("\n").toSorted()).toEqual([
      "old (complain)",
      "rustnet (complain)",
    ]);
  });

  it("does not believe a parser that says yes while the kernel lists nothing", () => {
    machine = new TestMachine({ kernel: true });
    machine.write("kernel/deaf", "");
    const before = machine.snapshot();
    machine.unpack(first);
    const run = install();
    expect(run.status).toBe(1);
    expect(run.errors).toContain("the kernel does not list the profile rustnet after loading it");
    expect(machine.snapshot()).toBe(before);
  });

  it("leaves a profile unloaded that the machine disables, and says so", () => {
    machine = new TestMachine({ kernel: true });
    mkdirSync(join(machine.folder, "etc/apparmor.d/disable"));
    symlinkSync("/etc/apparmor.d/rustnet", join(machine.folder, "etc/apparmor.d/disable/rustnet"));
    machine.unpack(first);
    const run = install();
    expect(run.status).toBe(0);
    expect(run.out).toContain("Not loaded, because this machine disables it");
    expect(machine.read("kernel/profiles")).toBe("");
  });
});
