import type { ReactNode } from "react";
import styles from "./Badge.module.css";
import { classNames } from "./class-names.ts";

/** A word about the thing beside it: a state, a mode, a count. */
export function Badge({
  tone,
  children,
}: {
  readonly tone?: "good" | "warn" | "bad" | "accent";
  readonly children: ReactNode;
}) {
  return <span className={classNames(styles.badge, tone !== undefined && styles[tone])}>{children}</span>;
}
