import type { Approval, Comment, WholeRevision } from "@hauberk/contract";
import {
  type Design,
  type DesignFile,
  type FileView,
  type HauberkConfig,
  readConfig,
  viewFile,
} from "@hauberk/core/design";
import {
  type AnchorPlace,
  type FilesOf,
  followSuggestion,
  followThrough,
  type FollowedAnchor,
  type NeededRevision,
} from "@hauberk/core/review";
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

/** Where the rule of a thread went: `sought`: revisions on the way are still asked for; `lost`: they can't be had, and why. */
export type ThreadPlace =
  | FollowedAnchor
  | { readonly state: "sought" }
  | { readonly state: "lost"; readonly why: string };

/** A thread with the place of what it is about in the revision that is shown. */
export interface PlacedThread extends Thread {
  /** Null: about the design as a whole. */
  readonly followed: ThreadPlace | null;
}

/** Where what a thread is about stands in the revision that is shown; null where it does not, or nobody knows. */
export function standingPlace(followed: ThreadPlace | null): AnchorPlace | null {
  return followed?.state === "same" || followed?.state === "changed" ? followed.place : null;
}

/** The threads with their places, and the revisions that have to be at hand to know more. */
export interface PlacedThreads {
  readonly threads: readonly PlacedThread[];
  readonly needs: readonly number[];
}

/** Finds each thread's place in a revision. `known`: the files of the revisions that are at hand; `whyNot`: why one never will be. */
export function placeThreads(
  threads: readonly Thread[],
  shown: ReadRevision,
  known: ReadonlyMap<number, readonly DesignFile[]>,
  whyNot: (revision: number) => string | null,
): PlacedThreads {
  const { number } = shown.revision;
  const filesOf: FilesOf = (revision) => (revision === number ? shown.design.files : known.get(revision));
  const needs = new Set<number>();
  const placed = threads.map((thread): PlacedThread => {
    const { anchor } = thread.head;
    if (anchor === null) return { ...thread, followed: null };
    const followed = follow(thread.head, anchor, number, filesOf);
    if (followed.state !== "needs") return { ...thread, followed };
    const why = whyNot(followed.revision);
    if (why !== null) return { ...thread, followed: { state: "lost", why } };
    needs.add(followed.revision);
    return { ...thread, followed: { state: "sought" } };
  });
  return { threads: placed, needs: [...needs] };
}

/** Follows a comment's rule from its own revision to another; where its suggestion was applied between, to what that put there. */
function follow(
  { suggestion, applied }: Comment,
  anchor: NonNullable<Comment["anchor"]>,
  to: number,
  filesOf: FilesOf,
): FollowedAnchor | NeededRevision {
  const straight = (): FollowedAnchor | NeededRevision => followThrough(anchor, anchor.revision, to, filesOf);
  if (suggestion === null || applied === null || applied <= anchor.revision || applied > to) return straight();
  const then = followThrough(anchor, anchor.revision, applied - 1, filesOf);
  if (then.state === "needs") return then;
  const [before, after] = [filesOf(applied - 1), filesOf(applied)];
  if (before === undefined || after === undefined) return { state: "needs", revision: applied };
  const landed = then.state === "gone" ? then : followSuggestion(then.place, suggestion, before, after);
  if (landed.state === "gone") return straight();
  const now = followThrough(landed.place, applied, to, filesOf);
  return now.state === "needs" || now.state === "gone" ? now : { ...now, state: "changed" };
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
    const place = standingPlace(thread.followed);
    return place?.file === view.path ? [{ thread, start: place.start }] : [];
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
