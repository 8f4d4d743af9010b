import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { classNames } from "./class-names.ts";
import styles from "./VirtualRows.module.css";

interface VirtualRowsProps {
  /** The accessible name of the list or table. */
  readonly label: string;
  readonly role?: "table" | "list" | "listbox" | "rowgroup" | "grid" | "presentation";
  readonly count: number;
  /** In pixels; rows that grow are measured. */
  readonly rowHeight: number;
  readonly rowKey: (index: number) => string | number;
  /** The row itself; give it its role (`row`, `listitem`) and `aria-rowindex`. */
  readonly renderRow: (index: number) => ReactNode;
  /** Scrolled into sight when it changes. */
  readonly reveal?: number | null;
  /** Rows may differ in height and are measured. */
  readonly measure?: boolean;
  /** Above the rows, sticks to the top. */
  readonly header?: ReactNode;
  readonly className?: string | undefined;
  /** Nothing in the rows takes the keys: the list does, and they scroll it. */
  readonly focusable?: boolean;
}

/** A long list of which only the rows in sight are in the document. Its parent gives it a height. */
export function VirtualRows(props: VirtualRowsProps) {
  const { label, role = "list", count, rowHeight, rowKey, renderRow, reveal = null, measure = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: rowKey,
    overscan: 6,
  });
  useEffect(() => {
    if (reveal !== null && reveal >= 0 && reveal < count) rows.scrollToIndex(reveal, { align: "auto" });
  }, [reveal, count, rows]);
  return (
    <div
      ref={scroller}
      className={classNames(styles.scroller, props.className)}
      role={role}
      aria-label={label}
      aria-rowcount={role === "table" || role === "grid" ? count : undefined}
      tabIndex={props.focusable === true ? 0 : -1}
    >
      {props.header}
      <div className={styles.space} style={{ height: rows.getTotalSize() }} role="presentation">
        {rows.getVirtualItems().map((item) => (
          <div
            key={item.key}
            className={styles.row}
            role="presentation"
            data-index={item.index}
            ref={measure ? rows.measureElement : undefined}
            // No transform: each would be a layer more to put together, whatever else on the page is drawn.
            style={{ top: item.start, height: measure ? undefined : item.size }}
          >
            {renderRow(item.index)}
          </div>
        ))}
      </div>
    </div>
  );
}
