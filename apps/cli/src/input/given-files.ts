import { readFileSync, realpathSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { draftLimits, type GivenFile, unitFolders } from "@hauberk/core/draft";
import { CallError, systemReason } from "../call-error.ts";
import { fromStandingPlace } from "../standing-place.ts";
import { readText } from "./read-text.ts";

/** What a draft is made from: files with their bytes, and paths that are known by name alone. */
export interface GivenToDraft {
  readonly files: readonly GivenFile[];
  readonly paths: readonly string[];
}

/**
 * Reads the files named on the command line, and those of a list of installed files as `dpkg -L` prints it. Of the list,
 * what is not on this machine, or can't be read, counts by its name alone.
 */
export function givenToDraft(named: readonly string[], filesFrom: string | undefined): GivenToDraft {
  const files = named.map(readNamed);
  if (filesFrom === undefined) return { files, paths: [] };
  const list = readText(filesFrom);
  if (!list.ok) throw new CallError(`cannot read the list of files ${filesFrom}: ${list.why}`);
  const paths = list.text.split(/\r?\n|\0/u).filter((path) => path !== "");
  // What is no path, as a line on diversions, is remarked on where the list is read.
  return { files: [...files, ...readListed(paths.filter((path) => path.startsWith("/")))], paths };
}

function readNamed(path: string): GivenFile {
  const place = fromStandingPlace(path);
  try {
    const { size, mode } = statSync(place);
    if (size > draftLimits.given) {
      throw new CallError(`${path} is larger than ${draftLimits.given / (1024 * 1024)} MiB and was not read`);
    }
    const bytes = new Uint8Array(readFileSync(place));
    const lies = installedAt(path, place, mode);
    return { name: basename(path), bytes, mode: mode & 0o7777, ...(lies !== null && { place: lies }) };
  } catch (error) {
    if (error instanceof CallError) throw error;
    throw new CallError(`cannot read ${path}: ${systemReason(error)}`);
  }
}

/**
 * Where a file counts as installed: what may run where it lies, a unit only where systemd looks for units, other files where
 * their whole path was given. A unit that is still being written lies anywhere, and its folder means nothing in a profile.
 */
function installedAt(path: string, place: string, mode: number): string | null {
  const real = realpathSync(place);
  if (/\.(?:service|socket)$/u.test(path)) return [real, resolve(place)].find((each) => unitFolders.test(each)) ?? null;
  if ((mode & 0o111) !== 0) return real;
  return path.startsWith("/") ? path : null;
}

/** Plain files of a list, as far as they are here; the sum of them is bounded. */
function readListed(paths: readonly string[]): GivenFile[] {
  let left: number = draftLimits.given;
  return paths.slice(0, draftLimits.entries).flatMap((path): GivenFile[] => {
    try {
      const status = statSync(path);
      if (!status.isFile() || status.size === 0 || status.size > left) return [];
      left -= status.size;
      return [{ name: path, bytes: new Uint8Array(readFileSync(path)), mode: status.mode & 0o7777 }];
    } catch {
      return [];
    }
  });
}
