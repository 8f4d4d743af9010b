import { useCallback, useEffect, useState } from "react";

import type { Shown } from "../../panel/use-edit.ts";
import { pickRules } from "../../store/index.ts";

/** The rules that are chosen together, by number, and where the next run of them begins. */
export interface Chosen {
  readonly numbers: ReadonlySet<number>;
  readonly anchor: number | null;
  readonly choose: (numbers: Iterable<number>, anchor: number | null) => void;
}

const none: ReadonlySet<number> = new Set();

/**
 * Rules chosen for a common change. A change leaves them chosen; once a rule comes or goes, the numbers mean others and
 * nothing is chosen.
 */
export function useChosen(shown: Shown | null): Chosen {
  const of = shown === null ? "" : `${shown.file.path} ${shown.profile.name} ${shown.profile.rules.length}`;
  const [state, setState] = useState<{
    readonly of: string;
    readonly numbers: ReadonlySet<number>;
    readonly anchor: number | null;
  }>({
    of,
    numbers: none,
    anchor: null,
  });
  const valid = state.of === of;
  const numbers = valid ? state.numbers : none;
  const profile = shown?.profile;
  useEffect(() => {
    // The pick holds for one parse of the profile: each makes it anew.
    if (profile === undefined) return;
    pickRules([...numbers].toSorted((a, b) => a - b));
    return () => pickRules([]);
  }, [numbers, profile]);
  const choose = useCallback(
    (next: Iterable<number>, anchor: number | null) => setState({ of, numbers: new Set(next), anchor }),
    [of],
  );
  return { numbers, anchor: valid ? state.anchor : null, choose };
}
