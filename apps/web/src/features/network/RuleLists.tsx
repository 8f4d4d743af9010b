import { removeRule } from "@hauberk/core/edit";
import { networkCellWords } from "@hauberk/core/vocabulary";
import { useRef, useState } from "react";

import { LineLink } from "../../panel/LineLink.tsx";
import panel from "../../panel/panel.module.css";
import { refOfRule, RuleForm, ruleOfRef, type RuleRef, RuleRow, useRuleEdits } from "../../panel/rule-form/index.ts";
import { ruleMark } from "../../panel/rule-pick.ts";
import { ShownStandingNote } from "../../panel/StandingNote.tsx";
import { useShownStanding } from "../../panel/use-rule-standing.ts";
import type { Editing, Shown } from "../../panel/use-edit.ts";
import { Badge, Icon, IconButton, WithCode } from "../../ui/index.ts";
import { type CellSource, type FineRule, reachWords, ruleOrIncludeAt } from "./network-model.ts";
import styles from "./NetworkPanel.module.css";

interface RuleListProps {
  readonly path: string;
  readonly edit: Editing["edit"];
}

function removeAt(edit: Editing["edit"], start: number): void {
  edit("rules", ({ file, profile }) => {
    const placed = profile.rules.find(({ rule }) => rule.node.start === start);
    return placed === undefined
      ? { ok: false, reason: "The rule is not there any more." }
      : removeRule(file, placed.rule);
  });
}

/** Rules over whole families or types, which many cells inherit. */
export function WideRules({ rules, path, edit }: RuleListProps & { readonly rules: readonly CellSource[] }) {
  if (rules.length === 0) return null;
  return (
    <section className={panel.section} aria-label="Wide rules">
      <div className={panel.heading}>
        <h3>Rules over more than one cell</h3>
        <span className={panel.count}>{rules.length}</span>
      </div>
      <ul className={styles.rules}>
        {rules.map((rule) => {
          const { domain, type } = reachWords(rule);
          const words = networkCellWords(domain, type);
          return (
            <li key={`${rule.start} ${rule.text}`} {...(rule.rule === null ? {} : ruleMark(rule.rule))}>
              <div className={styles.ruleLine}>
                <code>{rule.text}</code>
                {rule.access === "deny" && <Badge tone="bad">deny</Badge>}
                <LineLink path={path} line={rule.line} start={rule.start} of={`\`${rule.text}\``} />
                {rule.reach !== "include" && (
                  <IconButton
                    label={`Remove ${rule.text}`}
                    icon="trash"
                    size="s"
                    onClick={() => removeAt(edit, rule.start)}
                  />
                )}
              </div>
              <p className={styles.hint}>
                {rule.access === "deny" ? "Closes, against every allow: " : ""}
                <WithCode text={words.allows} />
                {rule.access === "allow" && (
                  <>
                    {" "}
                    <WithCode text={words.doesNotRestrict} />
                  </>
                )}
              </p>
              <ShownStandingNote find={({ profile }) => ruleOrIncludeAt(profile, rule.start)} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What such a rule is known to come to on Debian's kernels: told as long as the design's own targets have not answered. */
function WordsOfOld({ index, words, widened }: Pick<FineRule, "index" | "words" | "widened">) {
  const standing = useShownStanding(({ profile }) => profile.rules[index]?.rule.node);
  if (standing?.there.every(({ row }) => row !== null) === true) return null;
  return (
    <p className={widened ? styles.widened : styles.hint}>
      {widened && <Icon name="alert" size={14} />}
      <span>
        <WithCode text={words} />
      </span>
    </p>
  );
}

interface FineRulesProps {
  readonly shown: Shown;
  readonly rules: readonly FineRule[];
  readonly edit: Editing["edit"];
}

/** Rules with permissions, addresses or the like: what each says, what becomes of it, and a form to change it. */
export function FineRules({ shown, rules, edit }: FineRulesProps) {
  const { file, profile } = shown;
  const edits = useRuleEdits();
  const [edited, setEdited] = useState<RuleRef | null>(null);
  const list = useRef<HTMLUListElement>(null);
  if (rules.length === 0) return null;
  const open = edited === null ? undefined : ruleOfRef(file, profile, edited);
  const close = (index: number) => {
    setEdited(null);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-rule="${index}"] button[data-edit]`)?.focus(),
    );
  };
  return (
    <section className={panel.section} aria-label="Fine rules">
      <div className={panel.heading}>
        <h3>Rules with operations or addresses</h3>
        <span className={panel.count}>{rules.length}</span>
      </div>
      <ul className={styles.rules} ref={list}>
        {rules.map(({ index, start, words, line, widened }) => {
          const placed = profile.rules[index];
          if (placed === undefined) return null;
          if (placed !== open || edited === null) {
            return (
              <li key={start}>
                <RuleRow
                  file={file}
                  placed={placed}
                  onEdit={() => setEdited(refOfRule(file, profile, placed))}
                  onRemove={() => removeAt(edit, start)}
                />
                <WordsOfOld index={index} words={words} widened={widened} />
              </li>
            );
          }
          return (
            <li key={start}>
              <RuleForm
                label={`Edit line ${line}`}
                initial={placed.rule.value}
                save="Change the rule"
                onSave={(value) => {
                  const reason = edits.change(edited, value);
                  if (reason === null) close(index);
                  return reason;
                }}
                onCancel={() => close(index)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
