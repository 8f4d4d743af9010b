import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import styles from "./Tabs.module.css";
import { classNames } from "./class-names.ts";

/** One tab: its key, its word, and how many things lie behind it. */
export interface TabItem<K extends string> {
  readonly id: K;
  readonly label: string;
  readonly count?: number;
}

interface TabsProps<K extends string> {
  readonly label: string;
  readonly value: K;
  readonly items: readonly TabItem<K>[];
  readonly onChange: (id: K) => void;
  readonly size?: "m" | "s";
  /** To the right of the tabs. */
  readonly trailing?: ReactNode;
  /** The panels, each in a `TabPanel`. */
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** Several panels in one place; arrow keys walk through the tabs. */
export function Tabs<K extends string>({
  label,
  value,
  items,
  onChange,
  size = "m",
  trailing,
  children,
  className,
}: TabsProps<K>) {
  return (
    <Base.Root
      className={className ?? ""}
      value={value}
      onValueChange={(next: unknown) => {
        const item = items.find((candidate) => candidate.id === next);
        if (item !== undefined) onChange(item.id);
      }}
    >
      <Base.List className={classNames(styles.list, size === "s" && styles.small)} aria-label={label}>
        {items.map((item) => (
          <Base.Tab key={item.id} value={item.id} className={styles.tab ?? ""}>
            {item.label}
            {item.count !== undefined && <span className={styles.count}>{item.count}</span>}
          </Base.Tab>
        ))}
        {trailing}
      </Base.List>
      {children}
    </Base.Root>
  );
}

/** What a tab shows; only the panel of the chosen tab is in the document. */
export function TabPanel({
  id,
  className,
  children,
}: {
  readonly id: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <Base.Panel value={id} className={className ?? ""}>
      {children}
    </Base.Panel>
  );
}
