import { heldValue } from "@hauberk/core/design";
import type { Qualifiers } from "@hauberk/core/rules";
import { sayRule } from "@hauberk/core/words";
import { execModeNamed } from "@hauberk/core/vocabulary";

import { type ExecSurroundings, targetChoices } from "../../panel/exec-surroundings.ts";
import { execRemarks } from "../../panel/exec-words.ts";
import { LineLink } from "../../panel/LineLink.tsx";
import { PathHelp } from "../../panel/PathHelp.tsx";
import { givenWords } from "../../panel/rule-place.ts";
import { QualifierFields } from "../../panel/rule-form/index.ts";
import { StandingNote } from "../../panel/StandingNote.tsx";
import type { Shown } from "../../panel/use-edit.ts";
import { useVariableValues } from "../../panel/variable-values.ts";
import { Button, DangerMark, Disclosure, Icon, Select, TextField, WithCode } from "../../ui/index.ts";
import { modeOptions, targetPlaceholder } from "./AddProgram.tsx";
import { type ProgramChange, type ProgramRow, ruleOfRow, takesTarget } from "./programs-model.ts";
import styles from "./ProgramsPanel.module.css";
import { programText } from "./ProgramTableRow.tsx";
import { RemarkList } from "./RemarkList.tsx";
import { TargetField } from "./TargetField.tsx";

interface ProgramInspectorProps {
  readonly shown: Shown;
  readonly row: ProgramRow | null;
  readonly around: ExecSurroundings;
  readonly variables: ReadonlySet<string>;
  readonly onChange: (index: number, change: ProgramChange) => boolean;
  readonly onRemove: (row: ProgramRow) => void;
}

/** The chosen rule in full: what it says, the program, the way it runs, the profile, the qualifiers. */
export function ProgramInspector({ shown, row, around, variables, onChange, onRemove }: ProgramInspectorProps) {
  const values = useVariableValues(shown.file);
  const placed = row === null ? undefined : ruleOfRow(shown.profile, row);
  if (row === null || placed === undefined) {
    return (
      <div className={styles.inspector}>
        <p className={styles.note}>
          Choose a row to see what it means and to name the profile. Arrow keys move, Enter edits the program, Delete
          removes the rule.
        </p>
      </div>
    );
  }
  const change = (wish: ProgramChange) => onChange(row.index, wish);
  const { sentence, danger } = sayRule(shown.file.tree, placed, values);
  const text = programText(row);
  const held = heldValue(shown.file.tree, placed).qualifiers;
  return (
    <fieldset className={styles.inspector} aria-label={`Rule for ${text}`}>
      <div className={styles.inspectorLine}>
        {row.editable ? (
          <>
            <div className={styles.grow}>
              <TextField
                label={row.way === "exec" ? "Program" : "Program that it starts (empty: at once)"}
                hideLabel
                mono
                size="s"
                value={row.program ?? ""}
                placeholder="at once, without starting a program"
                onCommit={(program) => change({ program: program.trim() === "" ? null : program.trim() })}
              />
            </div>
            <PathHelp variables={variables} />
          </>
        ) : (
          <p className={styles.note}>
            This rule says more than a start; it is changed in its own panel or in the text.
          </p>
        )}
        <LineLink path={shown.file.path} line={row.line} start={row.start} end={row.end} of={`the rule for ${text}`} />
        <Button size="s" variant="quiet" icon="trash" onClick={() => onRemove(row)}>
          Remove
        </Button>
      </div>
      <p className={styles.sentence}>
        <span>
          <WithCode text={sentence} />
        </span>
        {danger !== null && <DangerMark level={danger} />}
      </p>
      <StandingNote file={shown.file} range={placed.rule.node} />
      {row.editable && <WayLine row={row} around={around} change={change} />}
      {row.editable && (
        <Disclosure summary={`Qualifiers${qualifierWords(held)}`}>
          <QualifierFields
            key={row.index}
            kind={placed.rule.value.kind}
            value={held}
            around={givenWords(shown.file.tree, placed)}
            onChange={(qualifiers: Qualifiers) => change({ qualifiers })}
          />
        </Disclosure>
      )}
      {row.marks.map((words) => (
        <p key={words} className={styles.info}>
          <Icon name="info" size={14} />
          <span>
            This rule <WithCode text={words} />.
          </span>
        </p>
      ))}
    </fieldset>
  );
}

/** What is set of them, to be seen while they are folded away. */
function qualifierWords({ access, audit, owner, priority }: Qualifiers): string {
  const words = [access, audit ? "audit" : null, owner, priority === null ? null : `priority ${priority}`];
  const set = words.filter((word) => word !== null);
  return set.length === 0 ? "" : `: ${set.join(", ")}`;
}

interface WayLineProps {
  readonly row: ProgramRow;
  readonly around: ExecSurroundings;
  readonly change: (wish: ProgramChange) => boolean;
}

function WayLine({ row, around, change }: WayLineProps) {
  const word = row.mode === null ? undefined : execModeNamed(row.mode);
  const changes = row.way === "change_profile";
  const remarks = row.program === null ? [] : execRemarks(row.program, row.mode, row.target, around);
  return (
    <>
      <div className={styles.inspectorLine}>
        {row.mode !== null && (
          <Select
            label={`How ${row.program ?? "it"} runs`}
            hideLabel
            size="s"
            value={row.mode}
            options={modeOptions}
            onChange={(mode) => change({ mode })}
          />
        )}
        {(changes || takesTarget(row.mode)) && (
          <>
            <span className={styles.note} aria-hidden="true">
              -&gt;
            </span>
            <TargetField
              label={changes ? "Profile that it changes to" : `Profile that ${row.program ?? "it"} runs under`}
              hideLabel
              value={row.target ?? ""}
              placeholder={changes ? "any profile" : targetPlaceholder(row.mode)}
              groups={targetChoices(around, word?.goal === "child")}
              onCommit={(target) => change({ target: target === "" ? null : target })}
            />
          </>
        )}
      </div>
      <RemarkList remarks={remarks} onInstead={(mode) => change({ mode })} />
    </>
  );
}
