import type { DesignFile } from "../design/index.ts";
import type { FileEdit, TextEdit, TextRange } from "../text/index.ts";
import type { EditOutcome } from "./edit-outcome.ts";

/** The wish can't be done, and why: for the person, with what to do instead where there is something. */
export function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

/** The edits of one file under their name in the history; what shows in the new text is found from them. */
export function accept(file: Pick<DesignFile, "path">, label: string, edits: readonly TextEdit[]): EditOutcome {
  const changes = edits.filter(({ range, newText }) => range.start !== range.end || newText !== "");
  if (changes.length === 0) return { ok: true, label, edits: [] };
  return {
    ok: true,
    label,
    edits: [{ path: file.path, edits: changes }],
    touched: { path: file.path, range: touchedRange(changes) },
  };
}

/** The edits of several files as one step; what shows is the change of `shown`, else that of the first file. */
export function acceptAll(label: string, files: readonly FileEdit[], shown?: string): EditOutcome {
  const outcomes = files.map(({ path, edits }) => accept({ path }, label, edits));
  const edits = outcomes.flatMap((outcome) => (outcome.ok ? outcome.edits : []));
  const touched = outcomes.flatMap((outcome) => (outcome.ok && outcome.touched !== undefined ? [outcome.touched] : []));
  const first = touched.find(({ path }) => path === shown) ?? touched[0];
  return first === undefined ? { ok: true, label, edits } : { ok: true, label, edits, touched: first };
}

/** From the first to the last changed place, in the new text, without the line ends and indentation around it. */
function touchedRange(edits: readonly TextEdit[]): TextRange {
  const sorted = edits.toSorted((a, b) => a.range.start - b.range.start);
  const first = sorted[0];
  let start = first?.range.start ?? 0;
  let end = start;
  let shift = 0;
  for (const { range, newText } of sorted) {
    end = range.start + shift + newText.trimEnd().length;
    shift += newText.length - (range.end - range.start);
  }
  if (first !== undefined) start += first.newText.length - first.newText.trimStart().length;
  return { start: Math.min(start, end), end };
}
