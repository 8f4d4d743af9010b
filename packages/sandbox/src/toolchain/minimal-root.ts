import { chmod, copyFile, cp, lstat, mkdir, readFile, readlink, symlink } from "node:fs/promises";
import { basename, dirname, join, posix } from "node:path";
import { elfNeeds } from "./elf.ts";
import { ToolchainError } from "./apt-session.ts";

/** What the minimal root shall hold beside the program's libraries. All paths as they are on the release. */
export interface MinimalRootRequest {
  /** The tree that is copied from: unpacked packages, or `/`. */
  readonly source: string;
  /** An empty folder that becomes the root. */
  readonly root: string;
  readonly program: string;
  /** Programs and libraries beside it, each with what it loads. */
  readonly further?: readonly string[];
  /** Files and folders to keep as they are. */
  readonly keep: readonly string[];
}

/** Folders of a Debian system in which the loader looks, without their architecture's subfolder. */
const libraryFolders = ["/usr/lib", "/lib", "/usr/lib64", "/lib64"];

/** Since Debian 12 these names at the top are links into `/usr`; before they were folders of their own. */
const mergedFolders = ["bin", "sbin", "lib", "lib64"];

/**
 * Fills `root` with a program, the libraries that it loads, and what is to be kept: all that the program can ever open.
 * Throws `ToolchainError` where the program or a library is not in the source.
 */
export async function makeMinimalRoot(request: MinimalRootRequest): Promise<void> {
  const { source, root } = request;
  for (const name of mergedFolders) {
    await mkdir(join(root, "usr", name), { recursive: true });
    await symlink(`usr/${name}`, join(root, name));
  }
  for (const path of [request.program, ...(request.further ?? [])]) await copyProgram(source, root, path);
  for (const path of request.keep) {
    const found = await locate(source, path);
    if (!found) continue;
    await mkdir(join(root, dirname(path)), { recursive: true });
    await cp(found, join(root, path), { recursive: true, verbatimSymlinks: true });
  }
  // Mount points: the policy tree as it is, and the tree of a job with the design merged in.
  for (const path of ["policy", "etc/apparmor.d"]) await mkdir(join(root, path), { recursive: true });
}

async function copyProgram(source: string, root: string, program: string): Promise<void> {
  const bytes = await copyResolved(source, root, program);
  const needs = elfNeeds(bytes);
  if (!needs) throw new ToolchainError(`${program} is not a 64-bit program that this can read`);
  if (needs.interpreter !== null) await copyResolved(source, root, needs.interpreter);
  const waiting = [...needs.libraries];
  const done = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (done.has(name) || name === basename(needs.interpreter ?? "")) continue;
    done.add(name);
    const place = await locateLibrary(source, name);
    const library = await copyResolved(source, root, place);
    waiting.push(...(elfNeeds(library)?.libraries ?? []));
  }
}

/** Copies the file that a path leads to under the path's own name, so that no link needs to be kept. */
async function copyResolved(source: string, root: string, path: string): Promise<Buffer> {
  const found = await locate(source, path);
  if (!found) throw new ToolchainError(`${path} is not in the unpacked packages`);
  const from = await resolveWithin(source, found);
  const to = join(root, path);
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  await chmod(to, 0o755);
  return readFile(to);
}

/** A path of the release in the source: there as named, or on the other side of the merge into `/usr`. */
async function locate(source: string, path: string): Promise<string | undefined> {
  const other = path.startsWith("/usr/") ? path.slice(4) : `/usr${path}`;
  for (const candidate of [join(source, path), join(source, other)]) {
    if (await exists(candidate)) return candidate;
  }
  return undefined;
}

/** The folders of a finished root in which its loader is to look, as the loader takes them. */
export function librarySearchPath(root: string): string {
  return libraryFolders.flatMap((one) => [join(root, one, triplet()), join(root, one)]).join(":");
}

async function locateLibrary(source: string, name: string): Promise<string> {
  for (const folder of libraryFolders.flatMap((one) => [`${one}/${triplet()}`, one])) {
    if (await exists(join(source, folder, name))) return `${folder}/${name}`;
  }
  throw new ToolchainError(`the library ${name}, which the parser loads, is not in the unpacked packages`);
}

/** The name of this architecture in Debian's library folders. */
export function triplet(): string {
  return process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
}

/** Follows a file's links as the release would: an absolute one counts from the source's own top. */
async function resolveWithin(source: string, path: string): Promise<string> {
  let at = path;
  for (let links = 0; links < 8; links++) {
    if (!(await lstat(at)).isSymbolicLink()) return at;
    const inside = join(dirname(at).slice(source === "/" ? 0 : source.length), "/");
    const target = posix.resolve(inside, await readlink(at));
    const next = await locate(source, target);
    if (!next) throw new ToolchainError(`${at} is a link to ${target}, which is not in the unpacked packages`);
    at = next;
  }
  throw new ToolchainError(`${path} is a link that leads nowhere`);
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
