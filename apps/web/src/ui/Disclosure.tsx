import { type ReactNode, useState } from "react";
import styles from "./Disclosure.module.css";
import { Icon } from "./Icon.tsx";

interface DisclosureProps {
  readonly summary: ReactNode;
  readonly defaultOpen?: boolean;
  readonly children: ReactNode;
}

/** More on request; drawn from the first opening on. */
export function Disclosure({ summary, defaultOpen = false, children }: DisclosureProps) {
  const [opened, setOpened] = useState(defaultOpen);
  return (
    <details className={styles.details} open={defaultOpen} onToggle={() => setOpened(true)}>
      <summary className={styles.summary}>
        <Icon name="chevronRight" size={14} />
        {summary}
      </summary>
      <div className={styles.body}>{opened && children}</div>
    </details>
  );
}
