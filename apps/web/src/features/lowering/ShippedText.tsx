import { useEffect, useRef, useState } from "react";
import { isDark } from "../../actions/index.ts";
import type { RunningDiff } from "../../monaco/start-diff.ts";
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

/** The source beside what ships of it. */
export function ShippedText({ file, wanted }: ShippedTextProps) {
  const { path, source, shipped } = file;
  const element = useRef<HTMLDivElement>(null);
  const running = useRef<RunningDiff | null>(null);
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  useEffect(() => {
    let gone = false;
    import("../../monaco/start-diff.ts").then(
      ({ startDiff }) => {
        if (gone || element.current === null) return;
        running.current = startDiff(element.current, isDark(), { from: "Source", to: "What ships" });
        setState("ready");
      },
      () => setState("failed"),
    );
    return () => {
      gone = true;
      running.current?.dispose();
      running.current = null;
    };
  }, []);
  useEffect(() => {
    if (state === "ready") running.current?.show(path, source, shipped);
  }, [state, path, source, shipped]);
  useEffect(() => {
    if (state === "ready" && wanted !== null) running.current?.revealBefore(wanted.line - 1);
  }, [state, wanted]);
  return (
    <div className={styles.editor} ref={element}>
      {state === "failed" && <p>The comparing editor could not be loaded.</p>}
    </div>
  );
}
