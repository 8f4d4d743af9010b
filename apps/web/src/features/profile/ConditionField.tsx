import { checkCondition } from "@hauberk/core/edit";
import { useMemo, useState } from "react";

import { sentence } from "../../panel/sentence.ts";
import { declaredVariables } from "../../panel/variables.ts";
import { useFileViews } from "../../store/index.ts";
import { IconButton, Popover, SearchField, Segments, TextField } from "../../ui/index.ts";
import { conditionOffers } from "./conditionals-model.ts";
import styles from "./Conditionals.module.css";

interface ConditionFieldProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: string;
  readonly onChange?: (condition: string) => void;
  readonly onCommit?: (condition: string) => void;
  readonly autoFocus?: boolean;
}

/** The condition of an `if`: written freely, or built from the booleans and variables that there are. */
export function ConditionField({
  label,
  hideLabel = false,
  value,
  onChange,
  onCommit,
  autoFocus,
}: ConditionFieldProps) {
  const take = onCommit ?? onChange;
  const problem = value.trim() === "" ? null : checkCondition(value);
  return (
    <div className={styles.conditionField}>
      <div className={styles.grow}>
        <TextField
          label={label}
          hideLabel={hideLabel}
          mono
          size="s"
          value={value}
          placeholder="$flag, defined @{X}"
          {...(onChange === undefined ? {} : { onChange })}
          {...(onCommit === undefined ? {} : { onCommit })}
          {...(autoFocus === true ? { autoFocus } : {})}
          error={problem === null ? null : sentence(problem).replaceAll("`", "")}
        />
      </div>
      {take !== undefined && (
        <Popover
          label={`Build: ${label}`}
          align="end"
          trigger={<IconButton label={`Build: ${label}`} icon="chevronDown" size="s" />}
        >
          <Offers value={value} onPick={take} />
        </Popover>
      )}
    </div>
  );
}

type Join = "alone" | "and" | "or";

function Offers({ value, onPick }: { readonly value: string; readonly onPick: (condition: string) => void }) {
  const views = useFileViews();
  const [query, setQuery] = useState("");
  const [join, setJoin] = useState<Join>("alone");
  const offers = useMemo(() => {
    const booleans = [...new Set(views.flatMap((view) => view.booleans.map(({ name }) => name)))];
    return conditionOffers(booleans, [...declaredVariables(views)]);
  }, [views]);
  const fitting = offers.filter(({ condition }) => condition.toLowerCase().includes(query.toLowerCase()));
  const now = value.trim();
  return (
    <div className={styles.offers}>
      {now !== "" && (
        <Segments
          label="What becomes of the condition that stands there"
          value={join}
          options={[
            { value: "alone", label: "replace" },
            { value: "and", label: "and" },
            { value: "or", label: "or" },
          ]}
          onChange={setJoin}
        />
      )}
      <SearchField label="Search conditions" placeholder="Part of a name" value={query} onChange={setQuery} size="s" />
      <ul>
        {fitting.slice(0, 40).map(({ condition, words }) => (
          <li key={condition}>
            <button
              type="button"
              onClick={() => onPick(join === "alone" || now === "" ? condition : `${now} ${join} ${condition}`)}
            >
              <code>{condition}</code>
              <span>{words}</span>
            </button>
          </li>
        ))}
      </ul>
      <p>
        <code>and</code>, <code>or</code>, parentheses, <code>==</code> and <code>in</code> need parser 5.0; older ones
        know a boolean, <code>defined</code>, and <code>not</code> before either.
      </p>
    </div>
  );
}
