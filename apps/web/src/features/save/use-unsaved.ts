import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { revisionQuery } from "../../api-client/saved/index.ts";
import type { SavedKey } from "../../persistence/index.ts";
import { useDesign } from "../../store/index.ts";
import { countChanges, hashOf } from "./revision-files.ts";
import { accessOf } from "./save-design.ts";

/** Milliseconds that a text must rest before it is compared. */
const restMs = 300;

/** How far the texts here are from the revision that they were made from. */
export interface Unsaved {
  /** Of the texts that were compared. */
  readonly hash: string;
  readonly changed: boolean;
  /** How many places are changed; null until that is known. */
  readonly count: number | null;
  /** The texts were compared as they are now. */
  readonly rests: boolean;
}

/** Compares the open design with its revision, whenever the typing rests. */
export function useUnsaved(key: SavedKey): Unsaved {
  const texts = useDesign((state) => state.texts);
  const [settled, setSettled] = useState(texts);
  useEffect(() => {
    if (settled === texts) return undefined;
    const timer = setTimeout(() => setSettled(texts), restMs);
    return () => clearTimeout(timer);
  }, [settled, texts]);
  const hash = useMemo(() => hashOf(settled), [settled]);
  const changed = hash !== key.hash;
  const saved = useQuery(revisionQuery(accessOf(key), changed ? key.parent : null));
  const base = saved.data;
  const rests = settled === texts;
  return useMemo(() => {
    if (!changed) return { hash, changed, count: 0, rests };
    if (base === undefined) return { hash, changed, count: null, rests };
    const count = countChanges(new Map(base.texts.map(({ path, text }) => [path, text])), settled);
    return { hash, changed, count, rests };
  }, [hash, changed, base, settled, rests]);
}
