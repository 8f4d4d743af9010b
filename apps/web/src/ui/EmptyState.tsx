import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

interface EmptyStateProps {
  /** What is not here. */
  readonly title: string;
  /** Why, and what would come here. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** A place with nothing in it yet: what it is for and how to begin. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <div>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
