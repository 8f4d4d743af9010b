import type { MeantPath } from "@hauberk/core/edit";
import type { Qualifiers } from "@hauberk/core/rules";
import { filePermissions, execModeNamed } from "@hauberk/core/vocabulary";
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";

import { FixedRows } from "../../ui/index.ts";
import { FolderRow } from "./FolderRow.tsx";
import { reachOf } from "./folder-reach.ts";
import { ColumnNames } from "./PathCells.tsx";
import type { TableLine, TableLines } from "./path-folders.ts";
import type { PathRules } from "./path-rules.ts";
import type { RowChange } from "./paths-model.ts";
import styles from "./PathTable.module.css";
import { PathTableRow, type RowRemark } from "./PathTableRow.tsx";
import { changeOfColumn, execColumn } from "./table-columns.ts";
import { focusPlace, focusSoon, type Place, placeAfter, placeOf } from "./table-keys.ts";
import type { Chosen } from "./use-chosen.ts";

const rowHeight = 28;
const headerHeight = 26;

/** Pixels beside the letters of a path: what its cell and its button keep free. */
const besidePath = 26;

/** What the table asks for. None of these changes from one drawing to the next. */
export interface TableHandlers {
  readonly select: (number: number) => void;
  readonly change: (number: number, change: RowChange) => void;
  /** Another path, with what goes with it where it was suggested; false where it was refused. */
  readonly rename: (number: number, path: string, meant: MeantPath | null) => boolean;
  readonly qualify: (number: number, qualifiers: Qualifiers) => void;
  readonly remove: (numbers: readonly number[]) => boolean;
  readonly fold: (folder: string, folded: boolean) => void;
}

interface PathTableProps {
  readonly label: string;
  readonly rules: PathRules;
  readonly lines: TableLines;
  readonly folders: boolean;
  /** The number of the selected rule, or -1. */
  readonly selected: number;
  readonly chosen: Chosen;
  readonly remarks: ReadonlyMap<number, RowRemark>;
  /** The position to bring into sight, for who selected from elsewhere. */
  readonly reveal: number | null;
  readonly handlers: TableHandlers;
  readonly frame: RefObject<HTMLDivElement | null>;
}

/** The file rules as a grid of ticks, or with folders as a tree of them. */
export function PathTable(props: PathTableProps) {
  const { label, rules, lines, folders, selected, chosen, remarks, handlers, frame } = props;
  const table = useTable(props);
  const { stop, pointed, editing } = table;
  const [room, setRoom] = useState(40);
  const renderRow = (index: number, top: number, slot: number) => {
    const line = lines.at(index);
    if (line === undefined) return null;
    if (line.kind === "folder") {
      return <FolderRow line={line} at={index} top={top} tabStop={index === stop} reach={reachOf(rules, line)} />;
    }
    const row = rules.row(line.number);
    if (row === undefined) return null;
    return (
      <PathTableRow
        row={row}
        at={index}
        top={top}
        slot={slot}
        level={folders ? line.level : 0}
        cut={line.cut}
        selected={chosen.numbers.size > 0 ? chosen.numbers.has(line.number) : line.number === selected}
        tabStop={index === stop}
        room={room}
        choosing={pointed?.number === line.number ? pointed.how : null}
        editing={editing === line.number}
        remark={remarks.get(line.number) ?? null}
        onEdited={table.edited}
      />
    );
  };
  return (
    <div role="presentation" className={styles.tableFrame} ref={frame}>
      <ColumnNames />
      <FixedRows
        label={label}
        role={folders ? "treegrid" : "grid"}
        className={styles.table}
        count={lines.count}
        rowHeight={rowHeight}
        headerHeight={headerHeight}
        header={<TableHead onRoom={setRoom} />}
        renderRow={renderRow}
        kept={table.place.row}
        reveal={table.wanted ?? props.reveal}
        several
        onMouseDown={table.press}
        onClick={table.click}
        onDoubleClick={table.doubleClick}
        onChange={(event) => {
          const place = placeOf(event.target);
          const line = place === null ? undefined : lines.at(place.row);
          if (place?.column !== execColumn || line?.kind !== "rule" || !(event.target instanceof HTMLSelectElement))
            return;
          handlers.change(line.number, { exec: execModeNamed(event.target.value)?.name ?? null });
        }}
        onKeyDown={table.keyDown}
        onKeyUp={(event) => {
          // The space bar chooses a row; some browsers would press its button as well.
          if (event.key === " " && placeOf(event.target)?.column === 0 && event.target instanceof HTMLButtonElement)
            event.preventDefault();
        }}
        onFocus={table.focus}
        onPointerOver={table.point}
      />
    </div>
  );
}

/** The exec mode that something points at: its list is there to be chosen from. */
interface Pointed {
  readonly number: number;
  readonly how: "pointed" | "focused";
}

interface Table {
  readonly place: Place;
  /** The position of the row that Tab reaches. */
  readonly stop: number;
  readonly wanted: number | null;
  readonly pointed: Pointed | null;
  readonly editing: number | null;
  readonly edited: (number: number, path: string | null, meant: MeantPath | null) => boolean;
  readonly press: () => void;
  readonly click: (event: MouseEvent<HTMLElement>) => void;
  readonly doubleClick: (event: MouseEvent<HTMLElement>) => void;
  readonly keyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly focus: (event: FocusEvent<HTMLElement>) => void;
  readonly point: (event: MouseEvent<HTMLElement>) => void;
}

function useTable({ rules, lines, selected, chosen, handlers, frame }: PathTableProps): Table {
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  // A row that the keys go to before it is in the document.
  const [wanted, setWanted] = useState<number | null>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [editing, setEditing] = useState<number | null>(null);
  // The rule that was selected before the mouse went down, which selects another.
  const pressedFrom = useRef<number | null>(null);
  const selectedAt = selected < 0 ? -1 : lines.indexOf(selected);
  const numberAt = (row: number) => {
    const line = lines.at(row);
    return line?.kind === "rule" ? line.number : null;
  };
  const go = (to: Place) => {
    const grid = frame.current;
    if (grid === null || focusPlace(grid, to)) return;
    setWanted(to.row);
    focusSoon(grid, to);
  };
  const goToRule = (number: number) => {
    const row = lines.indexOf(number);
    handlers.select(number);
    if (row >= 0) go({ row, column: 0 });
  };
  /** Chooses from where the last run began, else from `before`, to a row. */
  const chooseTo = (row: number, before: number | null) => {
    const anchor = chosen.anchor ?? before ?? numberAt(row);
    const from = anchor === null ? row : Math.max(0, lines.indexOf(anchor));
    const [first, last] = from < row ? [from, row] : [row, from];
    const numbers = Array.from({ length: last - first + 1 }, (_, at) => numberAt(first + at)).filter(
      (each) => each !== null,
    );
    chosen.choose(numbers, anchor);
  };
  /** Chooses a rule, or no longer; where it is the first, `before` is chosen with it. */
  const chooseOne = (number: number, before: number | null) => {
    const now = new Set(chosen.numbers.size === 0 && before !== null && before !== number ? [before] : chosen.numbers);
    if (now.has(number)) now.delete(number);
    else now.add(number);
    chosen.choose(now, number);
  };
  const edited = useMemo(
    () => (number: number, path: string | null, meant: MeantPath | null) => {
      if (path !== null && !handlers.rename(number, path, meant)) return false;
      setEditing((now) => (now === number ? null : now));
      const grid = frame.current;
      const field = document.activeElement;
      const at = field instanceof HTMLInputElement && grid?.contains(field) === true ? placeOf(field) : null;
      if (grid !== null && at !== null) requestAnimationFrame(() => focusPlace(grid, { row: at.row, column: 0 }));
      return true;
    },
    [handlers, frame],
  );
  const actOnCell = (event: MouseEvent<HTMLElement>, at: Place, number: number) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button === null || button.getAttribute("aria-disabled") === "true") return;
    const change = changeOfColumn(at.column, button.getAttribute("aria-pressed") === "true");
    if (change !== null) handlers.change(number, change);
    else if (event.shiftKey) chooseTo(at.row, pressedFrom.current);
    else if (event.ctrlKey || event.metaKey) chooseOne(number, pressedFrom.current);
    else {
      handlers.select(number);
      chosen.choose([], number);
    }
  };
  const leaveOrFold = (key: string, line: TableLine, row: number): boolean => {
    if (line.kind === "folder" && line.folded === (key === "ArrowRight")) {
      handlers.fold(line.path, !line.folded);
      return true;
    }
    if (key === "ArrowRight" || line.level < 2) return false;
    for (let at = row - 1; at >= 0; at--) {
      const above = lines.at(at);
      if (above?.kind !== "folder" || above.level >= line.level) continue;
      go({ row: at, column: 0 });
      return true;
    }
    return false;
  };
  const rowKey = (event: KeyboardEvent, at: Place, line: TableLine): boolean => {
    const { key, shiftKey } = event;
    const onPath = at.column === 0;
    if (key === "Escape" && chosen.numbers.size > 0) chosen.choose([], null);
    else if (key === "a" && (event.ctrlKey || event.metaKey)) {
      chosen.choose(
        Array.from({ length: lines.count }, (_, row) => numberAt(row)).filter((each) => each !== null),
        numberAt(at.row),
      );
    } else if (onPath && (key === "ArrowLeft" || key === "ArrowRight") && leaveOrFold(key, line, at.row)) return true;
    else if (line.kind === "folder") {
      if (!onPath || (key !== " " && key !== "Enter")) return false;
      handlers.fold(line.path, !line.folded);
    } else if (onPath && key === " ") {
      if (shiftKey) chooseTo(at.row, null);
      else chooseOne(line.number, null);
    } else if (onPath && (key === "Enter" || key === "F2") && rules.row(line.number)?.path !== null)
      setEditing(line.number);
    else if (key === "Delete") {
      const numbers = chosen.numbers.has(line.number) ? [...chosen.numbers] : [line.number];
      const left = lines.count - numbers.length;
      if (handlers.remove(numbers) && left > 0) {
        requestAnimationFrame(() => go({ row: Math.min(at.row, left - 1), column: 0 }));
      }
    } else return false;
    return true;
  };
  return {
    place,
    stop: selectedAt >= 0 ? selectedAt : Math.min(place.row, Math.max(0, lines.count - 1)),
    wanted,
    pointed,
    editing,
    edited,
    press() {
      pressedFrom.current = selected < 0 ? null : selected;
    },
    click(event) {
      const link = event.target instanceof Element ? event.target.closest("[data-go]") : null;
      if (link instanceof HTMLElement) return goToRule(Number(link.dataset["go"]));
      const at = placeOf(event.target);
      const line = at === null ? undefined : lines.at(at.row);
      if (at === null || line === undefined) return;
      if (line.kind === "rule") actOnCell(event, at, line.number);
      else if (at.column === 0) handlers.fold(line.path, !line.folded);
    },
    doubleClick(event) {
      const at = placeOf(event.target);
      const line = at?.column === 0 ? lines.at(at.row) : undefined;
      if (line?.kind === "rule" && rules.row(line.number)?.path !== null) setEditing(line.number);
    },
    keyDown(event) {
      const at = placeOf(event.target);
      const line = at === null ? undefined : lines.at(at.row);
      if (at === null || line === undefined || event.target instanceof HTMLInputElement || event.altKey) return;
      const handled = rowKey(event, at, line);
      if (handled) return event.preventDefault();
      if (event.metaKey) return;
      const to = placeAfter(event.key, event.ctrlKey, at, lines.count);
      if (to === null) return;
      event.preventDefault();
      if (event.shiftKey && to.row !== at.row) {
        chooseTo(to.row, numberAt(at.row));
        go({ row: to.row, column: 0 });
        return;
      }
      // The next run of chosen rules begins where the keys stand.
      if (chosen.anchor !== null) chosen.choose(chosen.numbers, null);
      const column = Math.max(to.column, line.kind === "folder" ? place.column : 0);
      go(to.row === at.row ? to : { row: to.row, column });
    },
    focus(event) {
      if (wanted !== null) setWanted(null);
      const at = placeOf(event.target);
      if (at === null) return;
      // Passing a folder, the keys keep to the column that they came in.
      const column = lines.at(at.row)?.kind === "folder" ? place.column : at.column;
      if (at.row !== place.row || column !== place.column) setPlace({ row: at.row, column });
      const number = numberAt(at.row);
      if (number === null) return;
      handlers.select(number);
      if (at.column === execColumn && pointed?.number !== number) setPointed({ number, how: "focused" });
    },
    point(event) {
      const at = placeOf(event.target);
      const number = at === null ? null : numberAt(at.row);
      if (number === null) return;
      if (at?.column === execColumn && pointed?.number !== number) setPointed({ number, how: "pointed" });
      // The words of a cell are its name; a title in each of thousands of cells costs more than this.
      const cell = event.target instanceof Element ? event.target.closest("[data-column]") : null;
      if (cell instanceof HTMLElement) cell.title = titleOf(cell, at?.column === 0);
    },
  };
}

function titleOf(cell: HTMLElement, path: boolean): string {
  const named = cell.getAttribute("aria-labelledby")?.split(" ") ?? [];
  const words = named.map((id) => document.getElementById(id)).map((by) => by?.ariaLabel ?? by?.textContent ?? "");
  const name = cell.ariaLabel ?? words.join(" ");
  return path ? `${name}\nEnter or double-click edits the path, Space chooses it together with others` : name;
}

/** Letters that are measured to know how wide one is. */
const sample = "0".repeat(50);

function TableHead({ onRoom }: { readonly onRoom: (letters: number) => void }) {
  const head = useRef<HTMLSpanElement>(null);
  const measure = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = head.current;
    if (element === null) return;
    const count = () => {
      const letter = (measure.current?.getBoundingClientRect().width ?? 0) / sample.length;
      if (letter > 0) onRoom(Math.floor((element.clientWidth - besidePath) / letter));
    };
    count();
    const observer = new ResizeObserver(count);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onRoom]);
  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      <span role="columnheader" className={styles.pathHead} ref={head}>
        Path
        <span className={styles.sample} ref={measure} aria-hidden="true">
          {sample}
        </span>
      </span>
      {filePermissions.map(({ name, title, sentence }) => (
        <span key={name} role="columnheader" title={`${title}: ${sentence}`} className={styles.letterHead}>
          <span aria-hidden="true">{name}</span>
          <span className="visually-hidden">{title}</span>
        </span>
      ))}
      <span role="columnheader" title="whether and how it may be run" className={styles.execHead}>
        x
      </span>
      <span role="columnheader" title="only files that the user owns" className={styles.switchHead}>
        owner
      </span>
      <span role="columnheader" className={styles.switchHead}>
        deny
      </span>
      <span role="columnheader" title="log each use" className={styles.switchHead}>
        audit
      </span>
    </div>
  );
}
