import { type KeyboardEvent, useEffect, useEffectEvent, useState } from "react";
import { classNames } from "./class-names.ts";
import type { KeyNotes } from "./key-note.ts";
import styles from "./Splitter.module.css";

/** What the line between two panes heeds. */
export const splitterKeyNotes: KeyNotes = {
  region: "Lines between the panes",
  notes: [
    { keys: ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"], does: "Make the pane larger or smaller" },
    { keys: ["Home", "End"], does: "Make it as small or large as it goes" },
    { keys: ["Enter"], does: "Put it back" },
  ],
};

interface SplitterProps {
  /** What it makes larger or smaller: "Height of verdicts and problems". */
  readonly label: string;
  /** The way the line runs: a `vertical` line is moved to the left and right. */
  readonly line: "vertical" | "horizontal";
  /** The size as it is now, in the unit of `min` and `max`; read from the page. */
  readonly measure: () => number;
  readonly min: number;
  readonly max: number;
  /** What an arrow key adds. */
  readonly step: number;
  /** The size that a pointer at this place of the window asks for. */
  readonly sizeAt: (x: number, y: number) => number;
  /** Arrow down or right makes it larger (1) or smaller (-1). */
  readonly grows: 1 | -1;
  /** Null is the size that it has by itself. */
  readonly onResize: (size: number | null) => void;
  readonly className?: string | undefined;
}

/** The line between two panes. Drag it, or use arrow keys, Home and End; Enter or a double-click puts it back. */
export function Splitter(props: SplitterProps) {
  const { label, line, measure, min, max, step, sizeAt, grows, onResize, className } = props;
  const [now, setNow] = useState(min);
  const read = useEffectEvent(() => setNow(Math.round(measure())));
  useEffect(() => {
    const heed = () => read();
    heed();
    addEventListener("resize", heed);
    return () => removeEventListener("resize", heed);
  }, []);
  const resize = (size: number | null) => {
    onResize(size === null ? null : Math.max(min, Math.min(max, size)));
    setNow(Math.round(measure()));
  };
  const keys = (event: KeyboardEvent) => {
    const [less, more] = line === "vertical" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const far = event.shiftKey ? 4 : 1;
    if (event.key === more) resize(measure() + grows * step * far);
    else if (event.key === less) resize(measure() - grows * step * far);
    else if (event.key === "Home") resize(min);
    else if (event.key === "End") resize(max);
    else if (event.key === "Enter") resize(null);
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="separator"
      aria-label={label}
      aria-orientation={line}
      aria-valuenow={Math.max(min, Math.min(max, now))}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      title={`${label}: drag, or arrow keys; a double-click puts it back`}
      className={classNames(styles.splitter, styles[line], className)}
      onFocus={() => setNow(Math.round(measure()))}
      onKeyDown={keys}
      onDoubleClick={() => resize(null)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
        event.currentTarget.focus();
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(sizeAt(event.clientX, event.clientY));
      }}
    />
  );
}
