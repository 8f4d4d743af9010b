import { type KeyboardEvent, useId, useState } from "react";

import { Select, TextField, WithCode } from "../../ui/index.ts";
import { sentence } from "../sentence.ts";
import { limitParts, limitText, limitWords, readTypedLimit, unitsOf } from "./limit-value.ts";
import type { LimitField } from "./rule-field.ts";
import styles from "./rule-form.module.css";

interface LimitControlProps {
  readonly field: LimitField;
  readonly onChange: (value: string) => void;
  /** In a row of a table: small, a number counts once it is finished, and the row says what the limit means. */
  readonly row?: boolean;
}

/** What stands for `infinity` among the units. */
const noLimit = "infinity";

/** The number of a limit and its unit, or no limit; with what it comes to. What is no value stays as typed, with the reason. */
export function LimitControl({ field, onChange, row = false }: LimitControlProps) {
  const { resource, value, label } = field;
  const id = useId();
  const { typed, reading, finished, type, choose, finish, restore } = useTypedLimit(field, onChange, row);
  const shown = reading.ok ? limitParts(resource, reading.value) : typed;
  const { means, trap } = limitWords(resource, value);
  // A number in a row is judged once it is finished.
  const reason = reading.ok || (row && !finished) ? null : reading.reason;
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (!row) return;
    if (event.key === "Enter") event.currentTarget.blur();
    if (event.key === "Escape" && restore()) event.stopPropagation();
  };
  return (
    <div className={styles.limit}>
      <div className={styles.limitRow}>
        {!typed.infinite && (
          <div className={row ? styles.smallAmount : styles.amount}>
            <TextField
              label={label}
              mono
              hideLabel={row}
              size={row ? "s" : "m"}
              value={typed.amount}
              onChange={type}
              onBlur={finish}
              onKeyDown={keys}
              {...(reason === null ? {} : { problemId: id })}
            />
          </div>
        )}
        <div className={styles.unit}>
          <Select
            label={row ? `Unit of ${resource}` : "Unit"}
            hideLabel={row}
            size={row ? "s" : "m"}
            value={shown.infinite ? noLimit : shown.unit}
            options={[
              ...unitsOf(resource, shown.unit).map(({ unit, title }) => ({
                value: unit,
                label: title === "" ? "number" : title,
              })),
              { value: noLimit, label: "infinity: no limit" },
            ]}
            onChange={choose}
          />
        </div>
      </div>
      {reason !== null && (
        <p id={id} className={styles.problem} role="alert">
          <span>
            <WithCode text={sentence(reason)} />
          </span>
        </p>
      )}
      {means !== "" && !row && <p className={styles.hint}>That is {means}.</p>}
      {trap !== null && !row && (
        <p className={styles.trap}>
          <WithCode text={trap} />
        </p>
      )}
    </div>
  );
}

/** What is typed and the unit that is chosen, beside the value that they come to. */
function useTypedLimit({ resource, value }: LimitField, onChange: (value: string) => void, row: boolean) {
  const [typed, setTyped] = useState(() => limitParts(resource, value));
  const [finished, setFinished] = useState(true);
  const [seen, setSeen] = useState({ resource, value });
  const show = (next: string) => {
    setSeen({ resource, value: next });
    setTyped(limitParts(resource, next));
  };
  // Changed elsewhere: by undo, in the text, or by the choice of another limit.
  if (seen.value !== value || seen.resource !== resource) show(value);
  const reading = typed.infinite ? ({ ok: true, value } as const) : readTypedLimit(resource, typed.amount, typed.unit);
  const give = (next: string) => {
    setSeen({ resource, value: next });
    if (next !== value) onChange(next);
  };
  return {
    typed,
    reading,
    finished,
    type: (amount: string) => {
      setFinished(false);
      setTyped({ ...typed, amount });
      if (row) return;
      const next = readTypedLimit(resource, amount, typed.unit);
      // In a form the rule is what is typed, so that nothing else can be saved in its place.
      give(next.ok ? next.value : amount);
    },
    finish: () => {
      setFinished(true);
      if (!reading.ok) return;
      give(reading.value);
      setTyped(limitParts(resource, reading.value));
    },
    choose: (unit: string) => {
      if (unit === noLimit) {
        give(noLimit);
        setTyped(limitParts(resource, noLimit));
        return;
      }
      const amount = typed.infinite ? "1024" : typed.amount;
      const next = readTypedLimit(resource, amount, unit);
      setTyped({ amount, unit, infinite: false });
      if (next.ok || !row) give(next.ok ? next.value : limitText({ amount, unit, infinite: false }));
    },
    /** Puts the value back in the place of what was typed; false where nothing else was typed. */
    restore: () => {
      const before = limitParts(resource, value);
      if (before.amount === typed.amount) return false;
      setFinished(true);
      setTyped(before);
      return true;
    },
  };
}
