import { configPath, readConfig, viewFile, type DesignFile } from "../design/index.ts";
import { LineIndex } from "../text/index.ts";
import { mergeLines } from "./merge-lines.ts";
import type { MergeConflict, MergeOutcome } from "./merge-outcome.ts";
import { renamedFiles } from "./renamed-files.ts";

/**
 * Puts two revisions together that were made of the same one, by file and line. What one side alone changed, added, took away or
 * gave another name is taken; where both did and it does not fit, the merged files hold mine and a conflict holds both.
 */
export function mergeRevisions(
  base: readonly DesignFile[],
  mine: readonly DesignFile[],
  theirs: readonly DesignFile[],
): MergeOutcome {
  const renames = { mine: renamedFiles(base, mine), theirs: renamedFiles(base, theirs) };
  const merged = mergeFiles({ base, mine, theirs }, renames);
  const paths = new Set(merged.map(({ path }) => path));
  // Two files came to one path: by their paths alone they don't.
  const sound = paths.size === merged.length;
  return outcomeOf(sound ? merged : mergeFiles({ base, mine, theirs }, noRenames), mine, theirs);
}

type Side = "mine" | "theirs";

interface Sides {
  readonly base: readonly DesignFile[];
  readonly mine: readonly DesignFile[];
  readonly theirs: readonly DesignFile[];
}

type Renames = Readonly<Record<Side, ReadonlyMap<string, string>>>;

const noRenames: Renames = { mine: new Map(), theirs: new Map() };

/** A conflict before its line is known. */
type NewConflict = Omit<MergeConflict, "file" | "line">;

/** One file of the outcome, with its paths on both sides. */
interface MergedFile {
  readonly path: string;
  readonly text: string;
  readonly minePath: string | null;
  readonly conflicts: readonly NewConflict[];
}

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
    found.push(text === undefined ? alone(file, file.path) : mergedBoth(file.path, file.path, "", file.text, text, []));
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
  return { path, text, minePath, conflicts: [] };
}

/** A file that the base has; null where it is taken away. */
function mergedOld(base: DesignFile, mine: DesignFile | null, theirs: DesignFile | null): MergedFile | null {
  if (mine === null || theirs === null) {
    const left = mine ?? theirs;
    if (left === null || (left.text === base.text && left.path === base.path)) return null;
    const range = { start: 0, end: left.text.length };
    const texts = { base: base.text, mine: mine?.text ?? null, theirs: theirs?.text ?? null };
    return { ...alone(left, mine?.path ?? null), conflicts: [{ kind: "file", ...texts, range }] };
  }
  const path = mine.path === base.path ? theirs.path : mine.path;
  const isTwice = mine.path !== theirs.path && mine.path !== base.path && theirs.path !== base.path;
  const names: NewConflict = {
    kind: "name",
    base: base.path,
    mine: mine.path,
    theirs: theirs.path,
    range: { start: 0, end: 0 },
  };
  return mergedBoth(path, mine.path, base.text, mine.text, theirs.text, isTwice ? [names] : []);
}

function mergedBoth(
  path: string,
  minePath: string,
  base: string,
  mine: string,
  theirs: string,
  names: readonly NewConflict[],
): MergedFile {
  const { text, conflicts } = mergeLines(base, mine, theirs, path !== configPath);
  if (text !== mine && text !== theirs && !reads(path, text) && reads(path, mine) && reads(path, theirs)) {
    const whole: NewConflict = { kind: "broken", base, mine, theirs, range: { start: 0, end: mine.length } };
    return { path, text: mine, minePath, conflicts: [...names, whole] };
  }
  return {
    path,
    text,
    minePath,
    conflicts: [...names, ...conflicts.map((each): NewConflict => ({ kind: "lines", ...each }))],
  };
}

/** True where a text is what its file shall hold: settings that can be read, or policy without an error of its syntax. */
function reads(path: string, text: string): boolean {
  return path === configPath ? readConfig(text).ok : viewFile(path, text).tree.errors.length === 0;
}

function outcomeOf(
  merged: readonly MergedFile[],
  mine: readonly DesignFile[],
  theirs: readonly DesignFile[],
): MergeOutcome {
  const places = new Map([...theirs, ...mine].map(({ path }, at) => [path, at + theirs.length + mine.length]));
  for (const [at, { path }] of mine.entries()) places.set(path, at);
  const files = merged.toSorted(
    (one, other) => (places.get(one.minePath ?? one.path) ?? 0) - (places.get(other.minePath ?? other.path) ?? 0),
  );
  return {
    files: files.map(({ path, text }) => ({ path, text })),
    conflicts: files.flatMap(({ path, text, conflicts }) => {
      const lines = new LineIndex(text);
      return conflicts.map((each) => ({ ...each, file: path, line: lines.positionAt(each.range.start).line }));
    }),
  };
}
