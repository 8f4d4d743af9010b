import type { Comment } from "@hauberk/contract";
import type { DesignFile } from "@hauberk/core/design";
import { useQueries } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { type DesignAccess, failureWords, revisionQuery } from "../../api-client/saved/index.ts";
import { type PlacedThread, placeThreads, type ReadRevision, threadsOf } from "./review-model.ts";

/** So many revisions, with so many bytes of text, are read at most to find where rules went. */
const most = { revisions: 300, bytes: 67_108_864 };

/** The threads with their places in the revision that is shown; the revisions that tell where their rules went are fetched. */
export function useThreads(
  access: DesignAccess,
  comments: readonly Comment[],
  shown: ReadRevision | null,
): readonly PlacedThread[] {
  const threads = useMemo(() => threadsOf(comments), [comments]);
  const [wanted, setWanted] = useState<readonly number[]>([]);
  const revisions = useQueries({
    queries: wanted.map((number) => revisionQuery(access, number)),
    combine: (results) => results.map(({ data, error }) => ({ data, error })),
  });
  const placed = useMemo(() => {
    if (shown === null) return null;
    const known = new Map<number, readonly DesignFile[]>();
    let bytes = 0;
    for (const { data } of revisions) {
      if (data !== undefined) known.set(data.number, data.texts);
      bytes += data?.bytes ?? 0;
    }
    const isFull = wanted.length >= most.revisions || bytes >= most.bytes;
    return placeThreads(threads, shown, known, (number) => {
      const at = wanted.indexOf(number);
      const error = revisions[at]?.error ?? null;
      if (error !== null) return `${failureWords(error)} Load the page anew to try again.`;
      return at === -1 && isFull ? "More revisions lie between than are read for this." : null;
    });
  }, [threads, shown, revisions, wanted]);
  const fresh = placed?.needs.filter((number) => !wanted.includes(number)) ?? [];
  // What one answer tells is what to ask next. The newest first, where not all can be read.
  if (fresh.length > 0) {
    setWanted([...wanted, ...fresh.toSorted((one, other) => other - one)].slice(0, most.revisions));
  }
  return placed?.threads ?? none;
}

const none: readonly never[] = [];
