import { isNeedless } from "@hauberk/core/analysis";
import { heldValue } from "@hauberk/core/design";
import type { ExecMode, FileRuleValue } from "@hauberk/core/rules";
import { execModeNamed, execModes } from "@hauberk/core/vocabulary";
import { type RuleWords, sayRule } from "@hauberk/core/words";

import { LineLink } from "../../panel/LineLink.tsx";
import { checkPath } from "../../panel/path-check.ts";
import { plainWords } from "../../panel/sentence.ts";
import { PathHelp } from "../../panel/PathHelp.tsx";
import { PathRemarks } from "../../panel/PathRemarks.tsx";
import { StandingNote } from "../../panel/StandingNote.tsx";
import { givenWords } from "../../panel/rule-place.ts";
import { QualifierFields } from "../../panel/rule-form/index.ts";
import { useVariableValues } from "../../panel/variable-values.ts";
import { useActiveProfile } from "../../store/index.ts";
import { Button, DangerMark, Disclosure, Icon, Select, WithCode } from "../../ui/index.ts";
import { type ExecSurroundings, useExecSurroundings } from "../../panel/exec-surroundings.ts";
import { execRemarks } from "../../panel/exec-words.ts";
import { type PathRow, pathWords, targetOf } from "./paths-model.ts";
import styles from "./PathsPanel.module.css";
import type { TableHandlers } from "./PathTable.tsx";
import { PathTarget } from "./PathTarget.tsx";
import { RulePath } from "./RulePath.tsx";
import type { PathRules } from "./path-rules.ts";
import type { NeedlessRule } from "./use-needless.ts";

interface PathInspectorProps {
  readonly rules: PathRules;
  readonly row: PathRow | null;
  /** Why another rule makes it needless. */
  readonly remark: NeedlessRule | null;
  readonly variables: ReadonlySet<string>;
  readonly handlers: TableHandlers;
}

const modeOptions = [
  { value: "none", label: "not run" },
  ...execModes
    .filter(({ goal }) => goal !== "none")
    .map(({ name, title, sentence }) => ({ value: name, label: `${name} · ${title}`, hint: plainWords(sentence) })),
];

/** The selected rule in full: its whole path, how it may be run, what to know about it. It keeps its place when empty. */
export function PathInspector({ rules, row, remark, variables, handlers }: PathInspectorProps) {
  const surroundings = useExecSurroundings();
  const values = useVariableValues(rules.file);
  const shown = useActiveProfile();
  if (row === null || shown === null) {
    return (
      <div className={styles.inspector}>
        <p className={styles.note}>
          Choose a row to see its whole path, what it says and how it may be run. Arrow keys move, Space ticks a letter
          or chooses a row together with others, Enter edits the path, Delete removes the rule.
        </p>
      </div>
    );
  }
  const placed = rules.profile.rules[row.index];
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
            <RulePath
              key={row.index}
              path={row.path}
              onDone={(path, meant) => handlers.rename(row.index, path, meant)}
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
        <Button size="s" variant="quiet" icon="trash" onClick={() => handlers.remove([row.index])}>
          Remove
        </Button>
      </div>
      {placed !== undefined && (
        <>
          <Sentence words={sayRule(rules.file.tree, placed, values)} />
          <StandingNote file={rules.file} range={placed.rule.node} />
        </>
      )}
      {remark !== null && <NeedlessNote row={row} remark={remark} handlers={handlers} />}
      {row.path !== null && row.exec === null && (
        <LinkLine row={row} path={row.path} handlers={handlers} surroundings={surroundings} />
      )}
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
      {placed?.rule.value.kind === "file" && (
        <Disclosure
          key={row.index}
          summary="Priority, prompt and other qualifiers"
          defaultOpen={unusual(placed.rule.value)}
        >
          <QualifierFields
            kind="file"
            value={heldValue(rules.file.tree, placed).qualifiers}
            around={givenWords(rules.file.tree, placed)}
            onChange={(qualifiers) => handlers.qualify(row.index, qualifiers)}
          />
        </Disclosure>
      )}
      {check !== null && <PathRemarks check={check} onPick={(path) => handlers.rename(row.index, path, null)} />}
    </fieldset>
  );
}

/** True where a qualifier is written that has no column. */
function unusual({ qualifiers: { priority, access, quiet, owner } }: FileRuleValue): boolean {
  return priority !== null || access === "prompt" || quiet || owner === "other";
}

function Sentence({ words: { sentence, danger } }: { readonly words: RuleWords }) {
  return (
    <p className={styles.sentence}>
      <WithCode text={sentence} /> {danger !== null && <DangerMark level={danger} />}
    </p>
  );
}

interface NeedlessNoteProps {
  readonly row: PathRow;
  readonly remark: NeedlessRule;
  readonly handlers: TableHandlers;
}

const needlessTitles = {
  duplicate: "Said twice",
  covered: "Needless",
  unreachable: "Never holds",
  "never-runs": "Never holds",
  overlaps: "Two rules on one path",
} as const;

function NeedlessNote({ row, remark, handlers }: NeedlessNoteProps) {
  return (
    <p className={styles.warned}>
      <Icon name="info" size={14} />
      <span>
        {needlessTitles[remark.kind]}: <WithCode text={remark.words} />.
      </span>
      <Button size="s" variant="quiet" onClick={() => handlers.select(remark.by)}>
        Go to line {remark.line}
      </Button>
      {isNeedless(remark) && (
        <Button size="s" icon="trash" onClick={() => handlers.remove([row.index])}>
          Remove the needless rule
        </Button>
      )}
    </p>
  );
}

interface ExecLineProps {
  readonly row: PathRow;
  readonly path: string;
  readonly handlers: TableHandlers;
  readonly surroundings: ExecSurroundings;
}

/** Where a link may lead, for a rule that allows or denies links alone. */
function LinkLine(props: ExecLineProps) {
  if (targetOf(props.row) === null && props.row.execTarget === null) return null;
  return (
    <div className={styles.inspectorLine}>
      <span className={styles.note} aria-hidden="true">
        Link
      </span>
      <PathTarget {...props} />
    </div>
  );
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
        {row.exec !== null && <PathTarget {...{ row, path, handlers, surroundings }} />}
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
