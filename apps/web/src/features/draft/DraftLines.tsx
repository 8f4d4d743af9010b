import type { Evidence, ProgramSuggestions, Suggestion } from "@hauberk/core/draft";
import { Fragment, useMemo } from "react";
import { Badge, Checkbox, VirtualRows, WithCode } from "../../ui/index.ts";
import styles from "./DraftDialog.module.css";
import { type DraftRow, rowsOf, tickOf } from "./draft-model.ts";

interface DraftLinesProps {
  readonly suggestions: ProgramSuggestions;
  readonly taken: ReadonlySet<string>;
  readonly onTake: (ids: readonly string[], on: boolean) => void;
}

/** Up to so many rows all are in the document: search of the browser and reading by screen readers find them. */
const mostPlain = 150;

/** Every line that the draft may have, by topic, with its reasons. */
export function DraftLines({ suggestions, taken, onTake }: DraftLinesProps) {
  const rows = useMemo(() => rowsOf(suggestions), [suggestions]);
  const label = `Lines for ${suggestions.program}`;
  const row = (each: DraftRow) =>
    each.kind === "line" ? (
      <Line line={each.line} taken={taken.has(each.line.id)} onTake={onTake} />
    ) : (
      <TopicRow topic={each} taken={taken} onTake={onTake} />
    );
  if (rows.length <= mostPlain) {
    return (
      <div className={styles.plain} role="list" aria-label={label}>
        {rows.map((each) => (
          <Fragment key={each.kind === "topic" ? each.id : each.line.id}>{row(each)}</Fragment>
        ))}
      </div>
    );
  }
  return (
    <VirtualRows
      label={label}
      count={rows.length}
      rowHeight={46}
      measure
      className={styles.lines}
      rowKey={(index) => {
        const each = rows[index];
        return each === undefined ? index : each.kind === "topic" ? each.id : each.line.id;
      }}
      renderRow={(index) => {
        const each = rows[index];
        return each === undefined ? null : row(each);
      }}
    />
  );
}

interface TopicRowProps {
  readonly topic: DraftRow & { readonly kind: "topic" };
  readonly taken: ReadonlySet<string>;
  readonly onTake: DraftLinesProps["onTake"];
}

/** The heading of a topic; its box takes or leaves all that stands below. */
function TopicRow({ topic: { title, lines }, taken, onTake }: TopicRowProps) {
  const tick = tickOf(lines, taken);
  return (
    <div className={styles.topic} role="listitem">
      <Checkbox
        label={title}
        checked={tick === "all"}
        indeterminate={tick === "some"}
        onChange={() =>
          onTake(
            lines.map(({ id }) => id),
            tick !== "all",
          )
        }
      />
    </div>
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
