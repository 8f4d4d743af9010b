import { Select, TextField, WithCode } from "../../ui/index.ts";
import { limitParts, limitText, limitWords, unitsOf } from "./limit-value.ts";
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

/** The number of a limit and its unit, or no limit; with what it comes to. */
export function LimitControl({ field, onChange, row = false }: LimitControlProps) {
  const { resource, value, label } = field;
  const parts = limitParts(value);
  const units = unitsOf(resource, parts.unit);
  const { means, trap } = limitWords(resource, value);
  const setAmount = (amount: string) => onChange(limitText({ ...parts, amount: amount.trim() }));
  const setUnit = (unit: string) => {
    if (unit === noLimit) onChange(noLimit);
    else onChange(limitText({ amount: parts.infinite ? "1024" : parts.amount, unit, infinite: false }));
  };
  return (
    <div className={styles.limit}>
      <div className={styles.limitRow}>
        {!parts.infinite && (
          <div className={row ? styles.smallAmount : styles.amount}>
            <TextField
              label={label}
              mono
              hideLabel={row}
              size={row ? "s" : "m"}
              value={parts.amount}
              {...(row ? { onCommit: setAmount } : { onChange: setAmount })}
            />
          </div>
        )}
        <div className={styles.unit}>
          <Select
            label={row ? `Unit of ${resource}` : "Unit"}
            hideLabel={row}
            size={row ? "s" : "m"}
            value={parts.infinite ? noLimit : parts.unit}
            options={[
              ...units.map(({ unit, title }) => ({ value: unit, label: title === "" ? "number" : title })),
              { value: noLimit, label: "infinity: no limit" },
            ]}
            onChange={setUnit}
          />
        </div>
      </div>
      {means !== "" && !row && <p className={styles.hint}>That is {means}.</p>}
      {trap !== null && !row && (
        <p className={styles.trap}>
          <WithCode text={trap} />
        </p>
      )}
    </div>
  );
}
