import { configPath, type DesignFile } from "../design/index.ts";
import { linesOf } from "./align.ts";

/** Files that share less of their lines are two files, not one with another name. */
const leastAlike = 0.5;

/** More pairs than that are not weighed: so many files at once are no renaming. */
const mostPairs = 2_500;

/** Files that have another path afterwards: the path before → the path after. Each is gone, new, and alike in most lines. */
export function renamedFiles(before: readonly DesignFile[], after: readonly DesignFile[]): ReadonlyMap<string, string> {
  const [then, now] = [pathsOf(before), pathsOf(after)];
  const gone = before.filter(({ path }) => path !== configPath && !now.has(path)).map(counted);
  const come = after.filter(({ path }) => path !== configPath && !then.has(path)).map(counted);
  if (gone.length * come.length > mostPairs) return new Map();
  const pairs = gone
    .flatMap((from) => come.map((to) => ({ from: from.path, to: to.path, alike: likeness(from, to) })))
    .filter(({ alike }) => alike >= leastAlike)
    .toSorted((one, other) => other.alike - one.alike);
  const found = new Map<string, string>();
  const taken = new Set<string>();
  for (const { from, to } of pairs) {
    if (found.has(from) || taken.has(to)) continue;
    found.set(from, to);
    taken.add(to);
  }
  return found;
}

function pathsOf(files: readonly DesignFile[]): Set<string> {
  return new Set(files.map(({ path }) => path));
}

interface CountedFile {
  readonly path: string;
  readonly lines: ReadonlyMap<string, number>;
  readonly count: number;
}

function counted({ path, text }: DesignFile): CountedFile {
  const lines = new Map<string, number>();
  let count = 0;
  for (const line of linesOf(text)) {
    const plain = line.trim();
    // Blank lines and lone braces are alike in all files.
    if (plain.length < 2) continue;
    lines.set(plain, (lines.get(plain) ?? 0) + 1);
    count++;
  }
  return { path, lines, count };
}

/** The part of their lines that two files share, 0 to 1. */
function likeness(one: CountedFile, other: CountedFile): number {
  if (one.count + other.count === 0) return 0;
  let shared = 0;
  for (const [line, count] of one.lines) shared += Math.min(count, other.lines.get(line) ?? 0);
  return (2 * shared) / (one.count + other.count);
}
