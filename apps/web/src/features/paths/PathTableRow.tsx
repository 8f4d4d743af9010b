import type { FilePermission } from "@hauberk/core/rules";
import { execModes, wordNamed, filePermissions } from "@hauberk/core/vocabulary";
import { memo, useState } from "react";

import { ruleMark } from "../../panel/rule-pick.ts";
import { CellToggle, classNames, Icon } from "../../ui/index.ts";
import { type PathRow, pathParts, pathWords, permissionLetters, type RowChange, sameRow } from "./paths-model.ts";
import styles from "./PathsPanel.module.css";

/** Columns that the arrow keys pass: path, six letters, exec, owner, deny, audit. */
export const columnCount = 11;
const firstLetterColumn = 1;
const execColumn = firstLetterColumn + permissionLetters.length;

/** The modes of a rule that allows; a plain `x` stands with deny only. */
const offeredModes = execModes.filter(({ goal }) => goal !== "none");

/** What a row asks of the table. Handlers take the rule's position and look it up when they run, so they never change. */
export interface RowHandlers {
  readonly select: (index: number) => void;
  readonly change: (index: number, change: RowChange) => void;
  readonly rename: (index: number, path: string) => boolean;
}

interface PathTableRowProps {
  readonly row: PathRow;
  /** Position in the table as it is filtered. */
  readonly at: number;
  readonly selected: boolean;
  /** The cell that Tab reaches lies in this row at this column, else -1. */
  readonly tabColumn: number;
  readonly handlers: RowHandlers;
  readonly suggestionList: string;
}

function PathCell({ row, at, tabColumn, handlers, suggestionList }: PathTableRowProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const text = pathWords(row);
  if (draft !== null) {
    const commit = () => {
      if (draft === row.path || draft.trim() === "" || handlers.rename(row.index, draft.trim())) setDraft(null);
    };
    return (
      <input
        className={styles.pathInput}
        aria-label={`Path of the rule on line ${row.line}`}
        value={draft}
        list={suggestionList}
        spellCheck={false}
        autoComplete="off"
        autoFocus
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => setDraft(null)}
        onKeyDown={(event) => {
          if (event.key === "Escape") setDraft(null);
          else if (event.key === "Enter") commit();
          else return;
          event.stopPropagation();
          event.preventDefault();
        }}
      />
    );
  }
  const editable = row.path !== null;
  const { root, folders, last } = pathParts(text);
  return (
    <button
      type="button"
      className={classNames(styles.path, !editable && styles.everyPath)}
      tabIndex={tabColumn === 0 ? 0 : -1}
      data-row={at}
      data-column={0}
      title={editable ? `${text}\nEnter or double-click edits the path` : text}
      aria-label={`${text}${row.deny ? ", denied" : ""}${row.marks.length > 0 ? `, ${row.marks.join(", ")}` : ""}`}
      onClick={() => handlers.select(row.index)}
      onDoubleClick={() => editable && setDraft(row.path)}
      onKeyDown={(event) => {
        if (editable && (event.key === "Enter" || event.key === "F2")) {
          event.preventDefault();
          setDraft(row.path);
        }
      }}
    >
      {row.marks.length > 0 && (
        <span className={styles.mark}>
          <Icon name="info" size={12} />
        </span>
      )}
      {/* The end of a path tells it apart: when room is short, the folders in the middle give way first. */}
      <span className={styles.root}>{root}</span>
      <span className={styles.folders}>{folders}</span>
      <span className={styles.last}>{last}</span>
    </button>
  );
}

function LetterCell({
  row,
  at,
  letter,
  column,
  handlers,
}: {
  readonly row: PathRow;
  readonly at: number;
  readonly letter: FilePermission;
  readonly column: number;
  readonly handlers: RowHandlers;
}) {
  const on = row.permissions.includes(letter) || row.path === null;
  return (
    <span role="gridcell" className={styles.cell}>
      <CellToggle
        label={`${wordNamed(filePermissions, letter)?.title ?? letter} for ${pathWords(row)}`}
        state={!on ? "off" : row.deny ? "deny" : "on"}
        inherited={row.path === null}
        disabled={row.path === null}
        row={at}
        column={column}
        onPress={() => handlers.change(row.index, { toggle: letter })}
      >
        {on ? letter : "·"}
      </CellToggle>
    </span>
  );
}

function ExecCell({
  row,
  at,
  handlers,
}: {
  readonly row: PathRow;
  readonly at: number;
  readonly handlers: RowHandlers;
}) {
  if (row.deny || row.path === null) {
    const on = row.exec !== null || row.path === null;
    return (
      <CellToggle
        label={`execute for ${pathWords(row)}`}
        state={!on ? "off" : row.deny ? "deny" : "on"}
        inherited={row.path === null}
        disabled={row.path === null}
        row={at}
        column={execColumn}
        onPress={() => handlers.change(row.index, { exec: on ? null : "x" })}
      >
        {on ? "x" : "·"}
      </CellToggle>
    );
  }
  return (
    <span className={classNames(styles.exec, row.exec !== null && styles.execOn)}>
      <span aria-hidden="true">{row.exec ?? "·"}</span>
      <select
        tabIndex={-1}
        data-row={at}
        data-column={execColumn}
        aria-label={`How ${row.path} may be run`}
        title={row.execTarget === null ? `How ${row.path} may be run` : `${row.exec ?? ""} -> ${row.execTarget}`}
        value={row.exec ?? ""}
        onChange={(event) => {
          const mode = offeredModes.find(({ name }) => name === event.target.value);
          handlers.change(row.index, { exec: mode?.name ?? null });
        }}
        onKeyDown={(event) => {
          // Arrows walk through the grid; Space, Enter and letters choose.
          if (event.key.startsWith("Arrow") && !event.altKey) event.preventDefault();
        }}
      >
        <option value="">not run</option>
        {offeredModes.map(({ name, title }) => (
          <option key={name} value={name}>
            {name} · {title}
          </option>
        ))}
      </select>
    </span>
  );
}

function Row(props: PathTableRowProps) {
  const { row, at, selected, handlers } = props;
  const switches = [
    {
      toggle: "owner",
      word: "owner",
      on: row.owner === "owner",
      label: `owner: only files that the user owns, for ${pathWords(row)}`,
    },
    { toggle: "deny", word: "deny", on: row.deny, label: `deny for ${pathWords(row)}` },
    { toggle: "audit", word: "audit", on: row.audit, label: `audit: log each use, for ${pathWords(row)}` },
  ] as const;
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      {...ruleMark(row.index)}
      aria-selected={selected}
      className={classNames(styles.row, selected && styles.selected, row.deny && styles.denied)}
      onFocus={() => handlers.select(row.index)}
    >
      <span role="rowheader" className={styles.pathCell}>
        <PathCell {...props} />
      </span>
      {permissionLetters.map((letter, index) => (
        <LetterCell
          key={letter}
          row={row}
          at={at}
          letter={letter}
          column={firstLetterColumn + index}
          handlers={handlers}
        />
      ))}
      <span role="gridcell" className={styles.cell}>
        <ExecCell row={row} at={at} handlers={handlers} />
      </span>
      {switches.map(({ toggle, word, on, label }, index) => (
        <span key={toggle} role="gridcell" className={styles.cell}>
          <CellToggle
            wide
            label={label}
            state={on ? (toggle === "deny" ? "deny" : "on") : "off"}
            row={at}
            column={execColumn + 1 + index}
            onPress={() => handlers.change(row.index, { toggle })}
          >
            {on ? word : "·"}
          </CellToggle>
        </span>
      ))}
    </div>
  );
}

/** One file rule in the table. Drawn again only when what it shows changes. */
export const PathTableRow = memo(
  Row,
  (a, b) =>
    a.at === b.at &&
    a.selected === b.selected &&
    a.tabColumn === b.tabColumn &&
    a.handlers === b.handlers &&
    a.suggestionList === b.suggestionList &&
    sameRow(a.row, b.row),
);
