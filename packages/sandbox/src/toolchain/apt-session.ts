import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TargetData } from "../target/target-data.ts";
import { configuredSuites, debianMirror, sourceEntries, type SourceEntry } from "./apt-mirror.ts";
import { runProgram } from "./program.ts";

/** A downloaded package: where the file lies, and what it says of itself. */
export interface DownloadedPackage {
  readonly file: string;
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
}

/** Something that the person has to see to: the message says what and how. */
export class ToolchainError extends Error {}

/**
 * Downloads packages of a target's release with all that they depend on, by an apt of its own state: nothing of the
 * machine's package system is read but the mirror, the way to it, and the keyring; nothing of it is changed.
 * `use` gets the packages; the folder with them is gone afterwards. `alone`: without what they depend on.
 */
export function withDownloadedPackages<T>(
  archive: TargetData["archive"],
  names: readonly string[],
  say: (line: string) => void,
  use: (packages: readonly DownloadedPackage[], folder: string) => Promise<T>,
  alone = false,
): Promise<T> {
  return withIndex(archive, say, async (folder) => {
    say(`fetching ${names.join(", ")}${alone ? "" : " and what they depend on"}`);
    if (alone) await apt(folder, ["download", "--", ...names], join(folder, "cache/archives"));
    else await apt(folder, ["install", "--download-only", "--yes", "--no-install-recommends", "--", ...names]);
    return use(await downloaded(folder), folder);
  });
}

/** The version of a package that the archive has now. Only the index is fetched. */
export function versionInArchive(
  archive: TargetData["archive"],
  name: string,
  say: (line: string) => void,
): Promise<string> {
  return withIndex(archive, say, async (folder) => {
    const result = await runProgram("apt-cache", ["policy", "--", name], { APT_CONFIG: join(folder, "apt.conf") });
    const version = /^ {2}Candidate: (\S+)$/m.exec(result.output)?.[1];
    if (version === undefined || version === "(none)") throw new ToolchainError(`the archive has no package ${name}`);
    return version;
  });
}

/** Fetches the index of a target's release into a folder of its own, which is gone afterwards. */
async function withIndex<T>(
  archive: TargetData["archive"],
  say: (line: string) => void,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const keyring = findKeyring(archive.keyring);
  const mirror = debianMirror(await requireApt(configuredSuites));
  if (!mirror) {
    throw new ToolchainError(
      "apt on this machine is configured for no Debian archive, so there is nowhere to fetch the packages from. " +
        "Add one to /etc/apt/sources.list.d (a `deb` entry for any Debian release will do) and run this again.",
    );
  }
  const entries = sourceEntries(mirror, archive.suite, archive.furtherSuites);
  const folder = await mkdtemp(join(tmpdir(), "hauberk-apt-"));
  try {
    await prepareState(folder, entries, archive.components, keyring);
    say(`fetching the index of ${entries.flatMap((entry) => entry.suites).join(", ")}`);
    await apt(folder, ["update"]);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function findKeyring(name: string): string {
  const candidates = ["gpg", "pgp"].map((ending) => `/usr/share/keyrings/${name}.${ending}`);
  const found = candidates.find((path) => existsSync(path));
  if (found) return found;
  throw new ToolchainError(
    `The keys that sign the archive are not here (${candidates[0]}), so nothing fetched could be trusted. ` +
      `Install the package ${name} and run this again.`,
  );
}

async function requireApt<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new ToolchainError(
        "apt-get is not on this machine; toolchains are unpacked from packages by Debian's apt.",
      );
    }
    throw error;
  }
}

async function prepareState(
  folder: string,
  entries: readonly SourceEntry[],
  components: readonly string[],
  keyring: string,
): Promise<void> {
  for (const name of ["conf.d", "sources", "state/lists/partial", "cache/archives/partial", "log"]) {
    await mkdir(join(folder, name), { recursive: true });
  }
  await writeFile(join(folder, "status"), "");
  const stanzas = entries.map((entry) =>
    [
      "Types: deb",
      `URIs: ${entry.uri}`,
      `Suites: ${entry.suites.join(" ")}`,
      `Components: ${components.join(" ")}`,
      "Targets: Packages",
      `Signed-By: ${keyring}`,
    ].join("\n"),
  );
  await writeFile(join(folder, "sources", "hauberk.sources"), `${stanzas.join("\n\n")}\n`);
  await writeFile(join(folder, "apt.conf"), await configuration(folder));
}

/**
 * The machine's way to the archive (proxies, time limits) is kept; its hooks and pins are not: a hook would act on the
 * machine's own package system.
 */
async function configuration(folder: string): Promise<string> {
  const dump = await runProgram("apt-config", ["dump", "Acquire"]);
  const kept = dump.output
    .split("\n")
    .filter((line) => line.startsWith("Acquire::") && !line.startsWith("Acquire::IndexTargets"));
  const own: Readonly<Record<string, string>> = {
    "Dir::State": join(folder, "state"),
    "Dir::State::status": join(folder, "status"),
    "Dir::Cache": join(folder, "cache"),
    "Dir::Cache::archives": "archives/",
    "Dir::Log": join(folder, "log"),
    "Dir::Etc::main": "/dev/null",
    "Dir::Etc::parts": join(folder, "conf.d"),
    "Dir::Etc::sourcelist": "/dev/null",
    "Dir::Etc::sourceparts": join(folder, "sources"),
    "Dir::Etc::preferences": "/dev/null",
    "Dir::Etc::preferencesparts": join(folder, "conf.d"),
    "Acquire::Languages": "none",
    "Acquire::GzipIndexes": "true",
    "APT::Get::AllowUnauthenticated": "false",
    "APT::Keep-Downloaded-Packages": "true",
  };
  return [...kept, ...Object.entries(own).map(([key, value]) => `${key} "${value}";`), ""].join("\n");
}

async function apt(folder: string, args: readonly string[], where?: string): Promise<void> {
  const environment = { APT_CONFIG: join(folder, "apt.conf"), DEBIAN_FRONTEND: "noninteractive" };
  const all = ["--quiet=2", "-o", "APT::Update::Error-Mode=any", ...args];
  const result = await runProgram("apt-get", all, environment, where);
  if (result.code === 0) return;
  const said = result.errors.trim() === "" ? result.output.trim() : result.errors.trim();
  throw new ToolchainError(`apt-get ${args[0]} failed; it said:\n${said}`);
}

async function downloaded(folder: string): Promise<DownloadedPackage[]> {
  const archives = join(folder, "cache/archives");
  const files = (await readdir(archives)).filter((name) => name.endsWith(".deb")).toSorted();
  return Promise.all(files.map((name) => describePackage(join(archives, name))));
}

async function describePackage(file: string): Promise<DownloadedPackage> {
  const format = "--showformat=${Package}\t${Version}\t${Architecture}";
  const result = await runProgram("dpkg-deb", ["--show", format, file]);
  const [name, version, architecture] = result.output.trim().split("\t");
  if (result.code !== 0 || !name || !version || !architecture) {
    throw new ToolchainError(`dpkg-deb could not read ${file}: ${result.errors.trim()}`);
  }
  return { file, name, version, architecture };
}
