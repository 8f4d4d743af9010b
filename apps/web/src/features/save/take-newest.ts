import { requestDesign, requestRevision, failureWords } from "../../api-client/saved/index.ts";
import { type SavedKey, savedKeys } from "../../persistence/index.ts";
import { designStore, type HistoryEntry, type RevisionBase, workbenchStore } from "../../store/index.ts";
import { revisionFiles } from "./revision-files.ts";
import { accessOf } from "./save-design.ts";

/** Brings the newest revision here: as one step that can be undone, or by a merge where there are unsaved changes. */
export async function takeNewest(id: string, key: SavedKey, changed: boolean): Promise<void> {
  if (changed) {
    workbenchStore.getState().openDialog({ kind: "merge", message: "" });
    return;
  }
  const store = designStore.getState();
  try {
    const { newest } = await requestDesign(accessOf(key));
    const revision = await requestRevision(accessOf(key), newest.number);
    const next = { ...key, parent: revision.number, hash: revision.hash };
    putTexts(`get revision ${revision.number}`, revision.texts, { before: baseOf(key), after: baseOf(next) });
    savedKeys.keep(id, next);
  } catch (error) {
    store.notify("bad", failureWords(error));
  }
}

/** Makes the open design's files these, as one step; `base` where they are made from another revision. */
export function putTexts(
  label: string,
  files: readonly { readonly path: string; readonly text: string }[],
  base?: HistoryEntry["base"],
): void {
  const { texts, changeFiles } = designStore.getState();
  const wanted = new Map(files.map(({ path, text }) => [path, text]));
  const put = [...wanted].filter(([path, text]) => texts.get(path) !== text);
  const gone = revisionFiles(texts).flatMap(({ path }) => (wanted.has(path) ? [] : [path]));
  if (put.length > 0 || gone.length > 0) changeFiles(label, put, gone, base);
}

/** The revision that the texts here are made from. */
export function baseOf({ parent, hash }: SavedKey): RevisionBase {
  return { number: parent, hash };
}
