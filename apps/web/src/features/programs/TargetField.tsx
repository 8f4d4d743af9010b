import { useId, useState } from "react";

import type { TargetGroup } from "../../panel/exec-surroundings.ts";
import { IconButton, Popover, SearchField, TextField } from "../../ui/index.ts";
import styles from "./ProgramsPanel.module.css";

interface TargetFieldProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: string;
  /** What stands in the empty field: where the program goes without a name. */
  readonly placeholder: string;
  readonly groups: readonly TargetGroup[];
  /** Each letter, for a form that is sent as a whole. */
  readonly onChange?: (name: string) => void;
  /** The whole name, for a field that changes the rule. */
  readonly onCommit?: (name: string) => void;
}

/** The profile behind `->`: written freely, or chosen from the design's and the target's. */
export function TargetField(props: TargetFieldProps) {
  const { label, hideLabel = false, value, placeholder, groups, onChange, onCommit } = props;
  const take = onCommit ?? onChange;
  return (
    <div className={styles.targetField}>
      <div className={styles.grow}>
        <TextField
          label={label}
          hideLabel={hideLabel}
          mono
          size="s"
          value={value}
          placeholder={placeholder}
          suggestions={groups.flatMap(({ names }) => names)}
          {...(onChange === undefined ? {} : { onChange })}
          {...(onCommit === undefined ? {} : { onCommit: (text: string) => onCommit(text.trim()) })}
        />
      </div>
      {groups.length > 0 && take !== undefined && (
        <Popover
          label={`Choose: ${label}`}
          align="end"
          trigger={<IconButton label={`Choose: ${label}`} icon="chevronDown" size="s" />}
        >
          <TargetList groups={groups} chosen={value} onPick={take} />
        </Popover>
      )}
    </div>
  );
}

/** Rows of a group before the search must narrow it. */
const mostRows = 60;

function TargetList({
  groups,
  chosen,
  onPick,
}: {
  readonly groups: readonly TargetGroup[];
  readonly chosen: string;
  readonly onPick: (name: string) => void;
}) {
  const id = useId();
  const [query, setQuery] = useState("");
  const words = query.toLowerCase();
  const total = groups.reduce((sum, { names }) => sum + names.length, 0);
  return (
    <div className={styles.targetList}>
      {total > 8 && (
        <SearchField label="Search profiles" placeholder="Part of a name" value={query} onChange={setQuery} size="s" />
      )}
      {groups.map(({ title, names }, at) => {
        const fitting = names.filter((name) => name.toLowerCase().includes(words));
        if (fitting.length === 0) return null;
        return (
          <section key={title} aria-labelledby={`${id}-${at}`}>
            <h4 id={`${id}-${at}`}>{title}</h4>
            <ul>
              {fitting.slice(0, mostRows).map((name) => (
                <li key={name}>
                  <button type="button" aria-pressed={name === chosen} onClick={() => onPick(name)}>
                    {name}
                  </button>
                </li>
              ))}
            </ul>
            {fitting.length > mostRows && <p>{fitting.length - mostRows} more: search for them.</p>}
          </section>
        );
      })}
    </div>
  );
}
