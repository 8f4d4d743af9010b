import type { ReactNode } from "react";
import styles from "./Disclosure.module.css";
import { Icon } from "./Icon.tsx";

interface DisclosureProps {
  readonly summary: ReactNode;
  readonly defaultOpen?: boolean;
  readonly children: ReactNode;
}

/** More on request. */
export function Disclosure({ summary, defaultOpen = false, children }: DisclosureProps) {
  return (
    <details className={styles.details} open={defaultOpen}>
      <summary className={styles.summary}>
        <Icon name="chevronRight" size={14} />
        {summary}
      </summary>
      <div className={styles.body}>{children}</div>
    </details>
  );
}
