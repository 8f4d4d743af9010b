import {
  Fragment,
  type HTMLAttributes,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { classNames } from "./class-names.ts";
import { RowSlots, rowWindow } from "./row-slots.ts";
import styles from "./VirtualRows.module.css";

/** Rows drawn beyond either end of what is in sight: each is painted anew with all others at each turn of the wheel. */
const around = 1;

/** Milliseconds after the last scrolling, when the rows get their order in the document again, for who reads it in order. */
const settleAfter = 200;

interface FixedRowsProps extends Omit<HTMLAttributes<HTMLDivElement>, "role"> {
  /** The accessible name of the table. */
  readonly label: string;
  readonly role: "grid" | "treegrid";
  readonly count: number;
  /** In pixels, the same for every row. */
  readonly rowHeight: number;
  /** Pixels that the header takes at the top. */
  readonly headerHeight: number;
  readonly header: ReactNode;
  /**
   * A row, which lies at `top` in the space of rows; it gives itself its place. Rows are used again for others, as `slot`
   * tells, which is one row's alone at any time: what they show has to come from what they are given alone.
   */
  readonly renderRow: (index: number, top: number, slot: number) => ReactNode;
  /** Stays in the document even out of sight: the row that has the keys. */
  readonly kept: number;
  /** Scrolled into sight when it changes. */
  readonly reveal: number | null;
  /** Several rows can be chosen. */
  readonly several: boolean;
}

/** Gives the keys and a click to the button at the place of a click on what lay over it. */
function clickUnder({ clientX, clientY, currentTarget }: MouseEvent<HTMLElement>): void {
  const under = document.elementFromPoint(clientX, clientY)?.closest("button");
  if (!(under instanceof HTMLElement) || currentTarget.parentElement?.contains(under) !== true) return;
  under.focus();
  under.click();
}

/** A table of very many rows of one height, of which only those in sight are in the document; they are used again. */
export function FixedRows(props: FixedRowsProps) {
  const { label, role, count, rowHeight, headerHeight, header, renderRow, kept, reveal, several, className, ...rest } =
    props;
  const scroller = useRef<HTMLDivElement>(null);
  const [slots] = useState(() => new RowSlots());
  const [view, setView] = useState({ top: 0, height: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setView((now) => ({ ...now, height: element.clientHeight - headerHeight }));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [headerHeight]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null || reveal === null || reveal < 0 || reveal >= count) return;
    const top = reveal * rowHeight;
    const room = element.clientHeight - headerHeight - rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top > element.scrollTop + room) element.scrollTop = top - Math.max(0, room);
  }, [reveal, count, rowHeight, headerHeight]);
  const shield = useRef<HTMLDivElement>(null);
  const shielded = (on: boolean) => {
    if (shield.current !== null) shield.current.hidden = !on;
  };
  const settling = useRef(0);
  const settle = () => {
    window.clearTimeout(settling.current);
    settling.current = window.setTimeout(() => {
      shielded(false);
      // What has the keys must not become another row under them.
      if (scroller.current?.contains(document.activeElement) === true) return;
      slots.forget();
      // At once: a button that is pressed before the rows have changed places would be another one when it is let go.
      flushSync(() => setView((now) => ({ ...now })));
    }, settleAfter);
  };
  useEffect(() => () => window.clearTimeout(settling.current), []);
  const { first, last } = rowWindow(view.top, view.height, rowHeight, count, around);
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  if (kept >= 0 && kept < count && (kept < first || kept > last)) rows.push(kept);
  // In the order of the slots nothing moves in the document, which would cost more than drawing anew.
  const placed = [...slots.assign(rows)].toSorted(([, a], [, b]) => a - b);
  return (
    <div
      {...rest}
      ref={scroller}
      className={classNames(styles.scroller, className)}
      role={role}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-multiselectable={several || undefined}
      tabIndex={-1}
      onScroll={({ currentTarget: { scrollTop } }) => {
        // Drawn in the same frame, so that no gap is ever seen.
        flushSync(() => setView((now) => ({ ...now, top: scrollTop })));
        shielded(true);
        settle();
      }}
    >
      {header}
      <div className={styles.space} style={{ height: count * rowHeight }} role="presentation">
        {placed.map(([index, slot]) => (
          <Fragment key={slot}>{renderRow(index, index * rowHeight, slot)}</Fragment>
        ))}
        <div
          ref={shield}
          role="presentation"
          hidden
          className={styles.shield}
          onPointerMove={() => shielded(false)}
          // Pressed without having moved: it stays until the click, which is for what lies under it.
          onPointerDown={() => window.clearTimeout(settling.current)}
          onClick={(event) => {
            event.stopPropagation();
            shielded(false);
            clickUnder(event);
          }}
        />
      </div>
    </div>
  );
}
