import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hostPlaces } from "../src/index.ts";
import { toolchainsFolder } from "../src/target/target-data.ts";
import { profile, testSandbox, verdictOf } from "./asking.ts";

const folder = mkdtempSync(join(tmpdir(), "hauberk-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const onHost = { targets: ["host"] };

/** Lays out a feature file as the kernel does in securityfs: a folder for each name that holds others. */
function layOutFeatures(text: string, into: string): void {
  const path: string[] = [];
  for (const [, name, value, close] of text.matchAll(/([\w.-]+) \{([^{}]*?)(?=\n?\}|[\w.-]+ \{)|(\})/g)) {
    if (close) path.pop();
    else if (name) {
      path.push(name);
      if (value?.trim()) writeFileSync(join(into, ...path), value);
      else mkdirSync(join(into, ...path), { recursive: true });
    }
  }
}

describe("this machine as a target", () => {
  test("is not usable, and says why, where its kernel has no AppArmor", async () => {
    const sandbox = testSandbox({ host: { ...hostPlaces, features: join(folder, "none") } });
    const [host] = await sandbox.listTargets();
    expect(host).toMatchObject({ id: "host", usable: false, why: expect.stringContaining("no AppArmor") });
    const verdict = await verdictOf(sandbox, { p: profile("  /a r,") }, onHost);
    expect(verdict).toMatchObject({ verdict: "undecided", reason: "target_unusable", compiled: null });
  });

  test("is not usable where no parser is installed", async () => {
    const sandbox = testSandbox({ host: { ...hostPlaces, searchPath: folder } });
    const [host] = await sandbox.listTargets();
    expect(host).toMatchObject({ usable: false, parser: null, why: expect.stringContaining("apparmor_parser") });
  });

  describe("with AppArmor in its kernel", () => {
    const features = join(folder, "features");
    const policy = join(folder, "apparmor.d");
    mkdirSync(features);
    layOutFeatures(readFileSync(join(toolchainsFolder, "features/6.1"), "utf8"), features);
    cpSync(hostPlaces.policy, policy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(policy, "hauberk-own"), profile("  /old r,"));
    const sandbox = testSandbox({ host: { ...hostPlaces, features, policy }, cache: join(folder, "cache") });

    test("judges with its own parser, tree and features, in the same sandbox", async () => {
      const [host] = await sandbox.listTargets();
      expect(host).toMatchObject({ id: "host", usable: true, why: null });
      const plain = await verdictOf(sandbox, { p: profile("  include <abstractions/base>") }, onHost);
      const network = profile("  include <abstractions/base>", "  network inet stream,");
      const withRule = await verdictOf(sandbox, { p: network }, onHost);
      expect([plain.verdict, withRule.verdict]).toEqual(["accepted", "accepted"]);
      expect(withRule.compiled?.sha256).not.toBe(plain.compiled?.sha256);
      const reaching = await verdictOf(sandbox, { p: profile('  include "/etc/shadow"') }, onHost);
      expect(reaching.diagnostics[0]?.message).toMatch(/^Could not open/);
    });

    test("lets a design take the place of what no package ships, and of nothing else", async () => {
      const own = await verdictOf(sandbox, { "hauberk-own": profile("  /new r,") }, onHost);
      expect(own.verdict).toBe("accepted");
      const packaged = await verdictOf(sandbox, { "abstractions/base": "", p: profile("  /a r,") }, onHost);
      expect(packaged).toMatchObject({ verdict: "rejected", compiled: null });
    });

    test("asks again when its own tree has changed", async () => {
      const design = { p: profile("  include <abstractions/hauberk-changing>") };
      const before = await verdictOf(sandbox, design, onHost);
      writeFileSync(join(policy, "abstractions/hauberk-changing"), "  /changed r,\n");
      const after = await verdictOf(sandbox, design, onHost);
      expect([before.verdict, after.verdict]).toEqual(["rejected", "accepted"]);
    });
  });
});
