import { parserPage } from "@hauberk/core/lint";
import { memo } from "react";
import { goToProblem, nextProblem, shownKeys } from "../../actions/index.ts";
import { ownSource, type Problem, shortName, useProblems, useWorkbench, workbenchStore } from "../../store/index.ts";
import { Button, capitalised, focusCell, Icon, IconButton, Tooltip, VirtualRows, WithCode } from "../../ui/index.ts";
import { applyFix } from "./apply-fix.ts";
import styles from "./ProblemList.module.css";

/** Makes a problem of the list the current one and shows its place. */
function openProblem(at: number): void {
  workbenchStore.getState().setProblem(at);
  goToProblem(at);
}

/** Everything found: what, why, where, and buttons for what mends it. Arrow keys walk through the list. */
export function ProblemList() {
  const problems = useProblems();
  const current = useWorkbench((state) => state.problem);
  return (
    <section className={styles.pane} aria-label="Problems">
      <div className={styles.head}>
        <h2>Problems</h2>
        <span className={styles.counts} role="status">
          {countWords(problems)}
        </span>
        <span className={styles.spring} />
        <IconButton
          size="s"
          icon="chevronDown"
          label="Next problem"
          keys={shownKeys(nextProblem)}
          disabled={problems.length === 0}
          onClick={nextProblem.perform}
        />
      </div>
      {problems.length === 0 ? (
        <p className={styles.none}>Nothing to remark on this text. Whether a target accepts it, its parser says.</p>
      ) : (
        <VirtualRows
          className={styles.list}
          label="List of problems"
          count={problems.length}
          rowHeight={52}
          measure
          reveal={current}
          rowKey={(index) => problems[index]?.key ?? index}
          renderRow={(index) => {
            const problem = problems[index];
            if (problem === undefined) return null;
            return <ProblemRow problem={problem} current={index === current} at={index} onOpen={openProblem} />;
          }}
        />
      )}
    </section>
  );
}

interface ProblemRowProps {
  readonly problem: Problem;
  readonly current: boolean;
  /** Its position in the list. */
  readonly at: number;
  /** Shows the problem at a position. */
  readonly onOpen: (at: number) => void;
}

/** One problem. Drawn again only when it is another one: a fix looks at the text when it is pressed, not at each tick. */
const ProblemRow = memo(function ProblemRow({ problem, current, at, onOpen }: ProblemRowProps) {
  const { severity, message, code, why, path, line, source, fixes } = problem;
  const page = code ?? parserPage(message)?.code ?? null;
  const place = path === null ? source : `${shortName(path)}${line === null ? "" : `:${line}`}`;
  return (
    <div role="listitem" className={styles.row} data-current={current}>
      <span className={styles[severity]} title={severity === "info" ? "remark" : severity}>
        <Icon name={severity === "error" ? "cross" : severity === "warning" ? "alert" : "info"} />
        <span className="visually-hidden">{severity === "info" ? "remark" : severity}: </span>
      </span>
      <button
        type="button"
        className={styles.what}
        data-row={at}
        data-column={0}
        onClick={() => onOpen(at)}
        onKeyDown={(event) => {
          const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
          const list = event.currentTarget.closest("section");
          if (step === 0 || list === null) return;
          event.preventDefault();
          if (focusCell(list, at + step, 0)) onOpen(at + step);
        }}
      >
        <span className={styles.message}>
          <WithCode text={capitalised(message)} />
        </span>
        {why !== null && (
          <span className={styles.why}>
            <span className="visually-hidden">. </span>
            <WithCode text={why} />
          </span>
        )}
      </button>
      <span className={styles.place} title={place}>
        {place}
        {source !== ownSource && path !== null ? ` · ${source}` : ""}
      </span>
      <span className={styles.more}>
        {page !== null && (
          <IconButton
            size="s"
            icon="help"
            label="Why, and what to do"
            onClick={() => workbenchStore.getState().openDialog({ kind: "help", topic: page })}
          />
        )}
      </span>
      {fixes.length > 0 && (
        <div className={styles.fixes}>
          {fixes.map((fix) => {
            const button = (
              <Button key={fix.title} size="s" icon="fix" onClick={() => applyFix(problem, fix)}>
                <WithCode text={fix.title} />
              </Button>
            );
            return fix.explanation === undefined ? (
              button
            ) : (
              <Tooltip key={fix.title} text={<WithCode text={fix.explanation} />}>
                {button}
              </Tooltip>
            );
          })}
        </div>
      )}
    </div>
  );
});

function word(number: number, one: string, many: string): string | null {
  return number === 0 ? null : `${number} ${number === 1 ? one : many}`;
}

function countWords(problems: readonly Problem[]): string {
  const count = (severity: Problem["severity"]) => problems.filter((problem) => problem.severity === severity).length;
  const words = [
    word(count("error"), "error", "errors"),
    word(count("warning"), "warning", "warnings"),
    word(count("info"), "remark", "remarks"),
  ].filter((each) => each !== null);
  return words.length === 0 ? "none" : words.join(", ");
}
