import { isSensiblePair, type NetworkDomain, socketTypes } from "@hauberk/core/vocabulary";
import { memo, useCallback, useState } from "react";

import { type RuleMark, ruleMark } from "../../panel/rule-pick.ts";
import { cellOf, CellToggle, DangerMark, Icon, moveInGrid } from "../../ui/index.ts";
import { type CellAccess, inheritedWords, type NetworkCell, ownWords } from "./network-model.ts";
import styles from "./NetworkPanel.module.css";

/** A cell of the grid by its names. */
export interface CellName {
  readonly domain: string;
  /** Null is the box of the whole family. */
  readonly type: string | null;
}

interface NetworkGridProps {
  readonly label: string;
  readonly domains: readonly NetworkDomain[];
  readonly cell: (domain: string, type: string | null) => NetworkCell;
  readonly chosen: CellName | null;
  readonly onChoose: (name: CellName) => void;
  readonly onChange: (name: CellName, access: CellAccess) => void;
}

/** The types, and last the whole family. */
const columns: readonly { readonly type: string | null; readonly head: string; readonly words: string }[] = [
  ...socketTypes.map(({ name, sentence }) => ({ type: name, head: name, words: sentence })),
  { type: null, head: "all", words: "Every type of the family: `network FAMILY,`" },
];

interface GridCellProps {
  readonly cell: NetworkCell;
  readonly row: number;
  readonly column: number;
  readonly tabStop: boolean;
  readonly onPress: (cell: NetworkCell) => void;
}

function GridCell({ cell, row, column, tabStop, onPress }: GridCellProps) {
  const inherited = cell.own === "none" && cell.effective !== "none";
  const beaten = cell.own === "allow" && cell.effective === "deny";
  const words = inheritedWords(cell);
  const own = ownWords(cell);
  const said = [
    cell.own === "none" ? "not ticked" : cell.own === "allow" ? "allowed" : "denied",
    ...(cell.audit ? ["each use logged"] : []),
    ...(words === null ? [] : [words]),
  ].join(", ");
  const label = [`${cell.domain} ${cell.type ?? "of every type"}: ${said}`, ...own].join(". ").replaceAll("`", "");
  return (
    <CellToggle
      label={label}
      state={cell.effective === "none" ? "off" : cell.effective === "deny" ? "deny" : "on"}
      tabStop={tabStop}
      inherited={inherited || beaten}
      more={cell.audit || own.length > 0}
      row={row}
      column={column}
      onPress={() => onPress(cell)}
    >
      {cell.effective === "none" ? "·" : <Icon name={cell.effective === "deny" ? "cross" : "check"} size={14} />}
    </CellToggle>
  );
}

const Cell = memo(
  GridCell,
  (a, b) =>
    a.row === b.row &&
    a.column === b.column &&
    a.tabStop === b.tabStop &&
    a.onPress === b.onPress &&
    a.cell.domain === b.cell.domain &&
    a.cell.type === b.cell.type &&
    a.cell.own === b.cell.own &&
    a.cell.effective === b.cell.effective &&
    a.cell.audit === b.cell.audit &&
    inheritedWords(a.cell) === inheritedWords(b.cell) &&
    ownWords(a.cell).join() === ownWords(b.cell).join(),
);

/** A cell that one rule alone says has the menu of that rule. */
function markOfCell({ sources }: NetworkCell): RuleMark | Record<string, never> {
  const [only, other] = sources.filter(({ reach }) => reach === "exact");
  return only === undefined || only.rule === null || other !== undefined ? {} : ruleMark(only.rule);
}

/** Family by type. A press ticks or unticks; D denies. A dash stands where the kernel has no such socket. */
export function NetworkGrid({ label, domains, cell, chosen, onChoose, onChange }: NetworkGridProps) {
  const [stop, setStop] = useState({ row: 0, column: 0 });
  const onPress = useCallback(
    ({ domain, type, own }: NetworkCell) => onChange({ domain, type }, own === "none" ? "allow" : "none"),
    [onChange],
  );
  const nameAt = (row: number, column: number): CellName | null => {
    const domain = domains[row];
    const type = columns[column];
    return domain === undefined || type === undefined ? null : { domain: domain.name, type: type.type };
  };
  return (
    <table
      role="grid"
      aria-label={label}
      className={styles.grid}
      onFocus={(event) => {
        const at = cellOf(event.target);
        const name = at === null ? null : nameAt(at.row, at.column);
        if (at === null || name === null) return;
        if (at.row !== stop.row || at.column !== stop.column) setStop(at);
        if (chosen?.domain !== name.domain || chosen.type !== name.type) onChoose(name);
      }}
      onKeyDown={(event) => {
        if (moveInGrid(event, { rows: domains.length, columns: columns.length })) return;
        const at = cellOf(event.target);
        const name = at === null ? null : nameAt(at.row, at.column);
        if (name === null || event.key.toLowerCase() !== "d" || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        onChange(name, cell(name.domain, name.type).own === "deny" ? "none" : "deny");
      }}
    >
      <thead>
        <tr>
          <th scope="col">Family</th>
          {columns.map(({ head, words }) => (
            <th key={head} scope="col" title={words}>
              {head}
            </th>
          ))}
          <th scope="col" className={styles.dangerHead}>
            Danger
          </th>
        </tr>
      </thead>
      <tbody>
        {domains.map((domain, row) => (
          <tr key={domain.name}>
            <th scope="row" title={domain.sentence.replaceAll("`", "")}>
              <code>{domain.name}</code>
              <span className={styles.familyWords}>{domain.sentence.replaceAll("`", "")}</span>
            </th>
            {columns.map(({ type, head }, column) => {
              const each = cell(domain.name, type);
              const isChosen = chosen?.domain === domain.name && chosen.type === type;
              const tabStop = stop.row === row && stop.column === column;
              const senseless = type !== null && !isSensiblePair(domain.name, type) && each.own === "none";
              return (
                <td
                  key={head}
                  aria-selected={isChosen}
                  className={isChosen ? styles.chosen : undefined}
                  {...markOfCell(each)}
                >
                  {senseless ? (
                    <CellToggle
                      disabled
                      label={`The kernel has no ${type} sockets in ${domain.name}`}
                      state="off"
                      row={row}
                      column={column}
                      tabStop={tabStop}
                      onPress={() => undefined}
                    >
                      –
                    </CellToggle>
                  ) : (
                    <Cell cell={each} row={row} column={column} tabStop={tabStop} onPress={onPress} />
                  )}
                </td>
              );
            })}
            <td className={styles.dangerCell}>
              <DangerMark level={domain.danger} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
