import { compareProfiles, readCompiledPolicy, type CompiledProfile } from "@hauberk/core/compiled";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corpusFolder, toolchainFolder } from "../src/index.ts";
import { compileTree } from "./compile-for-kernel.ts";

/** Every packaged profile of three releases, compiled in one run by the parser of its release for its kernel. */
const releases = [
  { target: "debian-12", kernel: "6.1", atLeast: 140 },
  { target: "debian-13", kernel: "6.12", atLeast: 250 },
  { target: "debian-sid", kernel: "7.2", atLeast: 300 },
] as const;

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

interface Packaged {
  readonly tree: string;
  readonly files: readonly string[];
}

/** The policy tree of a release with all its packaged profiles, and an empty file for each in `local`. */
async function treeWithProfiles(target: string): Promise<Packaged> {
  const tree = await mkdtemp(join(tmpdir(), "hauberk-tree-"));
  folders.push(tree);
  await cp(join(toolchainFolder(target), "root/etc/apparmor.d"), tree, { recursive: true });
  await cp(join(corpusFolder(target), "etc/apparmor.d"), tree, { recursive: true });
  await cp(join(corpusFolder(target), "usr/share/apparmor/extra-profiles"), join(tree, "extra"), { recursive: true });
  const files = [...(await filesOf(tree, "")), ...(await filesOf(join(tree, "extra"), "extra/"))];
  await mkdir(join(tree, "local"), { recursive: true });
  for (const file of files) await writeFile(join(tree, "local", basename(file)), "", { flag: "a" });
  return { tree, files };
}

async function filesOf(folder: string, prefix: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.name !== "README").map(({ name }) => `${prefix}${name}`);
}

function profilesOf(bytes: Uint8Array): readonly CompiledProfile[] {
  const reading = readCompiledPolicy(bytes);
  if (!reading.ok) throw new Error(`${reading.why} at ${reading.offset} of ${bytes.length}`);
  return reading.profiles;
}

const compiled = new Map<string, Promise<{ readonly packaged: Packaged; readonly bytes: Uint8Array }>>();

describe("packaged profiles", () => {
  beforeAll(() => {
    for (const { target, kernel } of releases) {
      const run = treeWithProfiles(target).then(async (packaged) => {
        return { packaged, bytes: await compileTree({ target, kernel, ...packaged }) };
      });
      compiled.set(target, run);
    }
    return Promise.all(compiled.values());
  });

  it.each(releases)("of $target are read to the last byte", async ({ target, atLeast }) => {
    const bytes = (await compiled.get(target))?.bytes ?? new Uint8Array();
    const profiles = profilesOf(bytes);
    expect(profiles.length).toBeGreaterThan(atLeast);
    // They lie one behind the other, with nothing between them and nothing behind.
    expect(profiles.map(({ range }) => range.start)).toEqual(
      [0, ...profiles.map(({ range }) => range.end)].slice(0, -1),
    );
    expect(profiles.at(-1)?.range.end).toBe(bytes.length);
  });

  it("mean the same to two parsers, but for a known bug of one", async () => {
    const { packaged, bytes } = (await compiled.get("debian-12")) ?? {};
    if (packaged === undefined || bytes === undefined) throw new Error("nothing was compiled");
    // The newer parser builds other automata of the same rules.
    const files = packaged.files.filter((file) => !file.startsWith("extra/"));
    const newer = profilesOf(await compileTree({ target: "debian-13", kernel: "6.1", tree: packaged.tree, files }));
    const older = new Map(profilesOf(bytes).map((profile) => [profile.name, profile]));
    const differing: string[] = [];
    for (const profile of newer) {
      const same = older.get(profile.name);
      if (same === undefined) throw new Error(`${profile.name} is missing`);
      for (const { class: kind, permissions } of compareProfiles(same, profile)) {
        differing.push(`${kind} ${permissions.join(" ")}`);
      }
    }
    expect(newer.length).toBeGreaterThan(30);
    // Which denials of `m` beside `ix` 4.1.0 loses depends on what else is compiled in the same run.
    expect(differing.filter((difference) => difference !== "file mmap")).toEqual([]);
  });
});
