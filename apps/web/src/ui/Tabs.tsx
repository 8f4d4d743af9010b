import { Tabs as Base } from "@base-ui/react/tabs";
import type { KeyboardEvent, ReactNode } from "react";
import styles from "./Tabs.module.css";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./Icon.tsx";
import type { KeyNotes } from "./key-note.ts";

/** What a list of tabs heeds. */
export const tabKeyNotes: KeyNotes = {
  region: "Tabs",
  notes: [
    { keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"], does: "Go to the tab beside, above or below" },
    { keys: ["Enter", "Space"], does: "Show the tab" },
    { keys: ["Home", "End"], does: "Go to the first or last tab" },
  ],
};

/** One tab: its key, its word, and how many things lie behind it. */
export interface TabItem<K extends string> {
  readonly id: K;
  readonly label: string;
  readonly count?: number;
  readonly icon?: IconName;
  /** Keys that lead here, for assistive technology and the tooltip: `Alt+3`. */
  readonly keys?: string;
}

interface TabsProps<K extends string> {
  readonly label: string;
  readonly value: K;
  readonly items: readonly TabItem<K>[];
  readonly onChange: (id: K) => void;
  readonly size?: "m" | "s";
  /** Many tabs: one line where there is room, else even rows of a grid; nothing is ever cut off or scrolled away. */
  readonly many?: boolean;
  /** To the right of the tabs. */
  readonly trailing?: ReactNode;
  /** The panels, each in a `TabPanel`. */
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** Several panels in one place; arrow keys walk through the tabs. */
export function Tabs<K extends string>(props: TabsProps<K>) {
  const { label, value, items, onChange, size = "m", many = false, trailing, children, className } = props;
  return (
    <Base.Root
      className={className ?? ""}
      value={value}
      onValueChange={(next: unknown) => {
        const item = items.find((candidate) => candidate.id === next);
        if (item !== undefined) onChange(item.id);
      }}
    >
      <div className={many ? styles.frame : styles.plainFrame}>
        <Base.List
          className={classNames(styles.list, size === "s" && styles.small, many && styles.many)}
          aria-label={label}
          onKeyDown={many ? moveBetweenRows : undefined}
        >
          {items.map((item) => (
            <Base.Tab
              key={item.id}
              value={item.id}
              className={styles.tab ?? ""}
              aria-keyshortcuts={item.keys}
              title={item.keys}
            >
              {item.icon !== undefined && <Icon name={item.icon} size={14} />}
              <span className={styles.word}>{item.label}</span>
              {item.count !== undefined && (
                <span className={classNames(styles.count, item.count === 0 && styles.none)}>{item.count}</span>
              )}
            </Base.Tab>
          ))}
          {trailing}
        </Base.List>
      </div>
      {children}
    </Base.Root>
  );
}

/** Up and Down lead to the tab above or below, where the tabs stand in rows. */
function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return;
  const from = target.getBoundingClientRect();
  const away = (tab: HTMLElement) => {
    const box = tab.getBoundingClientRect();
    return Math.abs(box.left + box.width / 2 - from.left - from.width / 2) + 10 * Math.abs(box.top - from.top);
  };
  const [nearest] = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')]
    .filter((tab) => {
      const { top } = tab.getBoundingClientRect();
      return event.key === "ArrowUp" ? top < from.top - 4 : top > from.top + 4;
    })
    .toSorted((a, b) => away(a) - away(b));
  if (nearest === undefined) return;
  event.preventDefault();
  nearest.focus();
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
