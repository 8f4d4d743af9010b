import type { MeantPath } from "@hauberk/core/edit";
import { useState } from "react";

import { FloatingMeant, type ListPlace, placeBeside } from "./FloatingMeant.tsx";
import styles from "./PathsPanel.module.css";
import { useMeant } from "./use-meant.ts";

interface RulePathProps {
  readonly path: string;
  /** False where the path was refused: it stays as typed. `meant` is the suggestion taken. */
  readonly onDone: (path: string, meant: MeantPath | null) => boolean;
}

/** The path of the selected rule, with what is probably meant by what is typed. Enter or leaving takes it, Escape puts it back. */
export function RulePath({ path, onDone }: RulePathProps) {
  const [place, setPlace] = useState<ListPlace | null>(null);
  const [{ seen, draft, refused: wasRefused }, setTyped] = useState({ seen: path, draft: path, refused: false });
  // Changed elsewhere: another rule is selected, or the text was.
  if (seen !== path) setTyped({ seen: path, draft: path, refused: false });
  const type = (text: string) => setTyped({ seen: path, draft: text, refused: false });
  const done = (text: string, picked: MeantPath | null) => {
    const refused = text !== path && !onDone(text, picked);
    setTyped((now) => ({ ...now, draft: text, refused }));
  };
  const [focused, setFocused] = useState(false);
  const meant = useMeant(draft, focused && draft !== path, (picked) => done(picked.path, picked));
  return (
    <>
      <input
        className={styles.newPath}
        aria-label="Path"
        aria-invalid={wasRefused || undefined}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        {...meant.input}
        onChange={(event) => {
          type(event.target.value);
          setPlace(placeBeside(event.currentTarget));
        }}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          done(draft.trim(), null);
        }}
        onKeyDown={(event) => {
          if (meant.keys(event)) return;
          if (event.key === "Enter") done(draft.trim(), null);
          else if (event.key === "Escape" && draft !== path) type(path);
          else return;
          event.stopPropagation();
          event.preventDefault();
        }}
      />
      <FloatingMeant meant={meant} place={place} />
    </>
  );
}
