import { Checkbox, Select, TextField, WithCode } from "../../ui/index.ts";
import { limitParts, limitText, limitWords, unitsOf } from "./limit-value.ts";
import type { LimitField } from "./rule-field.ts";
import styles from "./rule-form.module.css";

interface LimitControlProps {
  readonly field: LimitField;
  readonly onChange: (value: string) => void;
  /** In a row of a table: small, and a number counts once it is finished. */
  readonly row?: boolean;
}

/** The number of a limit, its unit, or no limit; with what it comes to. */
export function LimitControl({ field, onChange, row = false }: LimitControlProps) {
  const { resource, value, label } = field;
  const parts = limitParts(value);
  const units = unitsOf(resource, parts.unit);
  const { means, trap } = limitWords(resource, value);
  const setAmount = (amount: string) => onChange(limitText({ ...parts, amount: amount.trim() }));
  return (
    <div className={styles.limit}>
      <div className={styles.limitRow}>
        {!parts.infinite && (
          <>
            <div className={styles.amount}>
              <TextField
                label={label}
                mono
                value={parts.amount}
                hideLabel={row}
                size={row ? "s" : "m"}
                {...(row ? { onCommit: setAmount } : { onChange: setAmount })}
              />
            </div>
            {units.length > 1 && (
              <div className={styles.unit}>
                <Select
                  label={row ? `Unit of ${resource}` : "Unit"}
                  hideLabel={row}
                  size={row ? "s" : "m"}
                  value={parts.unit}
                  options={units.map(({ unit, title }) => ({ value: unit, label: title }))}
                  onChange={(unit) => onChange(limitText({ ...parts, unit }))}
                />
              </div>
            )}
          </>
        )}
        <div className={styles.infinite}>
          <Checkbox
            label={row ? "no limit" : "infinity: no limit"}
            checked={parts.infinite}
            onChange={(infinite) =>
              onChange(
                infinite ? "infinity" : limitText({ amount: "1024", unit: units[0]?.unit ?? "", infinite: false }),
              )
            }
          />
        </div>
      </div>
      {means !== "" && <p className={styles.hint}>That is {means}.</p>}
      {trap !== null && (
        <p className={styles.trap}>
          <WithCode text={trap} />
        </p>
      )}
    </div>
  );
}
