import type { ReactNode } from "react";
import styles from "./CellToggle.module.css";
import { classNames } from "./class-names.ts";

interface CellToggleProps {
  /** The accessible name and the tooltip: "read for /etc/hosts". */
  readonly label: string;
  readonly state: "off" | "on" | "deny";
  /** Pressed by something else than this cell: drawn dashed, and said in the label. */
  readonly inherited?: boolean;
  /** There is more to it than can be seen here: a dot in the corner; the label says what. */
  readonly more?: boolean;
  /** What is seen. */
  readonly children: ReactNode;
  /** Where it stands in its grid; `GridKeys` moves by these. */
  readonly row: number;
  readonly column: number;
  readonly onPress: () => void;
  readonly disabled?: boolean;
  /** Tab reaches the grid here; the arrow keys go on. */
  readonly tabStop?: boolean;
  /** Wide enough for a word. */
  readonly wide?: boolean;
}

/** A toggle of a dense grid: hundreds may be in sight, so it is a bare button. The grid's keys focus it. */
export function CellToggle({
  label,
  state,
  inherited = false,
  more = false,
  children,
  row,
  column,
  onPress,
  disabled = false,
  tabStop = false,
  wide = false,
}: CellToggleProps) {
  return (
    <button
      type="button"
      tabIndex={tabStop ? 0 : -1}
      className={classNames(
        styles.cell,
        wide && styles.wide,
        state !== "off" && styles[state],
        inherited && styles.inherited,
        more && styles.more,
      )}
      aria-label={label}
      aria-pressed={state !== "off" && !inherited}
      aria-disabled={disabled || undefined}
      title={label}
      data-row={row}
      data-column={column}
      onClick={disabled ? undefined : onPress}
    >
      {children}
    </button>
  );
}
