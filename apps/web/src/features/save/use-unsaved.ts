import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { revisionQuery } from "../../api-client/saved/index.ts";
import type { SavedKey } from "../../persistence/index.ts";
import { useDesign } from "../../store/index.ts";
import { countChanges, hashOf } from "./revision-files.ts";
import { accessOf } from "./save-design.ts";

/** Milliseconds that a text must rest before it is compared. */
const restMs = 300;

/** How far the texts here are from the revision that they were made from; `count` is null until that is known. */
export type Unsaved = { readonly changed: false } | { readonly changed: true; readonly count: number | null };

/** Compares the open design with its revision, whenever the typing rests. */
export function useUnsaved(key: SavedKey): Unsaved {
  const texts = useDesign((state) => state.texts);
  const [settled, setSettled] = useState(texts);
  useEffect(() => {
    if (settled === texts) return undefined;
    const timer = setTimeout(() => setSettled(texts), restMs);
    return () => clearTimeout(timer);
  }, [settled, texts]);
  const changed = useMemo(() => hashOf(settled) !== key.hash, [settled, key.hash]);
  const saved = useQuery(revisionQuery(accessOf(key), changed ? key.parent : null));
  const base = saved.data;
  return useMemo(() => {
    if (!changed) return { changed };
    if (base === undefined) return { changed, count: null };
    return { changed, count: countChanges(new Map(base.texts.map(({ path, text }) => [path, text])), settled) };
  }, [changed, base, settled]);
}
