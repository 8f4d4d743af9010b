import { policyFiles, type PolicyTree, valuesIn } from "@hauberk/core/analysis";
import type { FileView } from "@hauberk/core/design";
import type { VariableValues } from "@hauberk/core/words";
import { memo, useMemo, useState } from "react";
import { failureWords } from "../../api-client/saved/index.ts";
import { Button, DangerMark, Toggle, WithCode } from "../../ui/index.ts";
import { Composer } from "./Composer.tsx";
import { placeId } from "./place-id.ts";
import { useReview } from "./review-context.ts";
import { type PlacedThread, type RuleRow, rowsOf, standingPlace } from "./review-model.ts";
import parts from "./Parts.module.css";
import styles from "./Review.module.css";
import { ThreadPart } from "./ThreadPart.tsx";

interface RulesProps {
  readonly threads: readonly PlacedThread[];
  readonly failure: Error | null;
  readonly tree: PolicyTree | null;
}

/** Every rule in the order of the text, in words and as written, with what was said about it. */
export function Rules({ threads, failure, tree }: RulesProps) {
  const { shown } = useReview();
  const files = useMemo(() => policyFiles(shown.views, tree), [shown.views, tree]);
  const [spoken, setSpoken] = useState(false);
  const loose = threads.filter(({ followed }) => standingPlace(followed) === null);
  return (
    <section className={styles.part} id="rules" aria-labelledby="rules-head">
      <div className={parts.row}>
        <h2 id="rules-head">Rules and comments</h2>
        <span className={styles.spring} />
        <Toggle label="Only with comments: rules that somebody spoke about" pressed={spoken} onChange={setSpoken}>
          Only with comments
        </Toggle>
      </div>
      {failure !== null && <p role="alert">{failureWords(failure)}</p>}
      <WholeDesign threads={loose} />
      {shown.views.map((view) => (
        <FileRules key={view.path} view={view} values={valuesIn(view, files)} threads={threads} spoken={spoken} />
      ))}
    </section>
  );
}

/** What was said about the design as a whole, and about what is no longer there. */
function WholeDesign({ threads }: { readonly threads: readonly PlacedThread[] }) {
  const { may } = useReview();
  const [writing, setWriting] = useState(false);
  return (
    <div className={styles.card}>
      <div className={parts.row}>
        <h3>About the design as a whole</h3>
        <span className={styles.spring} />
        {may("comment") && !writing && (
          <Button size="s" icon="messages" onClick={() => setWriting(true)}>
            Comment on the design
          </Button>
        )}
      </div>
      {threads.length === 0 && !writing && <p className={parts.soft}>Nobody has said anything yet.</p>}
      {threads.map((thread) => (
        <ThreadPart key={thread.head.id} thread={thread} />
      ))}
      {writing && <Composer about={null} onDone={() => setWriting(false)} />}
    </div>
  );
}

interface FileRulesProps {
  readonly view: FileView;
  /** What variables stand for in it. */
  readonly values: VariableValues;
  readonly threads: readonly PlacedThread[];
  readonly spoken: boolean;
}

function FileRules({ view, values, threads, spoken }: FileRulesProps) {
  const rows = useMemo(() => rowsOf(view, threads, values), [view, threads, values]);
  const shown = spoken ? rows.filter((row) => row.threads.length > 0) : rows;
  return (
    <div className={styles.card}>
      <h3>
        <code>{view.path}</code>
      </h3>
      {shown.length === 0 && <p className={parts.soft}>{spoken ? "No comment on a rule here." : "It says nothing."}</p>}
      <ol className={styles.rules} aria-label={`Rules of ${view.path}`}>
        {shown.map((row) => (
          <Row key={row.key} view={view} row={row} />
        ))}
      </ol>
    </div>
  );
}

interface RowProps {
  readonly view: FileView;
  readonly row: RuleRow;
}

const Row = memo(function Row({ view, row }: RowProps) {
  const { may } = useReview();
  const [writing, setWriting] = useState<"comment" | "suggestion" | null>(null);
  const { words, text, line, threads } = row;
  const code = text.replaceAll(/\s+/g, " ").trim();
  return (
    <li className={styles.rule} id={placeId(view.path, words.range.start)} tabIndex={-1}>
      <div className={styles.ruleLine}>
        <span className={styles.number} aria-label={`Line ${line}`}>
          {line}
        </span>
        <div className={styles.ruleWords}>
          <code className={styles.code}>{code}</code>
          <p>
            <WithCode text={words.sentence} />
          </p>
        </div>
        <span className={styles.danger}>{words.danger !== null && <DangerMark level={words.danger} />}</span>
        {may("comment") && (
          <span className={styles.ruleActs}>
            <Button
              size="s"
              variant="quiet"
              aria-label={`Comment on line ${line}: ${code}`}
              onClick={() => setWriting("comment")}
            >
              Comment
            </Button>
            <Button
              size="s"
              variant="quiet"
              aria-label={`Suggest a change of line ${line}: ${code}`}
              onClick={() => setWriting("suggestion")}
            >
              Suggest
            </Button>
          </span>
        )}
      </div>
      {threads.map((thread) => (
        <ThreadPart key={thread.head.id} thread={thread} />
      ))}
      {writing !== null && (
        <Composer
          key={writing}
          about={{ view, range: words.range }}
          suggests={writing === "suggestion"}
          onDone={() => setWriting(null)}
        />
      )}
    </li>
  );
});
