import type { ExecMode } from "@hauberk/core/rules";
import { execModes } from "@hauberk/core/vocabulary";
import { memo, useState } from "react";

import { ruleMark } from "../../panel/rule-pick.ts";
import { ShownStandingDot } from "../../panel/StandingNote.tsx";
import { classNames, Icon, WithCode } from "../../ui/index.ts";
import { type ProgramRow, sameProgramRow } from "./programs-model.ts";
import styles from "./ProgramsPanel.module.css";

/** Columns that the arrow keys pass: program, mode. */
export const columnCount = 2;

/** What a row asks of the table; they look the rule up when they run, so they never change. */
export interface RowHandlers {
  readonly select: (index: number) => void;
  readonly setMode: (index: number, mode: ExecMode) => void;
  readonly setProgram: (index: number, program: string) => boolean;
}

interface ProgramTableRowProps {
  readonly row: ProgramRow;
  /** Position in the table as it is filtered. */
  readonly at: number;
  readonly selected: boolean;
  readonly tabStop: boolean;
  /** Where it leads, in a few words. */
  readonly words: string;
  /** Why that can't work, or what to beware of. */
  readonly warning: string | null;
  readonly handlers: RowHandlers;
}

/** What stands in the first column. */
export function programText({ program, way }: ProgramRow): string {
  if (program !== null) return program;
  return way === "exec" ? "any program" : "by itself, without a start";
}

function ProgramCell({ row, at, tabStop, handlers, warning }: ProgramTableRowProps) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft !== null) {
    return (
      <input
        className={styles.programInput}
        aria-label={`Program of the rule on line ${row.line}`}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        autoFocus
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => setDraft(null)}
        onKeyDown={(event) => {
          const text = draft.trim();
          if (event.key === "Escape") setDraft(null);
          else if (event.key === "Enter") {
            if (text === row.program || text === "" || handlers.setProgram(row.index, text)) setDraft(null);
          } else return;
          event.stopPropagation();
          event.preventDefault();
        }}
      />
    );
  }
  const editable = row.editable && row.program !== null;
  const text = programText(row);
  return (
    <button
      type="button"
      className={classNames(styles.program, row.program === null && styles.any)}
      tabIndex={tabStop ? 0 : -1}
      data-row={at}
      data-column={0}
      title={editable ? `${text}\nEnter or double-click edits the path` : text}
      aria-label={[text, row.deny ? "denied" : "", ...row.marks, warning ?? ""]
        .filter((part) => part !== "")
        .join(", ")
        .replaceAll("`", "")}
      onClick={() => handlers.select(row.index)}
      onDoubleClick={() => editable && setDraft(row.program)}
      onKeyDown={(event) => {
        if (editable && (event.key === "Enter" || event.key === "F2")) {
          event.preventDefault();
          setDraft(row.program);
        }
      }}
    >
      {text}
    </button>
  );
}

function ModeCell({ row, at, handlers }: ProgramTableRowProps) {
  const shown = row.way === "exec" ? (row.mode ?? "") : "change_profile";
  if (row.way !== "exec" || !row.editable) {
    return (
      <button
        type="button"
        tabIndex={-1}
        data-row={at}
        data-column={1}
        className={styles.fixedMode}
        title={row.way === "exec" ? "The rule says more than a start" : "The program changes its profile by itself"}
        onClick={() => handlers.select(row.index)}
      >
        {shown}
      </button>
    );
  }
  return (
    <span className={classNames(styles.mode, row.deny && styles.modeDeny)}>
      <span aria-hidden="true">{shown}</span>
      <select
        tabIndex={-1}
        data-row={at}
        data-column={1}
        aria-label={`How ${row.program} runs`}
        value={row.mode ?? ""}
        onChange={(event) => {
          const mode = execModes.find(({ name }) => name === event.target.value);
          if (mode !== undefined) handlers.setMode(row.index, mode.name);
        }}
        onKeyDown={(event) => {
          // Arrows walk through the grid; Space, Enter and letters choose.
          if (event.key.startsWith("Arrow") && !event.altKey) event.preventDefault();
        }}
      >
        {execModes.map(({ name, title }) => (
          <option key={name} value={name}>
            {name === "x" ? "deny x · never" : `${name} · ${title}`}
          </option>
        ))}
      </select>
    </span>
  );
}

function Row(props: ProgramTableRowProps) {
  const { row, at, selected, words, warning, handlers } = props;
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      aria-selected={selected}
      {...ruleMark(row.index)}
      className={classNames(styles.row, selected && styles.selected, row.deny && styles.denied)}
      onFocus={() => handlers.select(row.index)}
    >
      <span role="rowheader" className={styles.programCell}>
        <ProgramCell {...props} />
      </span>
      <span role="gridcell" className={styles.modeCell}>
        <ModeCell {...props} />
      </span>
      <span role="gridcell" className={styles.wordsCell}>
        <ShownStandingDot index={row.index} />
        {warning !== null && (
          <span className={styles.warnMark} title={warning.replaceAll("`", "")}>
            <Icon name="alert" size={14} />
          </span>
        )}
        <span className={styles.words} title={words.replaceAll("`", "")}>
          <WithCode text={words} />
        </span>
        {row.owner !== null && <span className={styles.tag}>{row.owner}</span>}
        {row.audit && <span className={styles.tag}>audit</span>}
        {row.marks.length > 0 && (
          <span className={styles.tag} title={row.marks.join("; ").replaceAll("`", "")}>
            <Icon name="info" size={12} />
          </span>
        )}
      </span>
      <span role="gridcell" className={styles.lineCell}>
        {row.line}
      </span>
    </div>
  );
}

/** One rule about programs in the table. Drawn again only when what it shows changes. */
export const ProgramTableRow = memo(
  Row,
  (a, b) =>
    a.at === b.at &&
    a.selected === b.selected &&
    a.tabStop === b.tabStop &&
    a.words === b.words &&
    a.warning === b.warning &&
    a.handlers === b.handlers &&
    sameProgramRow(a.row, b.row),
);
