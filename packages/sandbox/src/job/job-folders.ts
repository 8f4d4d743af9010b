import { readlinkSync, readFileSync, rmSync } from "node:fs";
import { lstat, mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Folders of jobs, each for one run. Their names tell which process made them, so that what a killed one left behind can
 * be told from what another one is using: `hauberk-job-PIDNAMESPACE-PID-START-…`, where START is when the process began.
 */
const prefix = "hauberk-job-";
const named = /^hauberk-job-(\d+)-(\d+)-(\d+)-/;

let ownPrefix: string | undefined;

/** Makes an empty folder that only this user can enter. */
export function makeJobFolder(): Promise<string> {
  return mkdtemp(jobFolderPrefix());
}

/** The beginning of the paths of this process's folders. */
export function jobFolderPrefix(): string {
  ownPrefix ??= `${prefix}${pidNamespace()}-${process.pid}-${startOf(process.pid)}-`;
  return join(tmpdir(), ownPrefix);
}

/** Removes a job's folder; a link in it is removed, never followed. At once: for a hundred links that is the fastest. */
export async function removeJobFolder(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Removes the folders of this user's processes that are gone (killed in the middle of a job, or before a reboot). Those
 * of other users, of other process namespaces and of living processes stay. Never throws: it only tidies up.
 */
export async function sweepJobFolders(): Promise<void> {
  const place = tmpdir();
  const names = await readdir(place).catch(() => []);
  await Promise.all(names.filter(isOfDeadProcess).map((name) => removeOwn(join(place, name)).catch(() => undefined)));
}

function isOfDeadProcess(name: string): boolean {
  const [, namespace, pid, start] = named.exec(name) ?? [];
  if (namespace === undefined || namespace !== pidNamespace()) return false;
  return startOf(Number(pid)) !== start;
}

async function removeOwn(folder: string): Promise<void> {
  const status = await lstat(folder);
  if (status.isDirectory() && status.uid === process.getuid?.()) await removeJobFolder(folder);
}

/** The number of the namespace in which process ids count; two containers may share a folder and not their ids. */
function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}

/** When a process began, in ticks since the machine did; null where there is no such process. */
function startOf(pid: number): string | null {
  try {
    // The name in brackets may hold blanks and brackets itself; the 22nd field is the 20th behind it.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
