import type { MeantPath } from "@hauberk/core/edit";
import { useRef, useState } from "react";
import { createPortal } from "react-dom";

import { MeantList } from "./MeantList.tsx";
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
  const field = useRef<HTMLInputElement>(null);
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number } | null>(null);
  const meant = useMeant(draft, draft !== path, (picked) => {
    onDone(picked.path, picked);
  });
  const put = () => {
    const box = field.current?.getBoundingClientRect();
    if (box !== undefined) setPlace({ left: box.left, top: box.bottom + 2 });
  };
  return (
    <>
      <input
        ref={field}
        className={styles.pathInput}
        aria-label={`Path of the rule on line ${line}`}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        autoFocus
        {...meant.input}
        onChange={(event) => {
          setDraft(event.target.value);
          put();
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
      {meant.items.length > 0 &&
        place !== null &&
        createPortal(
          <div className={styles.floating} style={place}>
            <MeantList
              id={meant.listId}
              items={meant.items}
              current={meant.current}
              onPick={(picked) => onDone(picked.path, picked)}
            />
          </div>,
          document.body,
        )}
    </>
  );
}
