import { configPath, type DesignFile } from "../design/index.ts";
import { pairProfiles, type PairedProfiles } from "./pair-profiles.ts";
import { readParts, type FileParts } from "./parts.ts";
import { renamedFiles } from "./renamed-files.ts";

/** A policy file that differs, in both revisions; null where it is not in one of them. */
export interface PairedFile {
  readonly from: FileParts | null;
  readonly to: FileParts | null;
}

/** What of two revisions belongs together: the one way in which changes are told and comments find their rules. */
export interface PairedRevisions {
  /** Paths of files before → after, where they are others. */
  readonly renamed: ReadonlyMap<string, string>;
  /** The policy files that differ. */
  readonly files: readonly PairedFile[];
  /** The profiles of those files, whichever of them they stand in now. */
  readonly profiles: PairedProfiles;
}

/** Pairs the files of two revisions, and the profiles over all files. */
export function pairRevisions(before: readonly DesignFile[], after: readonly DesignFile[]): PairedRevisions {
  const renamed = renamedFiles(before, after);
  const files = pairFiles(before, after, renamed);
  const profiles = pairProfiles(
    files.flatMap(({ from }) => from?.profiles ?? []),
    files.flatMap(({ to }) => to?.profiles ?? []),
    renamed,
  );
  return { renamed, files, profiles };
}

function pairFiles(
  before: readonly DesignFile[],
  after: readonly DesignFile[],
  renamed: ReadonlyMap<string, string>,
): readonly PairedFile[] {
  const now = new Map(after.map((file) => [file.path, file]));
  const met = new Set<string>();
  const pairs: PairedFile[] = [];
  for (const file of before) {
    const there = now.get(renamed.get(file.path) ?? file.path);
    if (there !== undefined) met.add(there.path);
    if (file.path === configPath || (there?.path === file.path && there.text === file.text)) continue;
    pairs.push({ from: readParts(file), to: there === undefined ? null : readParts(there) });
  }
  for (const file of after)
    if (file.path !== configPath && !met.has(file.path)) pairs.push({ from: null, to: readParts(file) });
  return pairs;
}
