import { useEffect } from "react";
import { useTextDiff } from "../../panel/use-text-diff.ts";
import type { ShippedFile } from "./lowering-model.ts";
import styles from "./LoweringDialog.module.css";

/** A line of the source that was asked for, from 1; a new object each time. */
export interface SourceLine {
  readonly line: number;
}

interface ShippedTextProps {
  readonly file: ShippedFile;
  /** Brought into sight when it changes. */
  readonly wanted: SourceLine | null;
}

const sides = { from: "Source", to: "What ships" };

/** The source beside what ships of it. */
export function ShippedText({ file, wanted }: ShippedTextProps) {
  const { path, source, shipped } = file;
  const { element, running, state } = useTextDiff({ path, from: source, to: shipped }, sides);
  useEffect(() => {
    if (state === "ready" && wanted !== null) running.current?.revealBefore(wanted.line - 1);
  }, [running, state, wanted]);
  return (
    <div className={styles.editor} ref={element}>
      {state === "failed" && <p>The comparing editor could not be loaded.</p>}
    </div>
  );
}
