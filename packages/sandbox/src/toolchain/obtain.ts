import { copyFile, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { featuresPath, type LoadedTarget } from "../target/target-data.ts";
import { ToolchainError, withDownloadedPackages, type DownloadedPackage } from "./apt-session.ts";
import { movedOn, unpackedParser, writeArchiveVersion } from "./archive-version.ts";
import { cacheFolder, corpusFolder, toolchainFolder } from "./cache-folders.ts";
import { makeMinimalRoot } from "./minimal-root.ts";
import { runProgram } from "./program.ts";
import { corpusRecipe, newStamp, readStamp, toolchainRecipe } from "./stamp.ts";
import { treeHash } from "./tree-hash.ts";

/** Where a root keeps the feature file of the target's kernel. */
export const featuresInRoot = "/etc/apparmor/kernel-features";

/** What to obtain, and where to say how far it is. */
export interface ObtainOptions {
  readonly withCorpus: boolean;
  /** Make anew what is there already. */
  readonly force: boolean;
  readonly cache?: string;
  readonly say: (line: string) => void;
}

/**
 * Sees to it that a target's toolchain (and corpus, where asked) lies in the cache, whole: what is there and made from
 * the same recipe is left alone. Throws `ToolchainError` with what to do where it can't be had.
 */
export async function obtain(target: LoadedTarget, options: ObtainOptions): Promise<void> {
  const { data } = target;
  const cache = options.cache ?? cacheFolder();
  const root = toolchainFolder(data.id, cache);
  const corpus = corpusFolder(data.id, cache);
  const recipe = await toolchainRecipe(target);
  const needsRoot = options.force || !(await isThere(root, recipe, options.say));
  const needsCorpus =
    options.withCorpus && (options.force || (await readStamp(corpus))?.recipe !== corpusRecipe(target));
  if (!needsRoot) options.say(`the toolchain is in ${root} already`);
  if (options.withCorpus && !needsCorpus) options.say(`the packaged profiles are in ${corpus} already`);
  if (!needsRoot && !needsCorpus) return;

  const names = [...new Set([...(needsRoot ? data.packages : []), ...(needsCorpus ? data.corpus : [])])];
  await withDownloadedPackages(data.archive, names, options.say, async (packages, folder) => {
    if (needsRoot) {
      await makeInPlace(root, (partial) => makeToolchain(target, recipe, packages, folder, partial, options.say));
      options.say(`the toolchain is in ${root}`);
    }
    if (needsCorpus) {
      await makeInPlace(corpus, (partial) => makeCorpus(target, packages, folder, partial));
      options.say(`the packaged profiles are in ${corpus}`);
    }
  });
}

/** Whether a whole toolchain of this recipe lies there: what was damaged since is made anew. */
async function isThere(folder: string, recipe: string, say: (line: string) => void): Promise<boolean> {
  const stamp = await readStamp(folder);
  if (stamp?.recipe !== recipe) return false;
  const tree = await treeHash(join(folder, "root")).catch(() => "");
  if (tree !== stamp.tree) say(`the toolchain in ${folder} is damaged and is fetched anew`);
  return tree === stamp.tree;
}

async function makeToolchain(
  target: LoadedTarget,
  recipe: string,
  packages: readonly DownloadedPackage[],
  work: string,
  partial: string,
  say: (line: string) => void,
): Promise<void> {
  const { parser, keep } = target.data;
  const unpacked = join(work, "unpacked");
  // The corpus comes by the same download, and is no part of the release's own policy tree.
  const onlyCorpus = target.data.corpus.filter((name) => !target.data.packages.includes(name));
  const own = packages.filter((one) => !onlyCorpus.includes(one.name));
  for (const one of own) await unpack(one, unpacked);
  const root = join(partial, "root");
  await makeMinimalRoot({ source: unpacked, root, program: parser.program, keep });
  await copyFile(featuresPath(target), join(root, featuresInRoot));
  const stamp = newStamp(recipe, versions(own), await treeHash(root));
  await writeStamp(partial, stamp);
  await noteArchive(target, stamp.packages, partial, say);
}

/**
 * A release that has moved on since it was described is used as it is now: its verdicts are true. That the facts are of
 * an older parser is said here, and with each verdict.
 */
async function noteArchive(
  { data }: LoadedTarget,
  packages: Readonly<Record<string, string>>,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const debian = packages[data.packages[0] ?? ""];
  const version = unpackedParser(data, { packages });
  if (debian === undefined || version === undefined) {
    throw new ToolchainError(`the archive gave no package ${data.packages[0]}`);
  }
  await writeArchiveVersion(folder, debian);
  for (const note of movedOn(data, version, undefined)) say(`${note}.`);
}

async function makeCorpus(
  target: LoadedTarget,
  packages: readonly DownloadedPackage[],
  work: string,
  partial: string,
): Promise<void> {
  const unpacked = join(work, "corpus");
  const wanted = packages.filter((one) => target.data.corpus.includes(one.name));
  for (const one of wanted) await unpack(one, unpacked);
  await mkdir(join(partial, "etc"), { recursive: true });
  await cp(join(unpacked, "etc/apparmor.d"), join(partial, "etc/apparmor.d"), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const extra = join(unpacked, "usr/share/apparmor/extra-profiles");
  await cp(extra, join(partial, "usr/share/apparmor/extra-profiles"), { recursive: true }).catch(() => undefined);
  await writeStamp(partial, newStamp(corpusRecipe(target), versions(wanted), await treeHash(join(partial, "etc"))));
}

/** Unpacks a package into a folder that may hold others. */
export async function unpack(one: DownloadedPackage, into: string): Promise<void> {
  // A folder for each package first: some ship /lib and some /usr/lib, and links between them would replace folders.
  await mkdir(into, { recursive: true });
  const own = await mkdtemp(join(dirname(into), "package-"));
  const result = await runProgram("dpkg-deb", ["--extract", one.file, own]);
  if (result.code !== 0) throw new ToolchainError(`dpkg-deb could not unpack ${one.name}: ${result.errors.trim()}`);
  for (const name of await readdir(own)) {
    await cp(join(own, name), join(into, name), { recursive: true, verbatimSymlinks: true });
  }
  await rm(own, { recursive: true, force: true });
}

function versions(packages: readonly DownloadedPackage[]): Record<string, string> {
  return Object.fromEntries(packages.map((one) => [one.name, one.version]));
}

async function writeStamp(folder: string, stamp: object): Promise<void> {
  await writeFile(join(folder, "stamp.json"), `${JSON.stringify(stamp, null, 2)}\n`);
}

/** Makes a folder beside its place and moves it there when whole: whoever looks sees the old one or the new one. */
export async function makeInPlace(place: string, make: (partial: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  const partial = await mkdtemp(`${place}.partial-`);
  try {
    await make(partial);
    const old = `${partial}.old`;
    await rename(place, old).catch(() => undefined);
    await rename(partial, place);
    await rm(old, { recursive: true, force: true });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
