import type { DesignFile } from "../design/index.ts";
import { settingRange } from "../edit/index.ts";
import { LineIndex } from "../text/index.ts";
import type { Clash } from "./merge-clashes.ts";
import type { Segment } from "./merge-lines.ts";
import type { MergeConflict, MergeOutcome, MergePlace } from "./merge-outcome.ts";
import { NewProblems, type Sides } from "./merge-problems.ts";
import type { SettingConflict } from "./merge-settings.ts";

/** A conflict of a file that is no matter of its lines. */
export type FileConflict =
  | {
      readonly kind: "file" | "name";
      readonly base: string;
      readonly mine: string | null;
      readonly theirs: string | null;
    }
  | ({ readonly kind: "setting" } & SettingConflict);

/** One file of the outcome, with its path on mine's side. */
export interface MergedFile {
  readonly path: string;
  readonly minePath: string | null;
  readonly segments: readonly Segment[];
  /** Why all of the file is asked for at once; null where it is asked for by its lines. */
  readonly reason: string | null;
  readonly conflicts: readonly FileConflict[];
}

/** A file as it comes out: its text, and where each segment stands in it. */
interface Laid {
  readonly file: MergedFile;
  readonly text: string;
  readonly lines: LineIndex;
  readonly starts: ReadonlyMap<Segment, number>;
}

/** The files as they come out, mine where there is a conflict, with the places that are to be chosen. */
export function outcomeOf(
  merged: readonly MergedFile[],
  clashes: readonly Clash[],
  { mine, theirs }: Sides,
): MergeOutcome {
  const order = new Map([...theirs, ...mine].map(({ path }, at) => [path, at + theirs.length + mine.length]));
  for (const [at, { path }] of mine.entries()) order.set(path, at);
  const files = merged.toSorted(
    (one, other) => (order.get(one.minePath ?? one.path) ?? 0) - (order.get(other.minePath ?? other.path) ?? 0),
  );
  const given = new Set(clashes.flatMap((clash) => clash.theirs));
  const laid = files.map((file) => layOut(file, given));
  return {
    files: laid.map(({ file: { path }, text }) => ({ path, text })),
    conflicts: laid.flatMap((each) => [
      ...each.file.conflicts.map((conflict) => fileConflict(each, conflict)),
      ...[...lineConflicts(each), ...clashesIn(each, laid, clashes)].toSorted((one, other) => one.line - other.line),
    ]),
  };
}

function layOut(file: MergedFile, given: ReadonlySet<Segment>): Laid {
  const starts = new Map<Segment, number>();
  let text = "";
  for (const segment of file.segments) {
    starts.set(segment, text.length);
    text += given.has(segment) ? segment.mine : (segment.merged ?? segment.mine);
  }
  return { file, text, lines: new LineIndex(text), starts };
}

function lineOf({ lines }: Laid, offset: number): number {
  return lines.positionAt(offset).line;
}

function fileConflict(laid: Laid, conflict: FileConflict): MergeConflict {
  const { path } = laid.file;
  if (conflict.kind !== "setting") return { ...conflict, file: path, line: 1 };
  const { place } = conflict;
  const range = settingRange(laid.text, place) ?? settingRange(laid.text, { ...place, entry: null });
  return { ...conflict, file: path, line: lineOf(laid, range?.start ?? 0) };
}

function lineConflicts(laid: Laid): readonly MergeConflict[] {
  const { path, reason, segments } = laid.file;
  const asked = segments.filter(({ merged }) => merged === null);
  if (asked.length === 0) return [];
  const problems = problemsOf(laid.file);
  return asked.map((segment): MergeConflict => {
    const { base, mine, theirs } = segment;
    const start = laid.starts.get(segment) ?? 0;
    const place: MergePlace = { file: path, range: { start, end: start + mine.length }, mine, theirs };
    const head = { file: path, line: lineOf(laid, start), base, mine, theirs };
    if (reason !== null) return { ...head, kind: "broken", places: [place], reason };
    return { ...head, kind: "lines", places: [place], both: bothAt(laid, place, problems) };
  });
}

/** The errors that a text of a file has, looked at alone, beyond those of its sides. */
function problemsOf({ path, segments }: MergedFile): NewProblems {
  const side = (of: "mine" | "theirs"): DesignFile[] => [{ path, text: segments.map((each) => each[of]).join("") }];
  return new NewProblems({ mine: side("mine"), theirs: side("theirs") });
}

/** Both beside one another, mine first; null where that says nothing more, or no parser accepts it. */
function bothAt(
  { file: { path }, text }: Laid,
  { range, mine, theirs }: MergePlace,
  problems: NewProblems,
): string | null {
  if (mine === "" || theirs === "") return null;
  const both = `${mine}${mine.endsWith("\n") ? "" : "\n"}${theirs}`;
  const whole = `${text.slice(0, range.start)}${both}${text.slice(range.end)}`;
  return problems.of([{ path, text: whole }]).length === 0 ? both : null;
}

/** The clashes whose part of mine stands in a file; what theirs did may stand in others. */
function clashesIn(laid: Laid, all: readonly Laid[], clashes: readonly Clash[]): readonly MergeConflict[] {
  return clashes.flatMap(({ mine, theirs, reason }): MergeConflict[] => {
    const start = laid.starts.get(mine);
    if (start === undefined) return [];
    const [first] = theirs;
    const isOne = first === mine;
    const own: MergePlace[] = isOne ? [] : [placeOf(laid, mine, mine.merged ?? mine.mine, mine.theirs)];
    const others = theirs.flatMap((segment) =>
      all
        .filter(({ starts }) => starts.has(segment))
        .map((at) => placeOf(at, segment, segment.mine, isOne ? segment.theirs : (segment.merged ?? segment.theirs))),
    );
    const head = { file: laid.file.path, line: lineOf(laid, start), base: mine.base };
    const texts = { mine: mine.mine, theirs: theirs.map((each) => each.theirs).join("") };
    return [{ ...head, ...texts, kind: "broken", places: [...own, ...others], reason }];
  });
}

function placeOf({ file, starts }: Laid, segment: Segment, mine: string, theirs: string): MergePlace {
  const start = starts.get(segment) ?? 0;
  return { file: file.path, range: { start, end: start + mine.length }, mine, theirs };
}
