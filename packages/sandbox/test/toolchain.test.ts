import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { cacheFolder, toolchainFolder } from "../src/index.ts";
import { loadTargets } from "../src/target/target-data.ts";
import { debianMirror, sourceEntries, suitesToFetch, type ConfiguredSuite } from "../src/toolchain/apt-mirror.ts";
import { elfNeeds } from "../src/toolchain/elf.ts";
import { obtain } from "../src/toolchain/obtain.ts";
import { readStamp } from "../src/toolchain/stamp.ts";
import { treeHash } from "../src/toolchain/tree-hash.ts";
import { profile, target, testSandbox, verdictOf } from "./asking.ts";

const folder = mkdtempSync(join(tmpdir(), "hauberk-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const suite = (uri: string, name: string, origin = ""): ConfiguredSuite => ({ uri, suite: name, origin });

describe("the mirror", () => {
  test("is the one that this machine uses for its own release, whichever that is", () => {
    const mirror = debianMirror([
      suite("http://tools.example/apt/", "stable", "Example Tools"),
      suite("http://mirror.example/debian/", "trixie", "Debian"),
      suite("http://mirror.example/debian/", "trixie-updates", "Debian"),
      suite("http://mirror.example/debian-security/", "trixie-security", "Debian"),
    ]);
    expect(mirror).not.toBeNull();
    if (!mirror) return;
    expect(sourceEntries(mirror, "bookworm", ["bookworm-updates", "bookworm-security"])).toEqual([
      { uri: "http://mirror.example/debian/", suites: ["bookworm", "bookworm-updates"] },
      { uri: "http://mirror.example/debian-security/", suites: ["bookworm-security"] },
    ]);
  });

  test("is known by the suite's name where its index was never fetched", () => {
    expect(debianMirror([suite("http://mirror.example/debian/", "trixie")])?.main).toBe(
      "http://mirror.example/debian/",
    );
  });

  test("is not a third party's archive whose suites are named alike", () => {
    const lines = [
      "'http://tools.example/linux/debian/dists/bookworm/InRelease' tools 0",
      "'http://mirror.example/debian/dists/bookworm/InRelease' debian 0",
      "'http://mirror.example/debian-security/dists/bookworm-security/InRelease' security 0",
      "Reading something else",
    ];
    expect(debianMirror(suitesToFetch(lines))).toEqual({
      main: "http://mirror.example/debian/",
      security: "http://mirror.example/debian-security/",
      updates: false,
    });
  });

  test("gives only the suites of kinds that the machine takes", () => {
    const mirror = debianMirror([suite("http://mirror.example/debian/", "bookworm", "Debian")]);
    expect(mirror && sourceEntries(mirror, "bookworm", ["bookworm-updates", "bookworm-security"])).toEqual([
      { uri: "http://mirror.example/debian/", suites: ["bookworm"] },
    ]);
  });

  test.each([
    ["an Ubuntu", [suite("http://archive.example/ubuntu/", "noble", "Ubuntu"), suite("http://a.example/", "noble")]],
    ["a CD-ROM", [suite("cdrom:[Debian]/", "bookworm", "Debian")]],
    ["nothing at all", []],
  ])("is not found on %s", (_, suites) => {
    expect(debianMirror(suites)).toBeNull();
  });
});

describe("a target's data file", () => {
  test("describes a target that others may be modelled after", async () => {
    const targets = await loadTargets();
    expect(targets.map(({ data }) => data.id)).toContain(target);
  });

  test("is refused with its name and field where it is wrong", async () => {
    writeFileSync(join(folder, "odd.json"), JSON.stringify({ format: 1, id: "odd" }));
    await expect(loadTargets(folder)).rejects.toThrow(/odd\.json[\s\S]*label/);
  });
});

describe("an obtained toolchain", () => {
  test("is what its stamp says, small, and without a compiler or shell", async () => {
    const place = toolchainFolder(target);
    const stamp = await readStamp(place);
    expect(stamp?.packages["apparmor"]).toMatch(/^3\.0\.8-/);
    expect(await treeHash(join(place, "root"))).toBe(stamp?.tree);
    expect(() => statSync(join(place, "root/usr/bin/sh"))).toThrow("ENOENT");
  });

  test("is left alone where it is there already", async () => {
    const [loaded] = (await loadTargets()).filter(({ data }) => data.id === target);
    if (!loaded) throw new Error(`no data file for ${target}`);
    const said: string[] = [];
    await obtain(loaded, { withCorpus: false, force: false, say: (line) => said.push(line) });
    expect(said).toEqual([`the toolchain is in ${toolchainFolder(target)} already`]);
  });
});

/** The stamp of the real toolchain with something else in it. */
function stampWith(change: object): string {
  const stamp: unknown = JSON.parse(readFileSync(join(toolchainFolder(target), "stamp.json"), "utf8"));
  return JSON.stringify(Object.assign({}, stamp, change));
}

describe("a toolchain that is damaged", () => {
  const cache = join(folder, "a cache with blanks");
  const place = toolchainFolder(target, cache);
  const parser = join(place, "root/usr/sbin/apparmor_parser");

  /** A copy that a test may break. */
  function copy(): void {
    rmSync(place, { recursive: true, force: true });
    cpSync(toolchainFolder(target), place, { recursive: true, verbatimSymlinks: true });
  }

  test.each([
    ["a feature file that says less", () => writeFileSync(join(place, "root/etc/apparmor/kernel-features"), "")],
    ["a parser that is gone", () => rmSync(parser)],
    ["a stamp that is no JSON", () => writeFileSync(join(place, "stamp.json"), "{")],
    ["a stamp of something else", () => writeFileSync(join(place, "stamp.json"), stampWith({ recipe: "0" }))],
    ["a stamp of another tree", () => writeFileSync(join(place, "stamp.json"), stampWith({ tree: "0" }))],
  ])("gives no verdict, and says what to do: %s", async (_, breakIt) => {
    copy();
    breakIt();
    const verdict = await verdictOf(testSandbox({ cache }), { p: profile("  /a r,") });
    expect(verdict).toMatchObject({ verdict: "undecided", reason: "toolchain_missing", compiled: null });
    expect(verdict.summary).toContain(`npm run toolchains ${target}`);
  });

  test("gives none either where it breaks while we run", async () => {
    copy();
    const sandbox = testSandbox({ cache });
    expect((await verdictOf(sandbox, { p: profile("  /a r,") })).verdict).toBe("accepted");
    rmSync(parser);
    const verdict = await verdictOf(sandbox, { p: profile("  /b r,") });
    expect(verdict).toMatchObject({ verdict: "undecided", reason: "target_unusable", compiled: null });
  });
});

test("the parser's needs are read from its own file", () => {
  const needs = elfNeeds(readFileSync(join(toolchainFolder(target), "root/usr/sbin/apparmor_parser")));
  expect(needs?.libraries).toContain("libc.so.6");
  expect(needs?.interpreter).toMatch(/^\/lib.*\/ld-linux/);
  expect(elfNeeds(Buffer.from("#!/bin/sh\n"))).toBeUndefined();
});

test("the cache follows the XDG specification", () => {
  expect(cacheFolder({ XDG_CACHE_HOME: "/caches" })).toBe("/caches/hauberk");
  expect(cacheFolder({ XDG_CACHE_HOME: "relative" })).toMatch(/^\/.*\.cache\/hauberk$/);
});
