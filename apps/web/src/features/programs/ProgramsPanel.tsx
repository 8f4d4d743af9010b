import { transitionOf } from "@hauberk/core/analysis";
import { heldValue } from "@hauberk/core/design";
import { changeRule, removeRule } from "@hauberk/core/edit";
import type { ExecMode } from "@hauberk/core/rules";
import { memo, useEffect, useMemo, useRef, useState } from "react";

import { type ExecSurroundings, useExecSurroundings } from "../../panel/exec-surroundings.ts";
import { execRemarks } from "../../panel/exec-words.ts";
import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { checkPath } from "../../panel/path-check.ts";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { type Editing, type Shown, shownNow, useEdit } from "../../panel/use-edit.ts";
import { declaredVariables } from "../../panel/variables.ts";
import { designStore, useActiveProfile, useFileViews, useSelection } from "../../store/index.ts";
import {
  Button,
  cellOf,
  EmptyState,
  focusCell,
  moveInGrid,
  SearchField,
  Segments,
  VirtualRows,
} from "../../ui/index.ts";
import { AddProgram } from "./AddProgram.tsx";
import { ProgramInspector } from "./ProgramInspector.tsx";
import {
  changedProgram,
  environmentWords,
  filterPrograms,
  type ProgramChange,
  type ProgramFilter,
  type ProgramRow,
  programRows,
  ruleOfRow,
  wayWords,
} from "./programs-model.ts";
import styles from "./ProgramsPanel.module.css";
import { columnCount, ProgramTableRow, type RowHandlers } from "./ProgramTableRow.tsx";
import { WhoBecomesWhom } from "./WhoBecomesWhom.tsx";

const rowHeight = 30;
const unfiltered: ProgramFilter = { query: "", only: "all" };
const gone = { ok: false, reason: "The rule is not there any more." } as const;

/** Changes the rule of a row as it is at that moment. */
function changeRow({ edit }: Pick<Editing, "edit">, index: number, change: ProgramChange): boolean {
  return edit("row", ({ file, profile }) => {
    const placed = ruleOfRow(profile, { index });
    if (placed === undefined) return gone;
    const changed = changedProgram(heldValue(file.tree, placed), change);
    return changed.ok ? changeRule(file, placed, changed.value) : changed;
  });
}

function useRowHandlers(editing: Editing): RowHandlers {
  const { edit, refuse } = editing;
  return useMemo(
    () => ({
      select(index: number) {
        const shown = shownNow();
        const rule = shown?.profile.rules[index]?.rule;
        if (shown === null || rule === undefined) return;
        const state = designStore.getState();
        const { start, end } = rule.node;
        const { selection } = state;
        const same =
          selection?.path === shown.file.path && selection.range.start === start && selection.range.end === end;
        if (!same) state.select({ path: shown.file.path, range: { start, end } }, "panel");
      },
      setMode: (index: number, mode: ExecMode) => void changeRow({ edit }, index, { mode }),
      setProgram(index: number, program: string) {
        const check = checkPath(program, null);
        if (check.ok) return changeRow({ edit }, index, { program });
        refuse("row", check.reason);
        return false;
      },
    }),
    [edit, refuse],
  );
}

/** Where the rule of a row leads, in a few words. */
function rowWords({ file, profile }: Shown, row: ProgramRow, around: ExecSurroundings): string {
  if (row.deny) return row.way === "exec" ? "Never started" : "Never changed to";
  const placed = ruleOfRow(profile, row);
  const transition = placed === undefined ? null : transitionOf(file.tree, placed, around.from, around.map);
  if (transition === null) return "Nothing: the parser forgets this rule";
  const environment = environmentWords(row.mode);
  return environment === null ? wayWords(transition) : `${wayWords(transition)}; ${environment}`;
}

function rowWarning(row: ProgramRow, around: ExecSurroundings): string | null {
  if (row.deny || row.program === null || row.way !== "exec") return null;
  return execRemarks(row.program, row.mode, row.target, around).find(({ tone }) => tone !== "info")?.words ?? null;
}

/** Which programs may be started, and under which profile they run. */
export function ProgramsPanel() {
  const shown = useActiveProfile();
  if (shown === null) return <NoProfile what="Which programs may be started, and under which profile they run," />;
  return <Programs shown={shown} />;
}

function Programs({ shown }: { readonly shown: Shown }) {
  const { file, profile } = shown;
  const views = useFileViews();
  const around = useExecSurroundings();
  const [filter, setFilter] = useState(unfiltered);
  const [selection] = useSelection();
  const editing = useEdit();
  const handlers = useRowHandlers(editing);
  const frame = useRef<HTMLElement>(null);
  const all = useMemo(() => programRows(file, profile), [file, profile]);
  const rows = useMemo(() => filterPrograms(all, filter), [all, filter]);
  const variables = useMemo(() => declaredVariables(views), [views]);
  const at = selection?.path === file.path ? selection.range.start : -1;
  const selected = rows.findIndex(({ start, end }) => start <= at && at <= end);
  const chosen = rows[selected] ?? null;
  const remove = (row: ProgramRow) => {
    const done = editing.edit("row", ({ file: now, profile: in_ }) => {
      const rule = ruleOfRow(in_, row)?.rule;
      return rule === undefined ? gone : removeRule(now, rule);
    });
    const left = rows.length - 1;
    const grid = frame.current;
    if (!done || grid === null) return;
    requestAnimationFrame(() => {
      if (left > 0) focusCell(grid, Math.min(rows.indexOf(row), left - 1), 0);
      else grid.querySelector<HTMLElement>("input")?.focus();
    });
  };
  return (
    <section className={panel.panel} aria-label="Programs" ref={frame}>
      <div className={styles.body}>
        <WhoBecomesWhom around={around} chosen={chosen} />
        {all.length > 10 && <Bar total={all.length} filter={filter} onFilter={setFilter} />}
        <AddProgram around={around} variables={variables} />
        {rows.length === 0 ? (
          <NoRows empty={all.length === 0} onShowAll={() => setFilter(unfiltered)} />
        ) : (
          <Table
            shown={shown}
            rows={rows}
            around={around}
            selected={selected}
            reveal={selection?.origin !== "panel"}
            handlers={handlers}
            onRemove={remove}
          />
        )}
      </div>
      <RefusalNote reason={editing.refusedAt("row")} offer={editing.offerAt("row")} onDismiss={editing.forget} />
      {all.length > 0 && (
        <ProgramInspector
          shown={shown}
          row={chosen}
          around={around}
          variables={variables}
          onChange={(index, change) =>
            "program" in change && change.program !== null
              ? handlers.setProgram(index, change.program)
              : changeRow(editing, index, change)
          }
          onRemove={remove}
        />
      )}
    </section>
  );
}

interface TableProps {
  readonly shown: Shown;
  readonly rows: readonly ProgramRow[];
  readonly around: ExecSurroundings;
  readonly selected: number;
  /** Whether the selected row scrolls into sight: not where it was clicked. */
  readonly reveal: boolean;
  readonly handlers: RowHandlers;
  readonly onRemove: (row: ProgramRow) => void;
}

function Table({ shown, rows, around, selected, reveal, handlers, onRemove }: TableProps) {
  // A row that the keys went to before it was in the document.
  const [wanted, setWanted] = useState<number | null>(null);
  const [stop, setStop] = useState(0);
  const tabRow = selected >= 0 ? selected : Math.min(stop, rows.length - 1);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What is told below of a chosen row takes room from above: in a short window the row itself would go out of sight.
    const row = document.activeElement?.closest("[role=row]");
    if (selected >= 0 && frame.current?.contains(row ?? null) === true) row?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    <div
      ref={frame}
      role="presentation"
      className={styles.tableFrame}
      onKeyDown={(event) => {
        if (moveInGrid(event, { rows: rows.length, columns: columnCount, reveal: setWanted })) return;
        const cell = cellOf(event.target);
        const row = cell === null ? undefined : rows[cell.row];
        if (event.key === "Delete" && row !== undefined && !(event.target instanceof HTMLInputElement)) onRemove(row);
      }}
      onFocus={(event) => {
        if (wanted !== null) setWanted(null);
        const cell = cellOf(event.target);
        if (cell !== null && cell.row !== stop) setStop(cell.row);
      }}
    >
      <VirtualRows
        label={`Programs of ${shown.profile.name}`}
        role="grid"
        className={styles.table}
        count={rows.length}
        rowHeight={rowHeight}
        rowKey={(index) => rows[index]?.index ?? index}
        reveal={wanted ?? (reveal ? selected : null)}
        header={<TableHead />}
        renderRow={(index) => {
          const row = rows[index];
          return row === undefined ? null : (
            <ProgramTableRow
              row={row}
              at={index}
              selected={index === selected}
              tabStop={index === tabRow}
              words={rowWords(shown, row, around)}
              warning={rowWarning(row, around)}
              handlers={handlers}
            />
          );
        }}
      />
    </div>
  );
}

function TableHead() {
  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      <span role="columnheader" className={styles.programCell}>
        Program
      </span>
      <span role="columnheader" className={styles.modeCell}>
        Mode
      </span>
      <span role="columnheader" className={styles.wordsCell}>
        What it means
      </span>
      <span role="columnheader" className={styles.lineCell}>
        Line
      </span>
    </div>
  );
}

const Bar = memo(function FilterBar({
  total,
  filter,
  onFilter,
}: {
  readonly total: number;
  readonly filter: ProgramFilter;
  readonly onFilter: (filter: ProgramFilter) => void;
}) {
  return (
    <div className={panel.bar}>
      <div className={panel.grow}>
        <SearchField
          label="Search programs"
          placeholder="Part of a path or profile"
          value={filter.query}
          onChange={(query) => onFilter({ ...filter, query })}
          size="s"
        />
      </div>
      <Segments
        label="Which rules are shown"
        value={filter.only}
        options={[
          { value: "all", label: `All ${total}` },
          { value: "leaves", label: "Other profile" },
          { value: "inherit", label: "Inherits" },
          { value: "denies", label: "Denies" },
        ]}
        onChange={(only) => onFilter({ ...filter, only })}
      />
    </div>
  );
});

function NoRows({ empty, onShowAll }: { readonly empty: boolean; readonly onShowAll: () => void }) {
  if (!empty)
    return (
      <EmptyState
        title="No rule fits"
        actions={
          <Button size="s" onClick={onShowAll}>
            Show all
          </Button>
        }
      />
    );
  return (
    <EmptyState title="This profile starts no program">
      <p>
        Without a rule every start of a program is refused. Name the first one above and say under which profile it
        runs: <code>ix</code> keeps it under this one, <code>Px</code> and <code>Cx</code> give it its own.
      </p>
    </EmptyState>
  );
}
