import type { Comment } from "@hauberk/contract";
import { type AnchorPlace, applySuggestion, followAnchor } from "@hauberk/core/review";
import { applyEdits } from "@hauberk/core/text";
import { requestDesign, requestRevision, saveRevision, signature } from "../../api-client/saved/index.ts";
import { useReview } from "./review-context.ts";

/** Puts a suggested change into the newest revision, and saves that as the next one. Throws the reason why not. */
export function useApplySuggestion(): (comment: Comment, suggestion: string, place: AnchorPlace) => Promise<void> {
  const { access, by, refresh, show, shown } = useReview();
  // The place is that of the rule in the revision that is shown.
  return async ({ id, by: writer }, suggestion, place) => {
    const { newest } = await requestDesign(access);
    const now = await requestRevision(access, newest.number);
    const followed = followAnchor(place, shown.design.files, now.texts);
    if (followed.state === "gone") throw new Error("The rule is not in the newest revision any more.");
    const outcome = applySuggestion(now.texts, followed.place, suggestion);
    if (!outcome.ok) throw new Error(outcome.reason.replaceAll("`", ""));
    const edits = new Map(outcome.edits.map((file) => [file.path, file.edits]));
    const saved = await saveRevision(access, {
      parent: now.number,
      files: now.texts.map(({ path, text }) => ({ path, text: applyEdits(text, edits.get(path) ?? []) })),
      message: `${outcome.label}, as ${writer.name} suggested`.slice(0, 200),
      applies: [id],
      ...signature(by),
    });
    await refresh();
    show(saved.number);
  };
}
