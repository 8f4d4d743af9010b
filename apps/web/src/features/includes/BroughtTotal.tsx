import type { BroughtRule, IncludeBrings } from "@hauberk/core/analysis";
import { textOf } from "@hauberk/core/syntax";
import { sayRule, type VariableValues } from "@hauberk/core/words";
import { memo, useState } from "react";
import panel from "../../panel/panel.module.css";
import { workbenchStore } from "../../store/index.ts";
import { DangerMark, Toggle, VirtualRows, WithCode } from "../../ui/index.ts";
import { countWords } from "./includes-model.ts";
import styles from "./IncludesPanel.module.css";

interface BroughtTotalProps {
  /** How many rules stand in the profile itself. */
  readonly own: number;
  readonly ofProfile: boolean;
  /** What all includes bring together. */
  readonly all: IncludeBrings;
  /** What variables stand for in the file. */
  readonly values: VariableValues;
  /** How many of these come only where a condition holds. */
  readonly conditional: number;
}

function ruleWord(count: number): string {
  return count === 1 ? "rule" : "rules";
}

/** How much of a profile comes by its includes, by kind; a kind's rules are listed on request. */
export const BroughtTotal = memo(function Total({ own, ofProfile, all, values, conditional }: BroughtTotalProps) {
  const [kind, setKind] = useState<string | null>(null);
  if (all.files.length === 0) return null;
  const chosen = all.counts.some(([each]) => each === kind) ? kind : null;
  const rules = all.brought.filter(({ placed }) => placed.rule.value.kind === chosen);
  return (
    <>
      <div className={styles.total}>
        <p className={panel.small}>
          {ofProfile ? "This profile has" : "This file has"} {own} {ruleWord(own)} of its own and{" "}
          <strong>{all.rules}</strong> by includes, from {all.files.length} {all.files.length === 1 ? "file" : "files"}
          {conditional === 0 ? "" : `; ${conditional} of these only where a condition holds`}:
        </p>
        {all.counts.map(([each, count]) => (
          <Toggle
            key={each}
            label={`List ${countWords(each, count)} by includes`}
            pressed={each === chosen}
            onChange={(on) => setKind(on ? each : null)}
          >
            {countWords(each, count)}
          </Toggle>
        ))}
      </div>
      {chosen !== null && (
        <div className={styles.broughtList} style={{ height: Math.min(260, rules.length * 44 + 2) }}>
          <VirtualRows
            label={`Rules by includes: ${countWords(chosen, rules.length)}`}
            className={styles.broughtRows}
            count={rules.length}
            rowHeight={48}
            rowKey={(index) => index}
            measure
            renderRow={(index) => {
              const rule = rules[index];
              return rule === undefined ? null : <BroughtRow rule={rule} values={values} />;
            }}
          />
        </div>
      )}
    </>
  );
});

interface BroughtRowProps {
  readonly rule: BroughtRule;
  readonly values: VariableValues;
}

function BroughtRow({ rule: { file, placed }, values }: BroughtRowProps) {
  const { tree } = file.view;
  const { sentence, danger } = sayRule(tree, placed, values);
  const at = placed.rule.node.start;
  return (
    <div role="listitem" className={styles.broughtRow}>
      <span>
        <WithCode text={sentence} />
      </span>
      <div>
        <code className={panel.mono}>{textOf(tree, placed.rule.node).replaceAll(/\s+/g, " ")}</code>
        {danger !== null && <DangerMark level={danger} />}
        <button
          type="button"
          className={styles.link}
          onClick={() => workbenchStore.getState().openDialog({ kind: "policy-file", path: file.path, at })}
        >
          {file.path}
        </button>
      </div>
    </div>
  );
}
