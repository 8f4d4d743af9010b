import { type FileView, viewFile } from "@hauberk/core/design";
import type { EditOutcome } from "@hauberk/core/edit";
import { applyEdits, type TextRange } from "@hauberk/core/text";

import { differenceEdit } from "../store/index.ts";

/**
 * Several wishes about one file as one step, each made of the text that the one before it leaves. The first that is refused
 * refuses all. The longest of what they wrote is shown, not all that lies between.
 */
export function oneStep(
  file: FileView,
  label: string,
  wishes: readonly ((now: FileView) => EditOutcome)[],
): EditOutcome {
  let now = file;
  let shown: TextRange | null = null;
  for (const wish of wishes) {
    const outcome = wish(now);
    if (!outcome.ok) return outcome;
    const edits = outcome.edits.filter(({ path }) => path === file.path).flatMap((each) => each.edits);
    const next = viewFile(file.path, applyEdits(now.tree.text, edits));
    const touched = outcome.touched?.path === file.path ? outcome.touched.range : null;
    if (touched !== null) shown = longer(shown, touched, next.tree.text.length - now.tree.text.length);
    now = next;
  }
  const edit = differenceEdit(file.tree.text, now.tree.text);
  if (edit === null) return { ok: true, label, edits: [] };
  const start = edit.range.start;
  const range = shown ?? { start, end: start + edit.newText.trimEnd().length };
  return { ok: true, label, edits: [{ path: file.path, edits: [edit] }], touched: { path: file.path, range } };
}

/** The longer of what was shown and what is touched now, in the new text; both where the one was written into the other. */
function longer(before: TextRange | null, touched: TextRange, grown: number): TextRange {
  if (before === null) return touched;
  if (touched.start >= before.start && touched.start <= before.end)
    return { start: before.start, end: Math.max(before.end + grown, touched.end) };
  if (touched.end - touched.start > before.end - before.start) return touched;
  const shift = touched.start < before.start ? grown : 0;
  return { start: before.start + shift, end: before.end + shift };
}
