import { removeRule } from "@hauberk/core/edit";
import { networkCellWords } from "@hauberk/core/vocabulary";
import { useRef } from "react";

import { LineLink } from "../../panel/LineLink.tsx";
import panel from "../../panel/panel.module.css";
import {
  isLost,
  lostWords,
  refOfRule,
  RuleForm,
  ruleOfRef,
  RuleRow,
  useOpenForm,
  useRuleEdits,
  useStableKeys,
} from "../../panel/rule-form/index.ts";
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
  const [form, forms] = useOpenForm("fine network rules");
  const list = useRef<HTMLUListElement>(null);
  const keys = useStableKeys(rules.map(({ text }) => text));
  if (rules.length === 0 && form === null) return null;
  const ref = form?.rule ?? null;
  const open = ref === null ? undefined : ruleOfRef(file, profile, ref);
  const close = (index: number) => {
    forms.close();
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
      {form !== null && isLost(form, shown) && (
        <RuleForm
          key={form.id}
          label="Edit network rule"
          value={form.value}
          onChange={forms.change}
          claimsFocus={forms.claimsFocus}
          save="Add the rule"
          note={lostWords}
          onSave={(value) => {
            const reason = edits.add(value);
            if (reason === null) forms.close();
            return reason;
          }}
          onCancel={forms.close}
        />
      )}
      <ul className={styles.rules} ref={list}>
        {rules.map(({ index, start, words, line, widened }, at) => {
          const placed = profile.rules[index];
          if (placed === undefined) return null;
          if (placed !== open || form === null || ref === null) {
            return (
              <li key={keys[at]}>
                <RuleRow
                  file={file}
                  placed={placed}
                  onEdit={() => forms.edit(refOfRule(file, profile, placed), placed.rule.value)}
                  onRemove={() => removeAt(edit, start)}
                />
                <WordsOfOld index={index} words={words} widened={widened} />
              </li>
            );
          }
          return (
            <li key={keys[at]}>
              <RuleForm
                label={`Edit line ${line}`}
                value={form.value}
                onChange={forms.change}
                claimsFocus={forms.claimsFocus}
                save="Change the rule"
                onSave={(value) => {
                  const reason = edits.change(ref, value);
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
