import type { Comment } from "@hauberk/contract";
import type { DesignFile } from "@hauberk/core/design";
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { type DesignAccess, revisionQuery } from "../../api-client/saved/index.ts";
import { type PlacedThread, placeThreads, type ReadRevision, revisionsOf, threadsOf } from "./review-model.ts";

/** The threads with their places in the revision that is shown; the revisions that tell where their rules went are fetched. */
export function useThreads(
  access: DesignAccess,
  comments: readonly Comment[],
  shown: ReadRevision | null,
): readonly PlacedThread[] {
  const threads = useMemo(() => threadsOf(comments), [comments]);
  const numbers = useMemo(() => [...new Set(threads.flatMap(revisionsOf))], [threads]);
  const revisions = useQueries({
    queries: numbers.map((number) => revisionQuery(access, number)),
    combine: (results) => results.map(({ data }) => data),
  });
  return useMemo(() => {
    if (shown === null) return [];
    const known = new Map<number, readonly DesignFile[]>();
    for (const revision of revisions) if (revision !== undefined) known.set(revision.number, revision.texts);
    return placeThreads(threads, shown, known);
  }, [threads, shown, revisions]);
}
