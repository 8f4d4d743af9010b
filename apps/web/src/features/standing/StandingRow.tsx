import { type CSSProperties, memo } from "react";
import { StandingMark } from "../../panel/StandingMark.tsx";
import { shortLabel, wordsThere } from "../../panel/standing-words.ts";
import { classNames } from "../../ui/index.ts";
import { showLine } from "./show-line.ts";
import { type GroupLine, groupWords, type RuleLine } from "./standing-table.ts";
import styles from "./StandingPanel.module.css";

/** A cell of the table: the rule by its key, column 0 for the rule itself, then the targets. */
export interface CellPlace {
  readonly key: string;
  readonly column: number;
}

interface StandingRowProps {
  readonly line: GroupLine | RuleLine;
  /** Position among all rows, heads counted, from 0. */
  readonly at: number;
  /** How many targets there are. */
  readonly columns: number;
  /** The column that Tab reaches, where it is in this row. */
  readonly stop: number | null;
  readonly onPlace: (place: CellPlace) => void;
}

/** The width of a row follows from how many targets there are. */
export function rowStyle(columns: number): CSSProperties & { readonly "--targets": number } {
  return { "--targets": columns };
}

/** A rule with a mark per target, or the head over a profile's rules. */
export const StandingRow = memo(function StandingRow(props: StandingRowProps) {
  const { line, at, columns } = props;
  if (line.kind === "rule") return <RuleRow {...props} line={line} />;
  const { rules, open } = line;
  return (
    <div role="row" aria-rowindex={at + 2} className={classNames(styles.row, styles.group)} style={rowStyle(columns)}>
      <span role="rowheader" className={styles.groupName} aria-colspan={columns + 1}>
        {groupWords(line)}
        <span className={styles.groupCount}>
          {rules === 1 ? "1 rule" : `${rules} rules`}
          {open > 0 && `, ${open} not enforced everywhere`}
        </span>
      </span>
    </div>
  );
});

function RuleRow({ line, at, columns, stop, onPlace }: StandingRowProps & { readonly line: RuleLine }) {
  const { key, number, text, standing } = line;
  const cell = (column: number) => ({
    tabIndex: stop === column ? 0 : -1,
    "data-row": number,
    "data-column": column,
    onFocus: () => onPlace({ key, column }),
    onClick: () => {
      onPlace({ key, column });
      showLine(line);
    },
  });
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      aria-selected={stop !== null}
      className={classNames(styles.row, stop !== null && styles.selected)}
      style={rowStyle(columns)}
    >
      <span role="rowheader" className={styles.ruleCell}>
        <button type="button" className={styles.rule} title={text} {...cell(0)}>
          {text}
        </button>
      </span>
      {standing.there.map((there, index) => (
        <span role="gridcell" key={there.target.id} className={styles.cell}>
          <button
            type="button"
            className={classNames(styles.mark, there.mark === "enforced" && styles.quiet)}
            aria-label={`${shortLabel(there.target.label)}: ${wordsThere(there).replaceAll("`", "")}`}
            {...cell(index + 1)}
          >
            <StandingMark mark={there.mark} word />
          </button>
        </span>
      ))}
    </div>
  );
}
