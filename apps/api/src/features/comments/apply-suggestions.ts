import type { Person } from "@hauberk/contract";
import type { OngoingChange } from "../../saved-designs/design-changes.ts";
import { settledBy } from "./comment-rows.ts";
import { readComment, updateComment } from "./comments-store.ts";

/** A revision that is being saved, as far as the suggestions in it are concerned. */
export interface ApplyingRevision {
  readonly design: string;
  readonly number: number;
  readonly by: Person;
  readonly at: string;
}

/**
 * Marks comments whose suggested change is in a revision, and settles their threads: part of the change that saves it. A
 * comment that was deleted meanwhile, or applied by somebody else, is passed over: it shall not keep a revision from being
 * saved.
 */
export async function applySuggestions(
  { trx, record }: OngoingChange,
  { design, number, by, at }: ApplyingRevision,
  comments: readonly string[],
): Promise<void> {
  for (const id of new Set(comments)) {
    const row = await readComment(trx, design, id);
    if (row === undefined || row.suggestion === null || row.applied !== null) continue;
    await record({ kind: "suggestion-applied", at, by, revision: number, subject: id });
    await updateComment(trx, id, { applied: number, ...(row.resolved_at === null ? settledBy(by, at) : {}) });
  }
}
