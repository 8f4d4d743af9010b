import type { Approval, Comment, WholeRevision } from "@hauberk/contract";
import {
  type Design,
  type DesignFile,
  type FileView,
  type HauberkConfig,
  readConfig,
  viewFile,
} from "@hauberk/core/design";
import { type AnchorPlace, followSuggestion, followThrough, type FollowedAnchor } from "@hauberk/core/review";
import { type LineWords, sayFileLines, type VariableValues } from "@hauberk/core/words";

const configPath = "hauberk.json";

/** A revision as the page reads it: its files, their typed views, and what `hauberk.json` says. */
export interface ReadRevision {
  readonly revision: WholeRevision;
  readonly design: Design;
  readonly views: readonly FileView[];
  /** Null where there is none, or it can't be read. */
  readonly config: HauberkConfig | null;
}

const read = new WeakMap<WholeRevision, ReadRevision>();

/** Reads a revision; each once. */
export function readRevision(revision: WholeRevision, name: string): ReadRevision {
  const known = read.get(revision);
  if (known !== undefined && known.design.name === name) return known;
  const files: DesignFile[] = revision.texts.map(({ path, text }) => ({ path, text }));
  const views = files
    .filter(({ path }) => path !== configPath)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, text }) => viewFile(path, text));
  const text = files.find(({ path }) => path === configPath)?.text;
  const reading = text === undefined ? null : readConfig(text);
  const made = { revision, design: { name, files }, views, config: reading?.ok === true ? reading.config : null };
  read.set(revision, made);
  return made;
}

/** A comment that begins a thread, with the answers to it. */
export interface Thread {
  readonly head: Comment;
  readonly replies: readonly Comment[];
}

/** The threads, the oldest first; of a deleted comment only where somebody answered it. */
export function threadsOf(comments: readonly Comment[]): readonly Thread[] {
  const replies = Map.groupBy(comments, ({ thread }) => thread);
  return comments
    .filter(({ thread }) => thread === null)
    .map((head) => ({ head, replies: (replies.get(head.id) ?? []).filter(({ deleted }) => !deleted) }))
    .filter(({ head, replies: some }) => !head.deleted || some.length > 0);
}

/** A thread with the place of what it is about in the revision that is shown. */
export interface PlacedThread extends Thread {
  /** Null: about the design as a whole; `unknown`: the revision that it was written at is not here yet. */
  readonly followed: FollowedAnchor | "unknown" | null;
}

/** The files of a revision. */
interface NumberedFiles {
  readonly number: number;
  readonly files: readonly DesignFile[];
}

/** The revisions that tell where a thread's rule went: that of its comment, and those before and after its suggestion. */
export function revisionsOf({ head: { anchor, applied } }: Thread): readonly number[] {
  if (anchor === null) return [];
  return [anchor.revision, ...(applied === null ? [] : [applied - 1, applied])];
}

/** Finds each thread's place in a revision. `known`: the files of the revisions that are at hand, by number. */
export function placeThreads(
  threads: readonly Thread[],
  shown: ReadRevision,
  known: ReadonlyMap<number, readonly DesignFile[]>,
): readonly PlacedThread[] {
  const { number } = shown.revision;
  const revisions = [...new Map([...known, [number, shown.design.files]])]
    .map(([of, files]): NumberedFiles => ({ number: of, files }))
    .toSorted((one, other) => one.number - other.number);
  return threads.map((thread) => {
    const { anchor } = thread.head;
    if (anchor === null) return { ...thread, followed: null };
    const [first, last] = [Math.min(anchor.revision, number), Math.max(anchor.revision, number)];
    const between = revisions.filter((each) => each.number >= first && each.number <= last);
    const way = anchor.revision <= number ? between : between.toReversed();
    return { ...thread, followed: way[0]?.number === anchor.revision ? follow(thread.head, anchor, way) : "unknown" };
  });
}

/** Follows a comment's rule through revisions, from that of the comment to the one that is shown. */
function follow({ suggestion, applied }: Comment, place: AnchorPlace, way: readonly NumberedFiles[]): FollowedAnchor {
  const files = way.map((each) => each.files);
  const at = way.findIndex((each, index) => each.number === applied && way[index - 1]?.number === applied - 1);
  const [before, after] = [files[at - 1], files[at]];
  if (suggestion === null || before === undefined || after === undefined) return followThrough(place, files);
  const then = followThrough(place, files.slice(0, at));
  if (then.state === "gone") return followThrough(place, files);
  const landed = followSuggestion(then.place, suggestion, before, after);
  if (landed.state === "gone") return followThrough(place, files);
  const now = followThrough(landed.place, files.slice(at));
  return now.state === "gone" ? now : { ...now, state: "changed" };
}

/** Something of a file that can be spoken about, with the threads on it. */
export interface RuleRow {
  readonly key: string;
  readonly words: LineWords;
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  readonly threads: readonly PlacedThread[];
}

/** The rows of a file in the order of the text. `values`: what variables stand for in it. */
export function rowsOf(view: FileView, threads: readonly PlacedThread[], values?: VariableValues): readonly RuleRow[] {
  const { text } = view.tree;
  const here = threads.flatMap((thread) => {
    const { followed } = thread;
    if (followed === null || followed === "unknown" || followed.state === "gone") return [];
    return followed.place.file === view.path ? [{ thread, start: followed.place.start }] : [];
  });
  const lines = sayFileLines(view, values);
  const times = new Map<string, number>();
  let line = 1;
  let at = 0;
  return lines.map((words, index) => {
    const { start, end } = words.range;
    for (let next = text.indexOf("\n", at); next !== -1 && next < start; next = text.indexOf("\n", at)) {
      line++;
      at = next + 1;
    }
    const following = lines[index + 1]?.range.start ?? Number.POSITIVE_INFINITY;
    // A thread on something between two rows is shown at the one before it.
    const mine = here.filter((each) => each.start < following && (each.start >= start || index === 0));
    // By what it says, not by its place: whoever writes at a rule keeps their words when lines before it come or go.
    const name = `${words.kind} ${text.slice(start, end)}`;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return {
      key: `${time} ${name}`,
      words,
      text: text.slice(start, end),
      line,
      threads: mine.map(({ thread }) => thread),
    };
  });
}

/** The decisions, latest first, that nobody took back: all on the newest bytes; of earlier ones each person's latest. */
export function standingDecisions(approvals: readonly Approval[]): readonly Approval[] {
  const heard = new Set<string>();
  return approvals.filter(({ by, stale, withdrawn }) => {
    if (withdrawn !== null) return false;
    const who = by.account ?? `name ${by.name}`;
    const isLatest = !heard.has(who);
    heard.add(who);
    return isLatest || !stale;
  });
}

/** The newest revision before (or at) a number that somebody approved; null where there is none. */
export function approvedBefore(approvals: readonly Approval[], number: number): number | null {
  const numbers = approvals
    .filter(({ decision, withdrawn, lapsed }) => decision === "approve" && withdrawn === null && !lapsed)
    .filter(({ revision }) => revision < number)
    .map(({ revision }) => revision);
  return numbers.length === 0 ? null : Math.max(...numbers);
}

/** The gate in words: `1 of 2 approvals`. */
export function gateWords({
  required,
  given,
  against,
}: {
  readonly required: number;
  readonly given: number;
  readonly against: number;
}): string {
  const asks = against === 0 ? "" : against === 1 ? ", 1 asks for changes" : `, ${against} ask for changes`;
  if (required === 0) {
    const approvals = given === 1 ? "1 approval" : `${given} approvals`;
    return `${given === 0 ? "No approval needed" : `${approvals}, none needed`}${asks}`;
  }
  return `${given} of ${required} ${required === 1 ? "approval" : "approvals"}${asks}`;
}
