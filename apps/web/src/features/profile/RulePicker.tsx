import type { FileView, ProfileRule } from "@hauberk/core/design";
import { useMemo, useState } from "react";

import { oneLine } from "../../panel/rule-form/index.ts";
import { lineOf } from "../../panel/rule-place.ts";
import { Checkbox, SearchField, VirtualRows } from "../../ui/index.ts";
import styles from "./RulePicker.module.css";

interface RulePickerProps {
  readonly label: string;
  readonly file: FileView;
  readonly rules: readonly ProfileRule[];
  /** Positions in `rules`. */
  readonly chosen: ReadonlySet<number>;
  readonly onChange: (chosen: ReadonlySet<number>) => void;
}

/** Rules of a profile to tick, as they stand in the text; a search narrows them. */
export function RulePicker({ label, file, rules, chosen, onChange }: RulePickerProps) {
  const [query, setQuery] = useState("");
  const texts = useMemo(() => rules.map(({ rule }) => oneLine(file.tree, rule.node)), [file, rules]);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = texts.flatMap((text, index) =>
    words.every((word) => text.toLowerCase().includes(word)) ? [index] : [],
  );
  const all = fitting.length > 0 && fitting.every((index) => chosen.has(index));
  const some = fitting.some((index) => chosen.has(index));
  const set = (indexes: readonly number[], on: boolean) => {
    const next = new Set(chosen);
    for (const index of indexes) {
      if (on) next.add(index);
      else next.delete(index);
    }
    onChange(next);
  };
  return (
    <fieldset className={styles.picker} aria-label={label}>
      <div className={styles.bar}>
        <Checkbox
          label={`Choose all ${fitting.length}`}
          hideLabel
          checked={all}
          indeterminate={some && !all}
          disabled={fitting.length === 0}
          onChange={(on) => set(fitting, on)}
        />
        <div className={styles.grow}>
          <SearchField
            label="Search rules"
            placeholder="Part of a rule: cgi-bin, network, deny"
            value={query}
            onChange={setQuery}
            size="s"
          />
        </div>
        <output>
          {chosen.size} of {rules.length} chosen
        </output>
      </div>
      <div className={styles.frame}>
        <VirtualRows
          label={label}
          role="list"
          className={styles.rows}
          count={fitting.length}
          rowHeight={26}
          rowKey={(index) => fitting[index] ?? index}
          renderRow={(index) => {
            const at = fitting[index] ?? 0;
            const placed = rules[at];
            if (placed === undefined) return null;
            return (
              <div role="listitem" className={styles.row}>
                <Checkbox label={texts[at] ?? ""} checked={chosen.has(at)} onChange={(on) => set([at], on)} />
                <span className={styles.line}>line {lineOf(file.tree, placed.rule.node.start)}</span>
              </div>
            );
          }}
        />
        {fitting.length === 0 && (
          <p className={styles.none}>{rules.length === 0 ? "No rules here." : "No rule fits."}</p>
        )}
      </div>
    </fieldset>
  );
}
