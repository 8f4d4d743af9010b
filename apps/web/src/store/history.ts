import { applyEdits, invertEdits, sharedEnds, type TextEdit, type TextRange } from "@hauberk/core/text";

/** The texts of a design by path. A Map is replaced, never changed. */
export type Texts = ReadonlyMap<string, string>;

/** One change of one file, kept small: edits with their inverse rather than two whole texts. Plain data. */
export type FileChange =
  | {
      readonly kind: "edit";
      readonly path: string;
      readonly edits: readonly TextEdit[];
      readonly inverse: readonly TextEdit[];
    }
  | { readonly kind: "create"; readonly path: string; readonly text: string }
  | { readonly kind: "delete"; readonly path: string; readonly text: string };

/** A place in the design's text. */
export interface Place {
  readonly path: string;
  readonly range: TextRange;
}

/** A revision on the service that texts are made from. */
export interface RevisionBase {
  readonly number: number;
  readonly hash: string;
}

/** One step of the history: what the person did, in the imperative, and what it changed, in order. */
export interface HistoryEntry {
  readonly label: string;
  readonly changes: readonly FileChange[];
  /** Where the change shows once it is made. */
  readonly touched: Place | null;
  /** Set on typing: further typing may join this step. */
  readonly typing: {
    readonly path: string;
    readonly at: number;
    readonly time: number;
    readonly way: TypingWay;
  } | null;
  /** Set where the step takes another revision in: what the texts are made from before it, and with it. */
  readonly base?: { readonly before: RevisionBase; readonly after: RevisionBase };
}

/** Typing of one kind makes one step: inserting, or deleting. */
export type TypingWay = "insert" | "delete";

/** What was done (oldest first) and what was undone (next to redo last). */
export interface History {
  readonly past: readonly HistoryEntry[];
  readonly future: readonly HistoryEntry[];
}

/** Nothing done yet. */
export const emptyHistory: History = { past: [], future: [] };

/** Steps kept; the oldest are forgotten first. */
export const historyLimit = 2000;

/** A pause longer than this, in milliseconds, begins a new step of typing. */
export const typingPause = 1000;

/** The edit change of a file, with its inverse. */
export function editChange(path: string, text: string, edits: readonly TextEdit[]): FileChange {
  return { kind: "edit", path, edits: [...edits], inverse: invertEdits(text, edits) };
}

/** The one edit that turns `from` into `to`: what they share at both ends stays. Never parts a surrogate pair. */
export function differenceEdit(from: string, to: string): TextEdit | null {
  if (from === to) return null;
  const shared = sharedEnds(from, to);
  const start = shared.before - (isHighSurrogate(from.charCodeAt(shared.before - 1)) ? 1 : 0);
  const tail = shared.after - (isLowSurrogate(from.charCodeAt(from.length - shared.after)) ? 1 : 0);
  return { range: { start, end: from.length - tail }, newText: to.slice(start, to.length - tail) };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** The texts after the changes. Throws where a change names a file that is not there: an invariant is broken. */
export function redoChanges(texts: Texts, changes: readonly FileChange[]): Texts {
  const next = new Map(texts);
  for (const change of changes) {
    if (change.kind === "create") next.set(change.path, change.text);
    else if (change.kind === "delete") next.delete(change.path);
    else next.set(change.path, applyEdits(textAt(next, change.path), change.edits));
  }
  return next;
}

/** The texts before the changes. */
export function undoChanges(texts: Texts, changes: readonly FileChange[]): Texts {
  const next = new Map(texts);
  for (const change of changes.toReversed()) {
    if (change.kind === "create") next.delete(change.path);
    else if (change.kind === "delete") next.set(change.path, change.text);
    else next.set(change.path, applyEdits(textAt(next, change.path), change.inverse));
  }
  return next;
}

function textAt(texts: Texts, path: string): string {
  const text = texts.get(path);
  if (text === undefined) throw new Error(`the design has no file ${path}`);
  return text;
}

/** The history with one more step; typing that continues the last step joins it. What was undone is forgotten. */
export function recorded(history: History, entry: HistoryEntry): History {
  const last = history.past.at(-1);
  const joined = last === undefined ? null : joinedTyping(last, entry);
  const past = joined === null ? [...history.past, entry] : [...history.past.slice(0, -1), joined];
  return { past: past.length > historyLimit ? past.slice(past.length - historyLimit) : past, future: [] };
}

/** Both steps as one, where the second goes on where the first stopped, in the same way and without a pause. */
function joinedTyping(last: HistoryEntry, next: HistoryEntry): HistoryEntry | null {
  const before = last.typing;
  const after = next.typing;
  if (before === null || after === null) return null;
  if (before.path !== after.path || before.way !== after.way || after.time - before.time > typingPause) return null;
  const change = next.changes[0];
  if (next.changes.length !== 1 || change === undefined || change.kind !== "edit") return null;
  const edit = change.edits[0];
  if (change.edits.length !== 1 || edit === undefined) return null;
  const continues =
    after.way === "insert"
      ? edit.range.start === before.at && !edit.newText.includes("\n")
      : edit.range.end === before.at || edit.range.start === before.at;
  if (!continues) return null;
  return { ...next, changes: joinedChanges(last.changes, change), touched: joinedPlace(last.touched, next.touched) };
}

/** Inserts that follow one another become one edit; else the change is added at the end. */
function joinedChanges(changes: readonly FileChange[], next: FileChange & { kind: "edit" }): readonly FileChange[] {
  const last = changes.at(-1);
  if (last?.kind === "edit" && last.path === next.path && last.edits.length === 1) {
    const [before] = last.edits;
    const [undoBefore] = last.inverse;
    const [after] = next.edits;
    if (
      before !== undefined &&
      undoBefore !== undefined &&
      after !== undefined &&
      after.range.start === after.range.end &&
      after.range.start === before.range.start + before.newText.length
    ) {
      const newText = before.newText + after.newText;
      const range = { start: before.range.start, end: before.range.start + newText.length };
      const merged: FileChange = {
        kind: "edit",
        path: next.path,
        edits: [{ range: before.range, newText }],
        inverse: [{ range, newText: undoBefore.newText }],
      };
      return [...changes.slice(0, -1), merged];
    }
  }
  return [...changes, next];
}

function joinedPlace(before: Place | null, after: Place | null): Place | null {
  if (before === null || after === null || before.path !== after.path) return after;
  return {
    path: after.path,
    range: {
      start: Math.min(before.range.start, after.range.start),
      end: Math.max(before.range.start, after.range.end),
    },
  };
}

/** Where a list of edits shows in the new text: from the first changed character to the last. */
export function placeOfEdits(path: string, edits: readonly TextEdit[]): Place | null {
  if (edits.length === 0) return null;
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  let shift = 0;
  for (const { range, newText } of edits.toSorted((a, b) => a.range.start - b.range.start)) {
    start = Math.min(start, range.start + shift);
    end = Math.max(end, range.start + shift + newText.length);
    shift += newText.length - (range.end - range.start);
  }
  return { path, range: { start, end } };
}

/** Where a place lies after the changes (or, for `undo`, before them); null where its file is gone. */
export function movedPlace(place: Place, changes: readonly FileChange[], way: "undo" | "redo"): Place | null {
  let { start, end } = place.range;
  for (const change of way === "undo" ? changes.toReversed() : changes) {
    if (change.path !== place.path) continue;
    if (change.kind !== "edit") {
      if ((change.kind === "create") === (way === "undo")) return null;
      continue;
    }
    const edits = way === "undo" ? change.inverse : change.edits;
    start = movedOffset(start, edits, "end");
    end = Math.max(start, movedOffset(end, edits, "start"));
  }
  return { path: place.path, range: { start, end } };
}

/** An offset after edits; one inside a replaced range goes to the given side of what stands there now. */
function movedOffset(offset: number, edits: readonly TextEdit[], side: "start" | "end"): number {
  let shift = 0;
  for (const { range, newText } of edits.toSorted((a, b) => a.range.start - b.range.start)) {
    if (range.start > offset || (range.start === offset && side === "start" && range.end === range.start)) break;
    if (range.end <= offset) {
      shift += newText.length - (range.end - range.start);
      continue;
    }
    return range.start + shift + (side === "end" ? 0 : newText.length);
  }
  return offset + shift;
}
