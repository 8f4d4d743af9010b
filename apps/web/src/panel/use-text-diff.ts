import { type RefObject, useEffect, useRef, useState } from "react";
import { isDark } from "../actions/index.ts";
import type { RunningDiff } from "../monaco/start-diff.ts";

/** Two texts of one file that stand beside one another. */
export interface ComparedTexts {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** The comparing editor in an element of the page. */
export interface TextDiff {
  /** The element that it fills. */
  readonly element: RefObject<HTMLDivElement | null>;
  /** The editor, once it is there. */
  readonly running: RefObject<RunningDiff | null>;
  readonly state: "loading" | "ready" | "failed";
}

/** Loads the comparing editor and keeps it at the texts; `from` and `to` name its sides for who can't see them. */
export function useTextDiff({ path, from, to }: ComparedTexts, names?: { from: string; to: string }): TextDiff {
  const element = useRef<HTMLDivElement>(null);
  const running = useRef<RunningDiff | null>(null);
  const [state, setState] = useState<TextDiff["state"]>("loading");
  const left = names?.from;
  const right = names?.to;
  useEffect(() => {
    let gone = false;
    import("../monaco/start-diff.ts").then(
      ({ startDiff }) => {
        if (gone || element.current === null) return;
        const sides = left === undefined || right === undefined ? undefined : { from: left, to: right };
        running.current = startDiff(element.current, isDark(), sides);
        setState("ready");
      },
      () => setState("failed"),
    );
    return () => {
      gone = true;
      running.current?.dispose();
      running.current = null;
    };
  }, [left, right]);
  useEffect(() => {
    if (state === "ready") running.current?.show(path, from, to);
  }, [state, path, from, to]);
  return { element, running, state };
}
