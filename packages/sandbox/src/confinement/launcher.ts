import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeJobFolder, removeJobFolder } from "../job/job-folders.ts";
import { elfNeeds } from "../toolchain/elf.ts";
import { librarySearchPath } from "../toolchain/minimal-root.ts";
import type { ConfinedResult, ConfinedRun, Outcome, PreparedRun, ReadOnlyMount } from "./confined-run.ts";
import { prlimitOptions } from "./limits.ts";

/** The programs that confine by Landlock, by absolute path, and the filter of system calls. */
export interface LauncherTools {
  readonly kind: "launcher";
  readonly setpriv: string;
  readonly prlimit: string;
  readonly filter: Buffer;
}

/**
 * Places that the parser opens by their absolute names. On a machine laid out for the launcher each is a link into the
 * working folder of whoever looks, so that every run sees its own files there without a mount or another root.
 */
export const runPlaces: readonly string[] = [
  "/etc/apparmor",
  "/etc/apparmor.d",
  "/policy",
  "/usr/share/apparmor-features",
];

/** What a run's place is a link to. */
export function linkOfPlace(place: string): string {
  return `/proc/self/cwd${place}`;
}

/** What Landlock knows since its first version, so that every kernel with it takes the list. */
const governed =
  "fs:execute,write-file,read-file,read-dir,remove-dir,remove-file,make-char,make-dir,make-reg,make-sock,make-fifo,make-block,make-sym";

/**
 * Lays out a working folder with the run's places, and the command: limits, then no privilege to gain, no file but the
 * mounts of the run, and a list of system calls; then the program by its own root's loader. That it does not outlive the
 * validator is the container's doing, which ends with its first process.
 */
export async function prepareLauncher(tools: LauncherTools, run: ConfinedRun): Promise<PreparedRun> {
  const [root] = run.mounts;
  if (root?.at !== "/") throw new Error("the first mount of a run must be its root");
  const folder = await makeJobFolder();
  const tidy = (): Promise<void> => removeJobFolder(folder);
  try {
    for (const place of runPlaces) await layOut(place, run.mounts, root.from, folder);
    const filter = join(folder, "system-calls");
    await writeFile(filter, tools.filter);
    const rules = await Promise.all(run.mounts.map((mount) => landlockRule(mount)));
    const options = ["--no-new-privs", "--seccomp-filter", filter];
    const landlock = ["--landlock-access", governed, ...rules.flatMap((rule) => ["--landlock-rule", rule])];
    const limits = [tools.prlimit, ...prlimitOptions(run.limits), "--"] as const;
    const program = await byOwnLoader(root.from, run.argv);
    return { argv: [...limits, tools.setpriv, ...options, ...landlock, "--", ...program], folder, read: ended, tidy };
  } catch (error) {
    await tidy();
    throw error;
  }
}

/** Links a place to what is mounted there; where something lies below it, a folder of links to the root's own and that. */
async function layOut(place: string, mounts: readonly ReadOnlyMount[], root: string, folder: string): Promise<void> {
  const at = join(folder, place);
  await mkdir(dirname(at), { recursive: true });
  const own = mounts.find((mount) => mount.at === place)?.from ?? join(root, place);
  const below = mounts.filter((mount) => mount.at.startsWith(`${place}/`));
  if (below.length === 0) return symlink(own, at);
  await mkdir(at);
  for (const mount of below) {
    await mkdir(dirname(join(folder, mount.at)), { recursive: true });
    await symlink(mount.from, join(folder, mount.at));
  }
  const taken = new Set(await readdir(at));
  const names = await readdir(own).catch(() => []);
  await Promise.all(names.filter((name) => !taken.has(name)).map((name) => symlink(join(own, name), join(at, name))));
}

/** Landlock refuses a rule that lets a single file be read as a folder. */
async function landlockRule({ from, at }: ReadOnlyMount): Promise<string> {
  const access = (await stat(from)).isDirectory() ? "read-file,read-dir" : "read-file";
  return `path-beneath:${at === "/" ? `${access},execute` : access}:${from}`;
}

const knownLoaders = new Map<string, Promise<string>>();

/** The program of a root, run by that root's own loader with that root's own libraries. */
async function byOwnLoader(root: string, [program, ...args]: readonly [string, ...string[]]): Promise<string[]> {
  const path = join(root, program);
  const loader = knownLoaders.get(path) ?? loaderOf(path);
  knownLoaders.set(path, loader);
  loader.catch(() => knownLoaders.delete(path));
  const options = ["--inhibit-cache", "--library-path", librarySearchPath(root), "--argv0", program];
  return [join(root, await loader), ...options, path, ...args];
}

/** Rejects as an exec would that fails, for what can't be read or names no loader. */
async function loaderOf(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: Error) => error);
  const interpreter = bytes instanceof Error ? undefined : elfNeeds(bytes)?.interpreter;
  if (!interpreter)
    throw new Error(`failed to execute ${path}: ${bytes instanceof Error ? bytes.message : "no loader"}`);
  return interpreter;
}

/** The command becomes the program without a process between; the words of those before it begin with their names. */
function ended({ code, signal, output, messages }: Outcome): ConfinedResult {
  const said = messages.bytes.toString();
  // setpriv(1) gives 1 or 127, the loader and the parser never begin so.
  if (code !== 0 && /^(setpriv|prlimit): /.test(said)) {
    return { kind: "notStarted", why: said.trim() };
  }
  return {
    kind: "ended",
    code,
    signal,
    output: output.bytes,
    messages: messages.bytes,
    messagesCut: messages.cut,
  };
}
