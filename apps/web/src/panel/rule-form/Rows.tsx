import type { Condition } from "@hauberk/core/rules";

import { IconButton } from "../../ui/index.ts";
import type { RowsField } from "./rule-field.ts";
import styles from "./rule-form.module.css";
import { ValuesInput } from "./ValuesInput.tsx";

interface RowsProps {
  readonly field: RowsField;
  readonly onChange: (rows: readonly Condition[]) => void;
}

/** Conditions as they are written, key by key: nothing of the rule is hidden. */
export function Rows({ field, onChange }: RowsProps) {
  const { rows } = field;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{field.label}</legend>
      <ul className={styles.rows}>
        {rows.map((row, at) => {
          const name = `${row.key}${row.operator === "=" ? "=" : ` ${row.operator}`}`;
          return (
            <li key={`${row.key} ${rows.slice(0, at).filter(({ key }) => key === row.key).length}`}>
              <code>{name}</code>
              <div className={styles.grow}>
                <ValuesInput
                  label={`Values of ${row.key}`}
                  hideLabel
                  size="s"
                  values={row.values}
                  onChange={(values) => onChange(rows.with(at, { ...row, values }))}
                />
              </div>
              <IconButton
                label={`Remove the condition ${row.key}`}
                icon="trash"
                size="s"
                onClick={() => onChange(rows.filter((_, index) => index !== at))}
              />
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
