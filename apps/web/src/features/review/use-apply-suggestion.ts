import type { Comment, WholeRevision } from "@hauberk/contract";
import { type AnchorPlace, applySuggestion, followThrough, type FollowedAnchor } from "@hauberk/core/review";
import { applyEdits } from "@hauberk/core/text";
import { useQueryClient } from "@tanstack/react-query";
import { requestDesign, revisionQuery, saveRevision, signature } from "../../api-client/saved/index.ts";
import { useReview } from "./review-context.ts";

/**
 * Puts a suggested change into the newest revision, and saves that as the next one. Throws the reason why not. `place`: that of
 * the rule in the revision that is shown; only what the reader saw there is replaced.
 */
export function useApplySuggestion(): (comment: Comment, suggestion: string, place: AnchorPlace) => Promise<void> {
  const { access, by, refresh, show, shown } = useReview();
  const queries = useQueryClient();
  const read = (number: number): Promise<WholeRevision> => queries.fetchQuery(revisionQuery(access, number));
  return async ({ id, by: writer }, suggestion, place) => {
    const { newest } = await requestDesign(access);
    const now = await read(newest.number);
    const followed = await followTo(place, shown.revision.number, now.number, read);
    if (followed.state === "gone") throw new Error("The rule is not in the newest revision any more.");
    if (followed.state === "changed") {
      throw new Error(`The rule is another one in revision ${now.number}: look at it there, then apply this.`);
    }
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

/** Follows a rule through revisions, each of which is asked for where it is needed. */
async function followTo(
  place: AnchorPlace,
  from: number,
  to: number,
  read: (number: number) => Promise<WholeRevision>,
): Promise<FollowedAnchor> {
  const known = new Map<number, WholeRevision>();
  for (;;) {
    const found = followThrough(place, from, to, (number) => known.get(number)?.texts);
    if (found.state !== "needs") return found;
    known.set(found.revision, await read(found.revision));
  }
}
