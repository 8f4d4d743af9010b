import { type KeyboardEvent, useEffect, useMemo, useState } from "react";

import { copyText, whatShips } from "../../actions/index.ts";
import panel from "../../panel/panel.module.css";
import { shortLabel } from "../../panel/standing-words.ts";
import { fileViews, type StandingTarget, useDesign, useStandings } from "../../store/index.ts";
import { Button, EmptyState, moveInGrid, Toggle, VirtualRows } from "../../ui/index.ts";
import { countWords, standingTable, type StandingTable, tableText } from "./standing-table.ts";
import { StandingDetail } from "./StandingDetail.tsx";
import styles from "./StandingPanel.module.css";
import { type CellPlace, rowStyle, StandingRow } from "./StandingRow.tsx";

/** Milliseconds of quiet before a changed text is shown: thousands of rules are not counted with each key. */
const rest = 200;

/** What each rule of the design comes to on each of its targets. */
export function StandingPanel() {
  const targets = useStandings((all) => all);
  const texts = useRestedTexts();
  const [open, setOpen] = useState(false);
  const table = useMemo(() => standingTable(targets, fileViews(texts), open), [targets, texts, open]);
  const [copied, setCopied] = useState<StandingTable | null>(null);
  if (targets.length === 0) {
    return (
      <EmptyState title="No target is chosen">
        What a rule comes to depends on the release. Choose those that the design is for below, at “Targets…”.
      </EmptyState>
    );
  }
  return (
    <section className={panel.panel} aria-label="Standing">
      <div className={panel.bar}>
        <span className={styles.count} role="status">
          {countWords(table)}
        </span>
        <span className={styles.count} role="status">
          {copied === table && "Copied."}
        </span>
        <Toggle
          label="Only what differs: rules that are not enforced on every target"
          pressed={open}
          onChange={setOpen}
        >
          Only what differs
        </Toggle>
        <Button size="s" onClick={whatShips.perform}>
          What ships…
        </Button>
        <Button
          size="s"
          icon="copy"
          onClick={() => {
            copyText(tableText(table));
            setCopied(table);
          }}
        >
          Copy as text
        </Button>
      </div>
      <Trouble targets={targets} />
      <Rows table={table} targets={targets} open={open} />
    </section>
  );
}

/** Why some targets are not answered, where they are not. */
function Trouble({ targets }: { readonly targets: readonly StandingTarget[] }) {
  const whys = Map.groupBy(
    targets.filter(({ state }) => state === "unknown"),
    ({ why }) => why ?? "nobody can tell",
  );
  return [...whys].map(([why, some]) => (
    <p key={why} className={styles.trouble} role="status">
      Not known for {some.map(({ label }) => label).join(", ")}: {why} Marks of rules that did not change are those of
      the last answer.
    </p>
  ));
}

interface RowsProps {
  readonly table: StandingTable;
  readonly targets: readonly StandingTarget[];
  readonly open: boolean;
}

const rowHeight = 28;

function Rows({ table, targets, open }: RowsProps) {
  const { lines } = table;
  // The row by its key: rows come and go as the text changes. Column 0 is the rule, the others are targets.
  const [place, setPlace] = useState<CellPlace>({ key: "", column: 0 });
  const [wanted, setWanted] = useState<number | null>(null);
  const at = Math.max(
    lines.findIndex(({ key }) => key === place.key),
    lines.findIndex(({ kind }) => kind === "rule"),
  );
  const shown = lines[at];
  const heedKeys = (event: KeyboardEvent<HTMLElement>) =>
    moveInGrid(event, {
      rows: lines.filter(({ kind }) => kind === "rule").length,
      columns: targets.length + 1,
      reveal: (row) => setWanted(lines.findIndex((line) => line.kind === "rule" && line.number === row)),
    });
  return (
    <>
      {lines.length === 0 ? (
        <div className={styles.none}>
          <EmptyState title={table.rules === 0 ? "No rule yet" : "Nothing differs"}>
            {table.rules === 0
              ? "The design has no rule that could be asked about."
              : open && "Every rule is enforced as written on every target of the design."}
          </EmptyState>
        </div>
      ) : (
        <div className={styles.frame} onKeyDown={heedKeys} role="presentation">
          <VirtualRows
            label="Rules by targets"
            role="grid"
            className={styles.grid}
            count={lines.length}
            rowHeight={rowHeight}
            rowKey={(index) => lines[index]?.key ?? index}
            reveal={wanted}
            header={<Head targets={targets} />}
            renderRow={(index) => {
              const line = lines[index];
              if (line === undefined) return null;
              const chosen = index === at;
              return (
                <StandingRow
                  line={line}
                  at={index}
                  columns={targets.length}
                  stop={chosen ? place.column : null}
                  onPlace={setPlace}
                />
              );
            }}
          />
        </div>
      )}
      <StandingDetail line={shown?.kind === "rule" ? shown : null} />
    </>
  );
}

function Head({ targets }: { readonly targets: readonly StandingTarget[] }) {
  return (
    <div role="row" aria-rowindex={1} className={styles.head} style={rowStyle(targets.length)}>
      <span role="columnheader" className={styles.ruleHead}>
        Rule
      </span>
      {targets.map(({ id, label, state }) => (
        <span key={id} role="columnheader" className={styles.targetHead} title={label}>
          <span aria-hidden="true">{shortLabel(label)}</span>
          <span className="visually-hidden">{label}</span>
          {state === "asking" && (
            <>
              <span className="standing-mark standing-asking" aria-hidden="true" />
              <span className="visually-hidden">, being asked</span>
            </>
          )}
        </span>
      ))}
    </div>
  );
}

/** The design's texts as they were when the typing last rested. */
function useRestedTexts() {
  const texts = useDesign((state) => state.texts);
  const [rested, setRested] = useState(texts);
  useEffect(() => {
    if (texts === rested) return undefined;
    const timer = setTimeout(() => setRested(texts), rest);
    return () => clearTimeout(timer);
  }, [texts, rested]);
  return rested;
}
