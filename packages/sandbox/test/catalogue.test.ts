import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TargetStatus } from "@hauberk/contract";
import { afterAll, describe, expect, test } from "vitest";
import { toolchainFolder } from "../src/index.ts";
import { loadCatalogue, loadTargets, toolchainsFolder } from "../src/target/target-data.ts";
import { writeArchiveVersion } from "../src/toolchain/archive-version.ts";
import { toolchainRecipe } from "../src/toolchain/stamp.ts";
import { profile, requestFor, target, testSandbox, verdictOf, verdictsOf } from "./asking.ts";
import { usableTargets } from "./usable-targets.ts";

const folder = mkdtempSync(join(tmpdir(), "hauberk-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
const sandbox = testSandbox();
afterAll(() => sandbox.close());
const usable = await usableTargets();

async function statusOf(id: string): Promise<TargetStatus> {
  const found = (await sandbox.listTargets()).find((status) => status.id === id);
  if (!found) throw new Error(`${id} is not in the catalogue`);
  return found;
}

/** What a profile compiles to on a target; null where it is not accepted. */
async function compiledOn(id: string, text: string): Promise<string | null> {
  const verdict = await verdictOf(sandbox, { p: text }, { targets: [id] });
  return verdict.compiled?.sha256 ?? null;
}

const coarse = (abi: string): string => `abi <abi/${abi}>,\nprofile p { network inet stream, }\n`;
const fine = (abi: string): string => coarse(abi).replace("stream", "stream peer=(ip=127.0.0.53 port=53)");

async function tellsAddresses(id: string, abi: string): Promise<boolean> {
  return (await compiledOn(id, fine(abi))) !== (await compiledOn(id, coarse(abi)));
}

test("each data file is a target, and those that rest on another one need no toolchain of their own", async () => {
  const own = (await loadTargets()).map(({ data }) => data.id);
  expect(own).toEqual(["debian-12", "debian-13", "debian-sid"]);
  const all = (await loadCatalogue()).map(({ data }) => data.id);
  expect(all).toEqual(expect.arrayContaining(["debian-13-kernel-7.2", "kernel-with-addresses", "ubuntu-24.04"]));
});

test("a data file that rests on a target which is not there is refused by its name", async () => {
  const place = join(folder, "targets");
  mkdirSync(place);
  cpSync(join(toolchainsFolder, "ubuntu-22.04.json"), join(place, "ubuntu-22.04.json"));
  await expect(loadCatalogue(place)).rejects.toThrow(/ubuntu-22\.04\.json rests on debian-12/);
});

test("a usable target tells the features of its kernel", async () => {
  expect(await statusOf(target)).toMatchObject({
    kind: "release",
    notes: [],
    features: readFileSync(join(toolchainsFolder, "features/6.1"), "utf8"),
  });
});

describe.runIf(usable.includes("kernel-with-addresses"))("a kernel that mediates addresses", () => {
  test("is imagined, and says so with each verdict", async () => {
    const { kind, notes } = await statusOf("kernel-with-addresses");
    expect(kind).toBe("imagined");
    expect(notes).toEqual([expect.stringContaining("No Debian kernel is so")]);
    const verdict = await verdictOf(sandbox, { p: fine("4.0-ip") }, { targets: ["kernel-with-addresses"] });
    expect(verdict).toMatchObject({ verdict: "accepted", kind, notes });
  });

  test("tells an address from none, which no release's kernel does", async () => {
    expect(await tellsAddresses("kernel-with-addresses", "4.0-ip")).toBe(true);
    expect(await tellsAddresses("kernel-with-addresses", "4.0")).toBe(false);
    expect(await tellsAddresses("debian-sid", "4.0-ip")).toBe(false);
  });
});

test.runIf(usable.includes("debian-13-kernel-7.2"))(
  "Debian 13 with the 7.2 kernel has that release's parser and tree, another policy, and says what is wrong with it",
  async () => {
    const owner = "abi <abi/4.0>,\nprofile p { owner /a r, }\n";
    const [release, mixed] = await verdictsOf(
      sandbox,
      requestFor({ p: owner }, { targets: ["debian-13", "debian-13-kernel-7.2"] }),
    );
    expect(mixed).toMatchObject({ verdict: "accepted", parser: "4.1.0", kernel: "7.2", kind: "release" });
    expect(mixed?.notes).toEqual([expect.stringContaining("`owner`")]);
    expect(mixed?.compiled?.sha256).not.toBe(release?.compiled?.sha256);
  },
);

describe("a release of whose kernel no features are here", () => {
  const id = "ubuntu-22.04";

  test("is not usable, and says what can be had", async () => {
    expect(await statusOf(id)).toMatchObject({
      kind: "approximation",
      usable: false,
      why: expect.stringContaining("3.0.8 of Debian 12"),
      parser: "3.0.4",
      features: null,
    });
  });

  test("gets no verdict but what the nearest parser thinks of the syntax, with whose it is", async () => {
    const verdict = await verdictOf(sandbox, { p: profile("  dbus send,") }, { targets: [id] });
    expect(verdict).toMatchObject({ target: id, verdict: "undecided", reason: "approximate", compiled: null });
    expect(verdict).toMatchObject({ parser: "3.0.8", kernel: null, diagnostics: [] });
    expect(verdict.summary).toMatch(/approximation: .*3\.0\.8 of Debian 12.* accepts .*Ubuntu 22\.04.* has 3\.0\.4/);
  });

  test("keeps the nearest parser's errors, each with whose it is", async () => {
    const verdict = await verdictOf(sandbox, { p: profile("  /a rq,") }, { targets: [id] });
    expect(verdict).toMatchObject({ verdict: "undecided", reason: "approximate" });
    expect(verdict.diagnostics).toEqual([
      expect.objectContaining({
        line: 4,
        explanation: expect.stringMatching(/^Said by apparmor_parser 3\.0\.8 of Debian 12/),
      }),
    ]);
  });

  test("says that not even that can be had where the nearest one is missing", async () => {
    const elsewhere = testSandbox({ cache: "/nonexistent" });
    const verdict = await verdictOf(elsewhere, { p: profile() }, { targets: [id] });
    expect(verdict).toMatchObject({ verdict: "undecided", reason: "toolchain_missing" });
    expect(verdict.summary).toContain("npm run toolchains debian-12");
  });
});

describe("a release that has moved on", () => {
  const cache = join(folder, "cache");
  const targets = join(folder, "moved");
  const place = toolchainFolder(target, cache);

  /** The real toolchain, beside a data file that describes another version of the parser. */
  async function describeAs(version: string): Promise<void> {
    rmSync(place, { recursive: true, force: true });
    cpSync(toolchainFolder(target), place, { recursive: true, verbatimSymlinks: true });
    mkdirSync(join(targets, "features"), { recursive: true });
    cpSync(join(toolchainsFolder, "features/6.1"), join(targets, "features/6.1"));
    const text = readFileSync(join(toolchainsFolder, `${target}.json`), "utf8");
    writeFileSync(join(targets, `${target}.json`), text.replace('"3.0.8"', JSON.stringify(version)));
    const [loaded] = await loadTargets(targets);
    if (!loaded) throw new Error("the data file was not read");
    const stamp: unknown = JSON.parse(readFileSync(join(place, "stamp.json"), "utf8"));
    const changed = Object.assign({}, stamp, { recipe: await toolchainRecipe(loaded) });
    writeFileSync(join(place, "stamp.json"), JSON.stringify(changed));
  }

  test("is used as it is, and names the version that the facts are of", async () => {
    await describeAs("3.0.7");
    const moved = testSandbox({ cache, targets });
    const [, status] = await moved.listTargets();
    const note = expect.stringMatching(/has moved on: .*3\.0\.8, while .* measured with 3\.0\.7/);
    expect(status).toMatchObject({ usable: true, parser: "3.0.8", notes: [note] });
    expect(await verdictOf(moved, { p: profile("  /a r,") })).toMatchObject({ parser: "3.0.8", notes: [note] });
  });

  test("keeps the parser that is here until the newer one is asked for", async () => {
    await describeAs("3.0.8");
    await writeArchiveVersion(place, "3.0.9-1");
    const [, status] = await testSandbox({ cache, targets }).listTargets();
    const note = expect.stringMatching(/to apparmor_parser 3\.0\.9: .* still of 3\.0\.8; .*debian-12 --force/);
    expect(status).toMatchObject({ usable: true, parser: "3.0.8", notes: [note] });
    await writeArchiveVersion(place, "3.0.8-4+deb12u1");
    expect((await testSandbox({ cache, targets }).listTargets())[1]?.notes).toEqual([]);
  });
});
