import { type RuleValue, writeRule } from "@hauberk/core/rules";
import { useMemo } from "react";

import { useFileViews } from "../../store/index.ts";
import { DangerMark, Icon, WithCode } from "../../ui/index.ts";
import { sentence } from "../sentence.ts";
import { useTargetPolicy } from "../target-policy.ts";
import { FieldView } from "./FieldView.tsx";
import { parserNotes } from "./parser-notes.ts";
import { profileNames } from "./profile-names.ts";
import { QualifierFields } from "./QualifierFields.tsx";
import { ruleDraft } from "./rule-draft.ts";
import { ruleFields } from "./rule-fields.ts";
import styles from "./rule-form.module.css";
import { useActiveValues } from "../variable-values.ts";
import { useTargetParsers } from "./use-target-parsers.ts";

interface RuleEditorProps {
  readonly value: RuleValue;
  readonly onChange: (value: RuleValue) => void;
  /** What holds beyond this rule for its kind: said below the text. */
  readonly remarks?: (value: RuleValue) => readonly string[];
  /** What the block around the rule adds to it. */
  readonly around?: string | null;
  /** What of the value is written on the rule itself, where a block adds the rest. */
  readonly written?: (value: RuleValue) => RuleValue;
}

/**
 * A rule of any kind as fields: what it says in words and as text changes with each key. Problems stand at the field that
 * they belong to, and what a target's parser does not know below the text.
 */
export function RuleEditor({ value, onChange, remarks, around = null, written }: RuleEditorProps) {
  const targets = useTargetParsers();
  const profiles = profileNames(useFileViews(), useTargetPolicy());
  const fields = useMemo(() => ruleFields(value), [value]);
  const values = useActiveValues();
  const draft = useMemo(() => ruleDraft(value, values), [value, values]);
  const notes = [...parserNotes(value, fields, targets), ...(remarks?.(value) ?? [])];
  const shownAt = new Set([
    "qualifiers",
    ...fields.flatMap((field) => [field.id, ...(field.control === "group" ? field.fields.map(({ id }) => id) : [])]),
  ]);
  const elsewhere = draft.problems.filter(({ field }) => field === null || !shownAt.has(field));
  return (
    <div className={styles.editor}>
      <div className={styles.fields}>
        {fields.map((field) => (
          <FieldView key={field.id} field={field} context={{ problems: draft.problems, onChange, profiles }} />
        ))}
      </div>
      <QualifierFields
        kind={value.kind}
        value={value.qualifiers}
        around={around}
        problems={draft.problems.filter(({ field }) => field === "qualifiers").map(({ message }) => message)}
        onChange={(qualifiers) => onChange({ ...value, qualifiers })}
      />
      <div className={styles.preview} role="status" aria-label="The rule as it will be">
        {draft.words !== null && (
          <p className={styles.sentence}>
            <span>
              <WithCode text={draft.words.sentence} />
            </span>
            {draft.words.danger !== null && <DangerMark level={draft.words.danger} />}
          </p>
        )}
        <code className={styles.text}>{written === undefined ? draft.text : writeRule(written(value))}</code>
        {draft.refusal !== null && !draft.problems.some(({ message }) => message === draft.refusal) && (
          <p className={styles.problem}>
            <Icon name="alert" size={14} />
            <span>
              <WithCode text={sentence(draft.refusal)} />
            </span>
          </p>
        )}
        {elsewhere.map(({ message }) => (
          <p key={message} className={styles.problem}>
            <Icon name="alert" size={14} />
            <span>
              <WithCode text={sentence(message)} />
            </span>
          </p>
        ))}
        {notes.map((note) => (
          <p key={note} className={styles.note}>
            <Icon name="info" size={14} />
            <span>
              <WithCode text={note} />
            </span>
          </p>
        ))}
      </div>
    </div>
  );
}
