import type { Evidence, ProgramSuggestions, Suggestion } from "@hauberk/core/draft";
import { useMemo } from "react";
import { Badge, Checkbox, VirtualRows, WithCode } from "../../ui/index.ts";
import styles from "./DraftDialog.module.css";
import { rowsOf, tickOf } from "./draft-model.ts";

interface DraftLinesProps {
  readonly suggestions: ProgramSuggestions;
  readonly taken: ReadonlySet<string>;
  readonly onTake: (ids: readonly string[], on: boolean) => void;
}

/** Every line that the draft may have, by topic, with its reasons. */
export function DraftLines({ suggestions, taken, onTake }: DraftLinesProps) {
  const rows = useMemo(() => rowsOf(suggestions), [suggestions]);
  return (
    <VirtualRows
      label={`Lines for ${suggestions.program}`}
      count={rows.length}
      rowHeight={46}
      measure
      className={styles.lines}
      rowKey={(index) => {
        const row = rows[index];
        return row === undefined ? index : row.kind === "topic" ? row.id : row.line.id;
      }}
      renderRow={(index) => {
        const row = rows[index];
        if (row === undefined) return null;
        if (row.kind === "line") return <Line line={row.line} taken={taken.has(row.line.id)} onTake={onTake} />;
        const tick = tickOf(row.lines, taken);
        return (
          <div className={styles.topic} role="listitem">
            <Checkbox
              label={row.title}
              checked={tick === "all"}
              indeterminate={tick === "some"}
              onChange={() =>
                onTake(
                  row.lines.map(({ id }) => id),
                  tick !== "all",
                )
              }
            />
          </div>
        );
      }}
    />
  );
}

interface LineProps {
  readonly line: Suggestion;
  readonly taken: boolean;
  readonly onTake: DraftLinesProps["onTake"];
}

function Line({ line, taken, onTake }: LineProps) {
  return (
    <div className={styles.line} role="listitem">
      <Checkbox label={line.text} hideLabel checked={taken} onChange={(on) => onTake([line.id], on)} />
      <div className={styles.words}>
        <code className={styles.text}>{line.text}</code>
        {line.certainty === "unsure" && <Badge tone="warn">not sure</Badge>}
        <ul className={styles.reasons}>
          {line.evidence.map((evidence) => (
            <li key={`${evidence.path} ${evidence.words}`}>
              <Reason evidence={evidence} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Reason({ evidence: { path, line, words } }: { readonly evidence: Evidence }) {
  return (
    <>
      <WithCode text={words} />{" "}
      <span className={styles.place}>
        {path}
        {line === null ? "" : `:${line}`}
      </span>
    </>
  );
}
