import type { ReactElement } from "react";
import { classNames } from "./class-names.ts";
import styles from "./DangerMark.module.css";

/** How much a permission gives away, from little to everything. */
export type DangerLevel = "low" | "medium" | "high" | "total";

const words: Record<DangerLevel, string> = { low: "Low", medium: "Medium", high: "High", total: "Total" };

/** A shape per level, told apart without colour: ring, half disc, triangle, filled octagon. */
const shapes: Record<DangerLevel, ReactElement> = {
  low: <circle cx="6" cy="6" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.4" />,
  medium: (
    <>
      <circle cx="6" cy="6" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M6 2.2a3.8 3.8 0 0 0 0 7.6z" fill="currentColor" />
    </>
  ),
  high: <path d="M6 1.4 11 10.4H1z" fill="currentColor" />,
  total: <path d="M3.8 1h4.4L11 3.8v4.4L8.2 11H3.8L1 8.2V3.8z" fill="currentColor" />,
};

interface DangerMarkProps {
  readonly level: DangerLevel;
  /** The word beside the shape; false where the column says it already (a reader still hears it). */
  readonly word?: boolean;
}

/** The danger of a permission: shape, word and colour. */
export function DangerMark({ level, word = true }: DangerMarkProps) {
  return (
    <span className={classNames(styles.mark, styles[level])} title={`Danger: ${words[level].toLowerCase()}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {shapes[level]}
      </svg>
      <span className={word ? undefined : "visually-hidden"}>{words[level]}</span>
      <span className="visually-hidden"> danger</span>
    </span>
  );
}
