import type { History, HistoryEntry, RevisionBase } from "../../store/index.ts";

/** What the texts are made from after an undo or redo; a step that was saved since, or that takes nothing in, moves nothing. */
export function movedBase(base: RevisionBase, before: History, now: History): RevisionBase {
  const undone = before.past.slice(now.past.length).filter((entry) => isAmong(now.future, entry));
  const redone = now.past.slice(before.past.length).filter((entry) => isAmong(before.future, entry));
  const back = undone.toReversed().reduce((from, entry) => moved(from, entry, "after", "before"), base);
  return redone.reduce((from, entry) => moved(from, entry, "before", "after"), back);
}

/** A step that was undone or made again is a new object with the same changes. */
function isAmong(entries: readonly HistoryEntry[], entry: HistoryEntry): boolean {
  return entries.some(({ changes }) => changes === entry.changes);
}

type Side = keyof NonNullable<HistoryEntry["base"]>;

function moved(base: RevisionBase, entry: HistoryEntry, from: Side, to: Side): RevisionBase {
  const left = entry.base?.[from];
  return left?.number === base.number && left.hash === base.hash ? (entry.base?.[to] ?? base) : base;
}
