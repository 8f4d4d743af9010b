import { readFileSync, realpathSync, statSync } from "node:fs";
import { draftLimits, type GivenFile } from "@hauberk/core/draft";
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
  const relative = paths.find((path) => !path.startsWith("/"));
  if (relative !== undefined) throw new CallError(`the list of files holds ${relative}, which is no absolute path`);
  return { files: [...files, ...readListed(paths)], paths };
}

function readNamed(path: string): GivenFile {
  const place = fromStandingPlace(path);
  try {
    const { size, mode } = statSync(place);
    if (size > draftLimits.given) {
      throw new CallError(`${path} is larger than ${draftLimits.given / (1024 * 1024)} MiB and was not read`);
    }
    const bytes = new Uint8Array(readFileSync(place));
    // What may run is taken to be installed where it lies; a package lies anywhere.
    const name = (mode & 0o111) !== 0 || /\.(?:service|socket)$/u.test(path) ? realpathSync(place) : path;
    return { name, bytes, mode: mode & 0o7777 };
  } catch (error) {
    if (error instanceof CallError) throw error;
    throw new CallError(`cannot read ${path}: ${systemReason(error)}`);
  }
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
