import { configPath, type DesignFile } from "../design/index.ts";
import { findClashes, type Clash } from "./merge-clashes.ts";
import { outcomeOf, type FileConflict, type MergedFile } from "./merge-layout.ts";
import { mergeLines, type Segment } from "./merge-lines.ts";
import type { MergeOutcome } from "./merge-outcome.ts";
import type { Sides } from "./merge-problems.ts";
import { mergeSettings } from "./merge-settings.ts";
import { renamedFiles } from "./renamed-files.ts";

/**
 * Puts two revisions together that were made of the same one, by file and line, and `hauberk.json` by what it says. What one side
 * alone changed, added, took away or gave another name is taken; where both did and it does not fit, the merged files hold mine
 * and a conflict holds both. What no parser accepts together, though each side's, is a conflict too.
 */
export function mergeRevisions(
  base: readonly DesignFile[],
  mine: readonly DesignFile[],
  theirs: readonly DesignFile[],
): MergeOutcome {
  const sides = { base, mine, theirs };
  const merged = mergeFiles(sides, { mine: renamedFiles(base, mine), theirs: renamedFiles(base, theirs) });
  const paths = new Set(merged.map(({ path }) => path));
  // Two files came to one path: by their paths alone they don't.
  const sound = paths.size === merged.length ? merged : mergeFiles(sides, noRenames);
  const { clashes, unsolved } = findClashes(sound, sides);
  const reasons = new Map(unsolved.map(({ path, message }) => [path, message]));
  const files = sound.map((file) => asWhole(file, clashes, reasons.get(file.path)));
  return outcomeOf(files, clashes, sides);
}

type Renames = Readonly<Record<"mine" | "theirs", ReadonlyMap<string, string>>>;

const noRenames: Renames = { mine: new Map(), theirs: new Map() };

function mergeFiles({ base, mine, theirs }: Sides, renames: Renames): readonly MergedFile[] {
  const [own, other] = [textsOf(mine), textsOf(theirs)];
  const met = { mine: new Set<string>(), theirs: new Set<string>() };
  const found: MergedFile[] = [];
  for (const { path, text } of base) {
    const minePath = renames.mine.get(path) ?? path;
    const theirPath = renames.theirs.get(path) ?? path;
    met.mine.add(minePath);
    met.theirs.add(theirPath);
    const file = mergedOld({ path, text }, fileAt(own, minePath), fileAt(other, theirPath));
    if (file !== null) found.push(file);
  }
  for (const file of mine) {
    if (met.mine.has(file.path)) continue;
    const text = met.theirs.has(file.path) ? undefined : other.get(file.path);
    if (text !== undefined) met.theirs.add(file.path);
    found.push(
      text === undefined
        ? alone(file, file.path)
        : mergedBoth(file.path, file.path, { base: "", mine: file.text, theirs: text }, []),
    );
  }
  for (const file of theirs) if (!met.theirs.has(file.path)) found.push(alone(file, null));
  return found;
}

function textsOf(files: readonly DesignFile[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, text }) => [path, text]));
}

function fileAt(texts: ReadonlyMap<string, string>, path: string): DesignFile | null {
  const text = texts.get(path);
  return text === undefined ? null : { path, text };
}

function alone({ path, text }: DesignFile, minePath: string | null): MergedFile {
  const segments = [{ base: text, mine: text, theirs: text, merged: text }];
  return { path, minePath, segments, reason: null, conflicts: [] };
}

/** A file that the base has; null where it is taken away. */
function mergedOld(base: DesignFile, mine: DesignFile | null, theirs: DesignFile | null): MergedFile | null {
  if (mine === null || theirs === null) {
    const left = mine ?? theirs;
    if (left === null || (left.text === base.text && left.path === base.path)) return null;
    const texts = { base: base.text, mine: mine?.text ?? null, theirs: theirs?.text ?? null };
    return { ...alone(left, mine?.path ?? null), conflicts: [{ kind: "file", ...texts }] };
  }
  const path = mine.path === base.path ? theirs.path : mine.path;
  const isTwice = mine.path !== theirs.path && mine.path !== base.path && theirs.path !== base.path;
  const names: FileConflict = { kind: "name", base: base.path, mine: mine.path, theirs: theirs.path };
  const texts = { base: base.text, mine: mine.text, theirs: theirs.text };
  return mergedBoth(path, mine.path, texts, isTwice ? [names] : []);
}

type Texts = Omit<Segment, "merged">;

function mergedBoth(path: string, minePath: string, texts: Texts, names: readonly FileConflict[]): MergedFile {
  const { base, mine, theirs } = texts;
  const head = { path, minePath, reason: null, conflicts: names };
  if (path !== configPath) return { ...head, segments: mergeLines(base, mine, theirs) };
  if (mine === theirs || base === theirs) return { ...head, segments: [{ ...texts, merged: mine }] };
  if (base === mine) return { ...head, segments: [{ ...texts, merged: theirs }] };
  const settings = mergeSettings(base, mine, theirs);
  if (settings === null) {
    return { ...head, segments: [{ ...texts, merged: null }], reason: "one of the two can’t be read as settings" };
  }
  const conflicts = settings.conflicts.map((each) => ({ kind: "setting", ...each }) as const);
  return { ...head, segments: [{ ...texts, merged: settings.text }], conflicts: [...names, ...conflicts] };
}

/** The file asked for as a whole, where an error in it has no place that could be asked for. */
function asWhole(file: MergedFile, clashes: readonly Clash[], reason: string | undefined): MergedFile {
  const { segments } = file;
  const [base, mine, theirs] = [
    segments.map((each) => each.base).join(""),
    segments.map((each) => each.mine).join(""),
    segments.map((each) => each.theirs).join(""),
  ];
  const inClash = clashes.some((clash) => [clash.mine, ...clash.theirs].some((each) => segments.includes(each)));
  if (reason === undefined || inClash || mine === theirs || file.path === configPath) return file;
  return { ...file, segments: [{ base, mine, theirs, merged: null }], reason };
}
