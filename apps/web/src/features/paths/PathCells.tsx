import { filePermissions } from "@hauberk/core/vocabulary";
import { memo } from "react";

import { classNames } from "../../ui/index.ts";
import type { PathRow } from "./paths-model.ts";
import styles from "./PathTable.module.css";
import { execColumn, letterColumns, switchColumns } from "./table-columns.ts";

const switchNames = {
  owner: "owner: only files that the user owns, for",
  deny: "deny for",
  audit: "audit: log each use, for",
} as const;

/** The name of the owner's cell of a rule that says the opposite. */
const otherName = "path-column-other";

/** The words that name the cells of a column, before the words of the row. */
const columnNames: readonly (readonly [column: number, words: string])[] = [
  ...filePermissions.map(({ title }, at) => [letterColumns + at, `${title} for`] as const),
  [execColumn, "execute for"],
  ...switchColumns.map(({ toggle, column }) => [column, switchNames[toggle]] as const),
];

function nameOfColumn(column: number): string {
  return `path-column-${column}`;
}

/**
 * The names of the columns, for the cells to point to: a cell that comes to stand in another row while somebody scrolls
 * is then changed only where it is ticked otherwise.
 */
export function ColumnNames() {
  return (
    <div hidden>
      {columnNames.map(([column, words]) => (
        <span key={column} id={nameOfColumn(column)}>
          {words}
        </span>
      ))}
      <span id={otherName}>other: only files that the user does not own, for</span>
    </div>
  );
}

interface PathCellProps {
  readonly column: number;
  /** The id of what names the row. */
  readonly rowName: string;
  /** What stands in it. */
  readonly letter: string;
  readonly on: boolean;
  /** Ticked, it refuses. */
  readonly deny: boolean;
  /** It holds by `file,`, which has no letters to take away. */
  readonly every?: boolean;
  /** It holds the opposite of what its column is about. */
  readonly opposite?: boolean;
}

/** A cell that is ticked or not. */
export const PathCell = memo(function Cell(props: PathCellProps) {
  const { column, rowName, letter, on, deny, every = false, opposite = false } = props;
  const wide = column > execColumn;
  return (
    <span role="gridcell" className={styles.cell}>
      <button
        type="button"
        tabIndex={-1}
        className={classNames(
          styles.toggle,
          column === execColumn && styles.inExec,
          wide && styles.wide,
          on ? (deny ? styles.deny : styles.on) : styles.off,
          (every || opposite) && styles.inherited,
        )}
        data-column={column}
        data-letter={wide ? (opposite ? "≠" : letter.slice(0, 1)) : undefined}
        aria-labelledby={`${opposite ? otherName : nameOfColumn(column)} ${rowName}`}
        aria-pressed={on && !every}
        aria-disabled={every || undefined}
      >
        {letter}
      </button>
    </span>
  );
});

interface CellsProps {
  readonly row: PathRow;
  readonly rowName: string;
}

/** The permissions of a rule, a cell for each letter. */
export function LetterCells({ row, rowName }: CellsProps) {
  const every = row.path === null;
  return filePermissions.map(({ name }, index) => (
    <PathCell
      key={name}
      column={letterColumns + index}
      rowName={rowName}
      letter={name}
      on={every || row.permissions.includes(name)}
      deny={row.deny}
      every={every}
    />
  ));
}

/** The qualifiers of a rule. */
export function SwitchCells({ row, rowName }: CellsProps) {
  return switchColumns.map(({ toggle, column }) => {
    const opposite = toggle === "owner" && row.owner === "other";
    return (
      <PathCell
        key={toggle}
        column={column}
        rowName={rowName}
        letter={opposite ? "other" : toggle}
        on={opposite || (toggle === "owner" ? row.owner === "owner" : row[toggle])}
        deny={toggle === "deny"}
        opposite={opposite}
      />
    );
  });
}
