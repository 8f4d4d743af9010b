import { type FileView, viewFile } from "@hauberk/core/design";
import type { EditOutcome } from "@hauberk/core/edit";
import { applyEdits } from "@hauberk/core/text";

import { differenceEdit } from "../store/index.ts";

/**
 * Several wishes about one file as one step, each made of the text that the one before it leaves. The first that is refused
 * refuses all.
 */
export function oneStep(
  file: FileView,
  label: string,
  wishes: readonly ((now: FileView) => EditOutcome)[],
): EditOutcome {
  let now = file;
  for (const wish of wishes) {
    const outcome = wish(now);
    if (!outcome.ok) return outcome;
    const edits = outcome.edits.filter(({ path }) => path === file.path).flatMap((each) => each.edits);
    now = viewFile(file.path, applyEdits(now.tree.text, edits));
  }
  const edit = differenceEdit(file.tree.text, now.tree.text);
  if (edit === null) return { ok: true, label, edits: [] };
  const start = edit.range.start;
  return {
    ok: true,
    label,
    edits: [{ path: file.path, edits: [edit] }],
    touched: { path: file.path, range: { start, end: start + edit.newText.trimEnd().length } },
  };
}
