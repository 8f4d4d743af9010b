import type { Condition } from "@hauberk/core/rules";

import { Button, IconButton, Segments, WithCode } from "../../ui/index.ts";
import type { OptionSetsField } from "./rule-field.ts";
import styles from "./rule-form.module.css";
import { Ticks } from "./Ticks.tsx";

interface OptionSetsProps {
  readonly field: OptionSetsField;
  readonly onChange: (sets: readonly Condition[]) => void;
}

const operators = [
  { value: "=", label: "exactly these" },
  { value: "in", label: "any of these" },
] as const;

const words = {
  "=": "`options=(…)`: the mount has these options and no others. Ticking one of a pair, such as `ro`, leaves nothing open about it.",
  in: "`options in (…)`: the mount may have any of these, or none of them.",
} as const;

/** The options of a mount as ticks; several lists together say what must be and what may be. */
export function OptionSets({ field, onChange }: OptionSetsProps) {
  const { sets } = field;
  const blank: Condition = { key: field.key, operator: "=", values: [] };
  const shown = (sets.length === 0 ? [blank] : sets).map((set, at) => ({ set, at, id: `list ${at + 1}` }));
  // A list without a tick is not written at all: it is there only to be ticked.
  const change = (at: number, next: Condition) =>
    onChange((sets.length === 0 ? [next] : sets.with(at, next)).filter(({ values }) => values.length > 0));
  return (
    <div className={styles.sets}>
      {shown.map(({ set, at, id }) => {
        const operator = set.operator === "in" ? "in" : "=";
        return (
          <div key={id} className={styles.set}>
            <Ticks
              field={{
                label: shown.length === 1 ? field.label : `${field.label}, list ${at + 1}`,
                words: field.words,
                ticked: set.values,
                none: "Without a tick: whatever the options are.",
                long: true,
              }}
              onChange={(values) => change(at, { ...set, values })}
            />
            {set.values.length > 0 && (
              <div className={styles.setBar}>
                <Segments
                  label={`Meaning of the options${shown.length === 1 ? "" : ` of list ${at + 1}`}`}
                  value={operator}
                  options={operators}
                  onChange={(next) => change(at, { ...set, operator: next })}
                />
                <span className={styles.hint}>
                  <WithCode text={words[operator]} />
                </span>
                {sets.length > 1 && (
                  <IconButton
                    label={`Remove list ${at + 1} of options`}
                    icon="trash"
                    size="s"
                    onClick={() => onChange(sets.filter((_, index) => index !== at))}
                  />
                )}
              </div>
            )}
          </div>
        );
      })}
      {sets.length === 1 && sets[0] !== undefined && (
        <Button
          size="s"
          variant="quiet"
          icon="add"
          onClick={() => onChange([...sets, { key: field.key, operator: "in", values: ["nosuid"] }])}
        >
          A second list of options
        </Button>
      )}
    </div>
  );
}
