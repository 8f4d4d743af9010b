import { linkSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { jobFolderPrefix } from "./job-folders.ts";

/**
 * Links of job trees into a target's policy tree. Each is made once a process, and a job tree gets further names of it:
 * a hundred new symbolic links a job take ext4 up to 70 ms, as it passes over every inode that was freed of late, and a
 * hundred names take one.
 */
let folder: string | undefined;
/** What lies in the folder: where a link leads to, and its name there. */
const made = new Map<string, string>();

/** Makes a symbolic link with the text `to` at a path; the folder of the path is there. */
export function placeLink(to: string, path: string): void {
  try {
    linkSync(kept(to), path);
  } catch (error) {
    // The folder may have been cleared away, be on another file system, or the link may have all the names it can have.
    if (!isRefusedLink(error)) throw error;
    symlinkSync(to, path);
    if (error.code !== "EXDEV") removeTreeLinks();
  }
}

/** Removes what was made; it is made anew when it is needed. */
export function removeTreeLinks(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
  made.clear();
}

function kept(to: string): string {
  folder ??= mkdtempSync(jobFolderPrefix());
  const known = made.get(to);
  if (known !== undefined) return known;
  const place = join(folder, String(made.size));
  symlinkSync(to, place);
  made.set(to, place);
  return place;
}

function isRefusedLink(error: unknown): error is Error & { readonly code: string } {
  const codes: readonly unknown[] = ["ENOENT", "EXDEV", "EMLINK", "EPERM"];
  return error instanceof Error && "code" in error && codes.includes(error.code);
}
