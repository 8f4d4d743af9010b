import { changeRule, removeRule } from "@hauberk/core/edit";
import { filePermissions } from "@hauberk/core/vocabulary";
import { memo, useCallback, useId, useMemo, useRef, useState } from "react";

import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { checkPath, pathBeginnings } from "../../panel/path-check.ts";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { shownNow, useEdit } from "../../panel/use-edit.ts";
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
import { AddPath } from "./AddPath.tsx";
import { PasteDialog } from "./PasteDialog.tsx";
import { PathInspector } from "./PathInspector.tsx";
import { changedValue, filterRows, type PathFilter, type PathRow, pathRows, rowAtOffset } from "./paths-model.ts";
import styles from "./PathsPanel.module.css";
import { columnCount, PathTableRow, type RowHandlers } from "./PathTableRow.tsx";

const rowHeight = 28;
const unfiltered: PathFilter = { query: "", only: "all" };

/** Removes a rule and leaves the focus on the row that takes its place. */
function focusAfterRemoval(grid: Element | null, at: number, left: number): void {
  if (grid === null || left === 0) return;
  requestAnimationFrame(() => focusCell(grid, Math.min(at, left - 1), 0));
}

function useRowHandlers(editing: ReturnType<typeof useEdit>): RowHandlers {
  const { edit, refuse } = editing;
  return useMemo(
    () => ({
      select(index) {
        const shown = shownNow();
        const rule = shown?.profile.rules[index]?.rule;
        if (shown === null || rule === undefined) return;
        const state = designStore.getState();
        const { selection } = state;
        const range = { start: rule.node.start, end: rule.node.end };
        const same =
          selection?.path === shown.file.path &&
          selection.range.start === range.start &&
          selection.range.end === range.end;
        if (!same) state.select({ path: shown.file.path, range }, "panel");
      },
      change(index, change) {
        edit("row", ({ file, profile }) => {
          const placed = profile.rules[index];
          if (placed?.rule.value.kind !== "file") return { ok: false, reason: "The rule is not there any more." };
          const value = changedValue(placed.rule.value, change);
          return value.ok ? changeRule(file, placed.rule, value.value) : value;
        });
      },
      rename(index, path) {
        const check = checkPath(path, null);
        if (!check.ok) {
          refuse("row", check.reason);
          return false;
        }
        return edit("row", ({ file, profile }) => {
          const placed = profile.rules[index];
          if (placed?.rule.value.kind !== "file") return { ok: false, reason: "The rule is not there any more." };
          return changeRule(file, placed.rule, { ...placed.rule.value, path });
        });
      },
    }),
    [edit, refuse],
  );
}

/** Every file rule of the profile, and ways to add some. */
export function PathsPanel() {
  const shown = useActiveProfile();
  const views = useFileViews();
  const [filter, setFilter] = useState(unfiltered);
  const [pasting, setPasting] = useState(false);
  const paste = useCallback(() => setPasting(true), []);
  const [selection] = useSelection();
  // A row that the keys went to before it was in the document.
  const [wanted, setWanted] = useState<number | null>(null);
  const [tabStop, setTabStop] = useState({ row: 0, column: 0 });
  const editing = useEdit();
  const handlers = useRowHandlers(editing);
  const frame = useRef<HTMLElement>(null);
  const listId = useId();
  const file = shown?.file;
  const profile = shown?.profile;
  const all = useMemo(
    () => (file === undefined || profile === undefined ? [] : pathRows(file, profile)),
    [file, profile],
  );
  const rows = useMemo(() => filterRows(all, filter), [all, filter]);
  const variables = useMemo(() => declaredVariables(views), [views]);
  if (shown === null) return <NoProfile what="Paths" />;

  const selected = selection?.path === shown.file.path ? rowAtOffset(rows, selection.range.start) : -1;
  const chosen = rows[selected] ?? null;
  const reveal = wanted ?? (selection?.origin === "panel" ? null : selected);
  const tabRow = selected >= 0 ? selected : Math.min(tabStop.row, Math.max(0, rows.length - 1));

  const remove = (row: PathRow) => {
    const done = editing.edit("row", ({ file: now, profile: at }) => {
      const placed = at.rules[row.index];
      return placed === undefined
        ? { ok: false, reason: "The rule is not there any more." }
        : removeRule(now, placed.rule);
    });
    if (done) focusAfterRemoval(frame.current, rows.indexOf(row), rows.length - 1);
  };

  return (
    <section className={panel.panel} aria-label="Paths" ref={frame}>
      <Bar total={all.length} shownCount={rows.length} filter={filter} onFilter={setFilter} onPaste={paste} />
      <AddPath variables={variables} />
      <datalist id={listId}>
        {pathBeginnings.map(({ path, words }) => (
          <option key={path} value={path}>
            {words}
          </option>
        ))}
      </datalist>
      {rows.length === 0 ? (
        <NoRows empty={all.length === 0} onShowAll={() => setFilter(unfiltered)} onPaste={paste} />
      ) : (
        <div
          role="presentation"
          className={styles.tableFrame}
          onKeyDown={(event) => {
            if (
              moveInGrid(event, {
                rows: rows.length,
                columns: columnCount,
                reveal: setWanted,
              })
            )
              return;
            const cell = cellOf(event.target);
            const row = cell === null ? undefined : rows[cell.row];
            if (event.key === "Delete" && row !== undefined && !(event.target instanceof HTMLInputElement)) remove(row);
          }}
          onFocus={(event) => {
            if (wanted !== null) setWanted(null);
            const cell = cellOf(event.target);
            if (cell !== null && (cell.row !== tabStop.row || cell.column !== tabStop.column)) setTabStop(cell);
          }}
        >
          <VirtualRows
            label={`File rules of ${shown.profile.name}`}
            role="grid"
            className={styles.table}
            count={rows.length}
            rowHeight={rowHeight}
            rowKey={(index) => rows[index]?.index ?? index}
            reveal={reveal}
            header={<TableHead />}
            renderRow={(index) => {
              const row = rows[index];
              return row === undefined ? null : (
                <PathTableRow
                  row={row}
                  at={index}
                  selected={index === selected}
                  tabColumn={index === tabRow ? 0 : -1}
                  handlers={handlers}
                  suggestionList={listId}
                />
              );
            }}
          />
        </div>
      )}
      <RefusalNote reason={editing.refusedAt("row")} onDismiss={editing.forget} />
      <PathInspector row={chosen} variables={variables} handlers={handlers} onRemove={remove} />
      {pasting && <PasteDialog variables={variables} onClose={() => setPasting(false)} />}
    </section>
  );
}

interface BarProps {
  readonly total: number;
  readonly shownCount: number;
  readonly filter: PathFilter;
  readonly onFilter: (filter: PathFilter) => void;
  readonly onPaste: () => void;
}

const Bar = memo(function FilterBar({ total, shownCount, filter, onFilter, onPaste }: BarProps) {
  return (
    <div className={panel.bar}>
      <div className={panel.grow}>
        <SearchField
          label="Search paths"
          placeholder="Part of a path"
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
          { value: "writes", label: "Writes" },
          { value: "executes", label: "Runs" },
          { value: "denies", label: "Denies" },
          { value: "owner", label: "Owner" },
        ]}
        onChange={(only) => onFilter({ ...filter, only })}
      />
      <output className="visually-hidden">
        {shownCount} of {total} rules shown
      </output>
      <Button size="s" icon="copy" onClick={onPaste}>
        Paste many
      </Button>
    </div>
  );
});

function TableHead() {
  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      <span role="columnheader" className={styles.pathHead}>
        Path
      </span>
      {filePermissions.map(({ name, title, sentence }) => (
        <span key={name} role="columnheader" title={`${title}: ${sentence}`} className={styles.letterHead}>
          <span aria-hidden="true">{name}</span>
          <span className="visually-hidden">{title}</span>
        </span>
      ))}
      <span role="columnheader" title="whether and how it may be run">
        x
      </span>
      <span role="columnheader" title="only files that the user owns">
        owner
      </span>
      <span role="columnheader">deny</span>
      <span role="columnheader" title="log each use">
        audit
      </span>
    </div>
  );
}

function NoRows({
  empty,
  onShowAll,
  onPaste,
}: {
  readonly empty: boolean;
  readonly onShowAll: () => void;
  readonly onPaste: () => void;
}) {
  return empty ? (
    <div className={styles.tableFrame}>
      <EmptyState
        title="No file rules yet"
        actions={
          <Button size="s" icon="copy" onClick={onPaste}>
            Paste many
          </Button>
        }
      >
        <p>
          Without a rule every file is refused. Write the first path above, or paste a list: paths, paths with
          permissions, or whole rules.
        </p>
      </EmptyState>
    </div>
  ) : (
    <div className={styles.tableFrame}>
      <EmptyState
        title="No rule fits"
        actions={
          <Button size="s" onClick={onShowAll}>
            Show all
          </Button>
        }
      />
    </div>
  );
}
