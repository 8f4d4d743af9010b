import type { RevisionFile } from "@hauberk/contract";
import { revisionHash } from "@hauberk/core/bundle";
import { lineDiff, linesOf } from "../../panel/line-diff.ts";
import { configPath, policyFolder, type Texts } from "../../store/index.ts";

/** What of a design's texts is saved, by path. */
export function revisionFiles(texts: Texts): RevisionFile[] {
  return [...texts].flatMap(([path, text]) =>
    path === configPath || path.startsWith(policyFolder) ? [{ path, text }] : [],
  );
}

/** The hash that a revision of these texts has. */
export function hashOf(texts: Texts): string {
  return revisionHash({ name: "", files: revisionFiles(texts) });
}

/** How many places differ between the texts of a revision and those of now: a run of lines each, a file that came or went. */
export function countChanges(saved: Texts, now: Texts): number {
  let count = 0;
  for (const path of new Set([...saved.keys(), ...now.keys()])) {
    const from = saved.get(path);
    const to = now.get(path);
    if (from === to) continue;
    count += from === undefined || to === undefined ? 1 : lineDiff(linesOf(from), linesOf(to)).length;
  }
  return count;
}
