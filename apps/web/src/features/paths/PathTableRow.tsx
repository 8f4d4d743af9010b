import type { MeantPath } from "@hauberk/core/edit";
import { execModes } from "@hauberk/core/vocabulary";
import { memo } from "react";

import { ruleMark } from "../../panel/rule-pick.ts";
import { ShownStandingDot } from "../../panel/StandingNote.tsx";
import { classNames, Icon } from "../../ui/index.ts";
import { LetterCells, PathCell, SwitchCells } from "./PathCells.tsx";
import { type PathRow, pathParts, pathWords, sameRow } from "./paths-model.ts";
import { PathInput } from "./PathInput.tsx";
import styles from "./PathTable.module.css";
import { execColumn } from "./table-columns.ts";

/** The modes of a rule that allows; a plain `x` stands with deny only. */
const offeredModes = execModes.filter(({ goal }) => goal !== "none");

/** Why a rule is needless, short: for its row. */
export interface RowRemark {
  /** One word: `needless`, `twice`. */
  readonly word: string;
  /** The number and the line of the other rule. */
  readonly by: number;
  readonly line: number;
}

interface PathTableRowProps {
  readonly row: PathRow;
  /** Position in the table as it is shown. */
  readonly at: number;
  /** Pixels from the top of the rows. */
  readonly top: number;
  /** Its place in the document, where another row stood before and another comes later. */
  readonly slot: number;
  /** How deep it lies in folders, from 1; 0 where there are none. */
  readonly level: number;
  /** How much of the path the folders above say. */
  readonly cut: number;
  /** How many letters of the path have room. */
  readonly room: number;
  readonly selected: boolean;
  /** Tab reaches this row. */
  readonly tabStop: boolean;
  /** The list of exec modes is there, with the keys or without; before, a button stands for it. */
  readonly choosing: "pointed" | "focused" | null;
  readonly editing: boolean;
  readonly remark: RowRemark | null;
  readonly onEdited: (number: number, path: string | null, meant: MeantPath | null) => boolean;
}

/*
 * A row has as few parts as it can, and what changes from row to row is colour rather than text where it can be: thousands
 * pass by while somebody scrolls, and a text that changes is a layout. Its buttons say by `data-column` what they
 * are; the table heeds the clicks of all of them.
 */
function Row(props: PathTableRowProps) {
  const { row, at, top, level, selected, editing } = props;
  const words = pathWords(row);
  const rowName = `path-row-${props.slot}`;
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      aria-level={level === 0 ? undefined : level}
      aria-selected={selected}
      {...ruleMark(row.index)}
      data-at={at}
      className={classNames(styles.row, selected && styles.selected, row.deny && styles.denied)}
      style={{ top }}
    >
      <span
        role="rowheader"
        id={rowName}
        aria-label={words}
        className={styles.pathCell}
        style={level > 1 ? { paddingLeft: `${12 + (level - 1) * 14}px` } : undefined}
      >
        <span className={styles.standing}>
          <ShownStandingDot index={row.index} />
        </span>
        {editing && row.path !== null ? (
          <PathInput path={row.path} line={row.line} onDone={(path, meant) => props.onEdited(row.index, path, meant)} />
        ) : (
          <PathButton {...props} words={words} />
        )}
      </span>
      <LetterCells row={row} rowName={rowName} />
      <ExecCell row={row} words={words} rowName={rowName} choosing={props.choosing} />
      <SwitchCells row={row} rowName={rowName} />
    </div>
  );
}

function PathButton({ row, tabStop, cut, room, level, remark, words }: PathTableRowProps & { readonly words: string }) {
  const marked = row.marks.length > 0;
  const target = row.execTarget === null ? "" : ` -> ${row.execTarget}`;
  const taken =
    (marked ? 2 : 0) +
    target.length +
    (remark === null ? 0 : Math.ceil((remark.word.length + 9) * 0.8) + 1) +
    Math.max(0, level - 1) * 2;
  const text = words.slice(cut);
  const { root, folders, last } = pathParts(text);
  // Whatever is cut off at an edge costs at each turn of the wheel: only a path without room is.
  const long = text.length + taken > room;
  return (
    <>
      <button
        type="button"
        className={classNames(styles.path, long && styles.long, row.path === null && styles.everyPath)}
        tabIndex={tabStop ? 0 : -1}
        data-column={0}
        aria-label={`${words}${target}${row.deny ? ", denied" : ""}${marked ? `, ${row.marks.join(", ").replaceAll("`", "")}` : ""}`}
      >
        {marked && (
          <span className={styles.mark}>
            <Icon name="info" size={12} />
          </span>
        )}
        {/* The end of a path tells it apart: when room is short, the folders in the middle give way first. */}
        <span className={styles.lead}>{long ? root : root + folders}</span>
        {long && <span className={styles.folders}>{folders}</span>}
        {long ? <span className={styles.last}>{last}</span> : last}
        {target !== "" && <span className={styles.lead}>{target}</span>}
      </button>
      {remark !== null && (
        <button
          type="button"
          tabIndex={-1}
          className={styles.remark}
          data-go={remark.by}
          aria-label={`${remark.word} · line ${remark.line}: ${words}`}
        >
          {remark.word} · line {remark.line}
        </button>
      )}
    </>
  );
}

interface ExecCellProps extends Pick<PathTableRowProps, "row" | "choosing"> {
  readonly words: string;
  readonly rowName: string;
}

function ExecCell({ row, words, rowName, choosing }: ExecCellProps) {
  if (row.deny || row.path === null) {
    const every = row.path === null;
    const on = row.exec !== null || every;
    return <PathCell column={execColumn} rowName={rowName} letter="x" on={on} deny={row.deny} every={every} />;
  }
  const look = classNames(styles.exec, row.exec === null ? styles.off : styles.on);
  const label = `How ${words} may be run`;
  return (
    <span role="gridcell" className={styles.cell}>
      {choosing === null ? (
        // A list in each of many rows costs more than all the rest: it comes when it is pointed at.
        <button
          type="button"
          role="combobox"
          aria-haspopup="listbox"
          aria-expanded={false}
          aria-controls={`exec-modes-${row.index}`}
          tabIndex={-1}
          className={look}
          data-column={execColumn}
          aria-label={label}
        >
          {row.exec ?? "x"}
        </button>
      ) : (
        <span className={look}>
          <span aria-hidden="true">{row.exec ?? "x"}</span>
          <select
            id={`exec-modes-${row.index}`}
            tabIndex={-1}
            data-column={execColumn}
            aria-label={label}
            value={row.exec ?? ""}
            autoFocus={choosing === "focused"}
            onChange={nothing}
          >
            <option value="">not run</option>
            {offeredModes.map(({ name, title }) => (
              <option key={name} value={name}>
                {name} · {title}
              </option>
            ))}
          </select>
        </span>
      )}
    </span>
  );
}

/** The table heeds the change; without this, React would call the list read-only. */
function nothing(): void {}

/** One file rule in the table. Drawn again only when what it shows changes. */
export const PathTableRow = memo(
  Row,
  (a, b) =>
    a.at === b.at &&
    a.top === b.top &&
    a.slot === b.slot &&
    a.level === b.level &&
    a.cut === b.cut &&
    a.room === b.room &&
    a.selected === b.selected &&
    a.tabStop === b.tabStop &&
    a.choosing === b.choosing &&
    a.editing === b.editing &&
    a.onEdited === b.onEdited &&
    a.remark?.word === b.remark?.word &&
    a.remark?.by === b.remark?.by &&
    a.remark?.line === b.remark?.line &&
    (a.row === b.row || sameRow(a.row, b.row)),
);
