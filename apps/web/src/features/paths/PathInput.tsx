import type { MeantPath } from "@hauberk/core/edit";
import { useState } from "react";

import { FloatingMeant, type ListPlace, placeBeside } from "./FloatingMeant.tsx";
import styles from "./PathTable.module.css";
import { useMeant } from "./use-meant.ts";

interface PathInputProps {
  readonly path: string;
  readonly line: number;
  /** Null leaves it as it was; false where the path was refused and the field stays. `meant` is the suggestion taken. */
  readonly onDone: (path: string | null, meant: MeantPath | null) => boolean;
}

/** A path being written in its row, with what it probably means. Enter takes it, Escape leaves it. */
export function PathInput({ path, line, onDone }: PathInputProps) {
  const [draft, setDraft] = useState(path);
  const [place, setPlace] = useState<ListPlace | null>(null);
  const meant = useMeant(draft, draft !== path, (picked) => {
    onDone(picked.path, picked);
  });
  return (
    <>
      <input
        className={styles.pathInput}
        aria-label={`Path of the rule on line ${line}`}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        autoFocus
        {...meant.input}
        onChange={(event) => {
          setDraft(event.target.value);
          setPlace(placeBeside(event.currentTarget));
        }}
        onBlur={() => onDone(null, null)}
        onKeyDown={(event) => {
          if (meant.keys(event)) return;
          if (event.key === "Escape") onDone(null, null);
          else if (event.key === "Enter") onDone(draft.trim() === "" || draft === path ? null : draft.trim(), null);
          else return;
          event.stopPropagation();
          event.preventDefault();
        }}
      />
      <FloatingMeant meant={meant} place={place} />
    </>
  );
}
