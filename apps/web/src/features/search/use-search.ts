import { type FileHits, type PolicyTree, type SearchQuestion, searchPolicy } from "@hauberk/core/analysis";
import type { FileView } from "@hauberk/core/design";
import { useEffect, useState } from "react";
import { searchedFiles, type SearchScope, searchVariables } from "./search-files.ts";

/** What has been found so far. */
export interface Found {
  readonly files: readonly FileHits[];
  readonly done: boolean;
}

/** Milliseconds that are looked in one go: the page draws in between. */
const slice = 8;

const nothing: Found = { files: [], done: true };

/** Looks for a question through the design and the target, a few milliseconds at a time. */
export function useSearch(
  question: SearchQuestion,
  scope: SearchScope,
  views: readonly FileView[],
  tree: PolicyTree | null,
): Found {
  const [found, setFound] = useState<Found>(nothing);
  const { by, text, kind } = question;
  const asks = text.trim() !== "" || kind !== null;
  useEffect(() => {
    if (!asks) return undefined;
    const steps = searchPolicy({ by, text, kind }, searchedFiles(scope, views, tree), searchVariables(views, tree));
    const files: FileHits[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const look = (): void => {
      const until = performance.now() + slice;
      let step = steps.next();
      while (step.done !== true) {
        if (step.value !== null) files.push(step.value);
        if (performance.now() > until) break;
        step = steps.next();
      }
      const done = step.done === true;
      setFound({ files: [...files], done });
      timer = done ? null : setTimeout(look, 0);
    };
    // What is typed on is waited for.
    timer = setTimeout(look, 60);
    return () => {
      if (timer !== null) clearTimeout(timer);
    };
  }, [asks, by, text, kind, scope, views, tree]);
  return asks ? found : nothing;
}
