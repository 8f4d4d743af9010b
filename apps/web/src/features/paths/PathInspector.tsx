import type { ExecMode } from "@hauberk/core/rules";
import { execModeNamed, execModes } from "@hauberk/core/vocabulary";

import { LineLink } from "../../panel/LineLink.tsx";
import { checkPath } from "../../panel/path-check.ts";
import { plainWords } from "../../panel/sentence.ts";
import { PathHelp } from "../../panel/PathHelp.tsx";
import { PathRemarks } from "../../panel/PathRemarks.tsx";
import { useActiveProfile } from "../../store/index.ts";
import { Button, Icon, Select, TextField, WithCode } from "../../ui/index.ts";
import { type ExecSurroundings, targetChoices, useExecSurroundings } from "../../panel/exec-surroundings.ts";
import { execRemarks } from "../../panel/exec-words.ts";
import { type PathRow, pathWords, takesTarget } from "./paths-model.ts";
import styles from "./PathsPanel.module.css";
import type { RowHandlers } from "./PathTableRow.tsx";

interface PathInspectorProps {
  readonly row: PathRow | null;
  readonly variables: ReadonlySet<string>;
  readonly handlers: RowHandlers;
  readonly onRemove: (row: PathRow) => void;
}

const modeOptions = [
  { value: "none", label: "not run" },
  ...execModes
    .filter(({ goal }) => goal !== "none")
    .map(({ name, title, sentence }) => ({ value: name, label: `${name} · ${title}`, hint: plainWords(sentence) })),
];

/** The selected rule in full: its whole path, how it may be run, what to know about it. It keeps its place when empty. */
export function PathInspector({ row, variables, handlers, onRemove }: PathInspectorProps) {
  const surroundings = useExecSurroundings();
  const shown = useActiveProfile();
  if (row === null || shown === null) {
    return (
      <div className={styles.inspector}>
        <p className={styles.note}>
          Choose a row to see its whole path and how it may be run. Arrow keys move, Space toggles, Enter edits the
          path, Delete removes the rule.
        </p>
      </div>
    );
  }
  const check = row.path === null ? null : checkPath(row.path, variables);
  return (
    <fieldset className={styles.inspector} aria-label={`Rule for ${pathWords(row)}`}>
      <div className={styles.inspectorLine}>
        {row.path === null ? (
          <p className={styles.note}>
            <code>file,</code> allows every access to every path.
          </p>
        ) : (
          <div className={styles.addPath}>
            <TextField
              label="Path"
              hideLabel
              mono
              size="s"
              value={row.path}
              onCommit={(path) => handlers.rename(row.index, path)}
            />
          </div>
        )}
        <PathHelp variables={variables} />
        <LineLink
          path={shown.file.path}
          line={row.line}
          start={row.start}
          end={row.end}
          of={`the rule for ${pathWords(row)}`}
        />
        <Button size="s" variant="quiet" icon="trash" onClick={() => onRemove(row)}>
          Remove
        </Button>
      </div>
      {row.path !== null && !row.deny && (
        <ExecLine row={row} path={row.path} handlers={handlers} surroundings={surroundings} />
      )}
      {row.marks.map((words) => (
        <p key={words} className={styles.remark}>
          <Icon name="info" size={14} />
          <span>
            This rule <WithCode text={words} />.
          </span>
        </p>
      ))}
      {check !== null && <PathRemarks check={check} onPick={(path) => handlers.rename(row.index, path)} />}
    </fieldset>
  );
}

interface ExecLineProps {
  readonly row: PathRow;
  readonly path: string;
  readonly handlers: RowHandlers;
  readonly surroundings: ExecSurroundings;
}

function ExecLine({ row, path, handlers, surroundings }: ExecLineProps) {
  const word = row.exec === null ? undefined : execModeNamed(row.exec);
  const remarks = execRemarks(path, row.exec, row.execTarget, surroundings);
  const setMode = (mode: ExecMode | null) => handlers.change(row.index, { exec: mode });
  return (
    <>
      <div className={styles.inspectorLine}>
        <span className={styles.note} aria-hidden="true">
          Execute
        </span>
        <Select
          label={`How ${path} may be run`}
          hideLabel
          size="s"
          value={row.exec ?? "none"}
          options={modeOptions}
          onChange={(name) => setMode(execModeNamed(name)?.name ?? null)}
        />
        {takesTarget(row.exec) && (
          <>
            <span className={styles.note} aria-hidden="true">
              -&gt;
            </span>
            <div className={styles.target}>
              <TextField
                label={`Profile that ${path} runs under`}
                hideLabel
                mono
                size="s"
                value={row.execTarget ?? ""}
                placeholder="profile named by the path"
                suggestions={targetChoices(surroundings, word?.goal === "child").flatMap(({ names }) => names)}
                onCommit={(target) =>
                  handlers.change(row.index, { execTarget: target.trim() === "" ? null : target.trim() })
                }
              />
            </div>
          </>
        )}
      </div>
      {word !== undefined && (
        <p className={styles.note}>
          <WithCode text={word.sentence} />
        </p>
      )}
      {remarks.map(({ tone, words, instead }) => (
        <p key={words} className={tone === "info" ? styles.remark : tone === "warn" ? styles.warned : styles.refused}>
          <Icon name={tone === "info" ? "info" : "alert"} size={14} />
          <span>
            <WithCode text={words} />
          </span>
          {instead !== null && (
            <Button size="s" onClick={() => setMode(instead)}>
              Use {instead}
            </Button>
          )}
        </p>
      ))}
    </>
  );
}
