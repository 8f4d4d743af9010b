import type { ProfileRule } from "@hauberk/core/design";
import type { RuleValue } from "@hauberk/core/rules";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";

import { Button, Menu, WithCode } from "../../ui/index.ts";
import panel from "../panel.module.css";
import { RefusalNote } from "../RefusalNote.tsx";
import { plainWords } from "../sentence.ts";
import type { Shown } from "../use-edit.ts";
import { refOfRule, type RuleRef, rulesOfKinds } from "./rule-ref.ts";
import styles from "./rule-form.module.css";
import { RuleForm } from "./RuleForm.tsx";
import { RuleRow } from "./RuleRow.tsx";
import { type RuleEdits, useRuleEdits } from "./use-rule-edits.ts";

/** A rule to begin with: the form opens filled with it. */
export interface RulePreset {
  /** What it is for, in the person's words: `May send hup and term to its own children`. */
  readonly label: string;
  readonly value: RuleValue;
  /** What to beware of. */
  readonly hint?: string;
}

interface RuleSectionProps {
  readonly shown: Shown;
  readonly title: string;
  /** What one of its rules is called: `signal rule`. */
  readonly one: string;
  readonly kinds: readonly RuleValue["kind"][];
  /** What such rules are about, with code in backticks. */
  readonly words: string;
  /** What becomes of them on the targets of the design. */
  readonly standing?: readonly string[];
  readonly presets: readonly RulePreset[];
  /** What becomes of a rule, told in its form. */
  readonly remarks?: (value: RuleValue) => readonly string[];
  /** What is told in a rule's row beside its sentence. */
  readonly notes?: (value: RuleValue) => readonly string[];
  /** Controls in a rule's row that change it at once. */
  readonly inline?: (placed: ProfileRule, change: (to: RuleValue) => void) => ReactNode;
  /** Above the list: a table over all rules of the section. */
  readonly children?: ReactNode;
  /** Which rules the list shows, where the table above shows some already. */
  readonly listed?: (placed: ProfileRule) => boolean;
}

type Open =
  | { readonly mode: "new"; readonly value: RuleValue; readonly turn: number }
  | { readonly mode: "edit"; readonly ref: RuleRef };

/** Rows of a list before it asks whether to go on. */
const page = 40;

/** The rules of some kinds: each said, changed in its place, taken away or doubled; new ones by a form. */
export function RuleSection(props: RuleSectionProps) {
  const { shown, title, one, kinds, words, standing = [], presets, remarks, children, listed } = props;
  const id = useId();
  const edits = useRuleEdits();
  const [open, setOpen] = useState<Open | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [limit, setLimit] = useState(page);
  const section = useRef<HTMLElement>(null);
  const focusAfter = useFocusAfter(section);
  const all = rulesOfKinds(shown.profile, kinds);
  const rules = listed === undefined ? all : all.filter(listed);
  const begin = (value: RuleValue) =>
    setOpen((before) => ({ mode: "new", value, turn: before?.mode === "new" ? before.turn + 1 : 0 }));
  const close = (focus: string) => {
    setOpen(null);
    focusAfter(focus);
  };
  const saved = (reason: string | null, focus: string): string | null => {
    if (reason === null) close(focus);
    return reason;
  };
  const menu = presets.map(({ label, hint, value }) => ({
    label: plainWords(label),
    ...(hint === undefined ? {} : { hint }),
    onSelect: () => begin(value),
  }));
  return (
    <section ref={section} className={panel.section} aria-labelledby={id}>
      <div className={panel.heading}>
        <h3 id={id}>{title}</h3>
        <span className={panel.count}>{all.length}</span>
        <span className={styles.grow} />
        {(all.length > 0 || open !== null || children !== undefined) && (
          <Menu
            align="end"
            trigger={
              <Button size="s" icon="add" data-add>
                Add {one}
              </Button>
            }
            items={menu}
          />
        )}
      </div>
      <p className={styles.sectionWords}>
        <WithCode text={words} />
      </p>
      {standing.map((line) => (
        <p key={line} className={styles.standing}>
          <WithCode text={line} />
        </p>
      ))}
      <RefusalNote reason={refusal} onDismiss={() => setRefusal(null)} />
      {children}
      {open?.mode === "new" && (
        <RuleForm
          key={open.turn}
          label={`New ${one}`}
          initial={open.value}
          save="Add the rule"
          onSave={(value) => saved(edits.add(value), "[data-add]")}
          onCancel={() => close("[data-add]")}
          {...(remarks === undefined ? {} : { remarks })}
        />
      )}
      {all.length === 0 && open === null && children === undefined && <Presets presets={presets} onPick={begin} />}
      <RuleItems
        {...props}
        rules={rules.slice(0, limit)}
        edited={open?.mode === "edit" ? open.ref : null}
        edits={edits}
        onRefuse={setRefusal}
        onEdit={(ref) => setOpen({ mode: "edit", ref })}
        onBegin={begin}
        onClose={close}
        focusAfter={focusAfter}
      />
      {rules.length > limit && (
        <Button size="s" variant="quiet" onClick={() => setLimit(limit + 5 * page)}>
          Show {Math.min(5 * page, rules.length - limit)} more of {rules.length}
        </Button>
      )}
    </section>
  );
}

/** The ways to begin, where there is no rule yet. */
function Presets({
  presets,
  onPick,
}: {
  readonly presets: readonly RulePreset[];
  readonly onPick: (value: RuleValue) => void;
}) {
  return (
    <ul className={styles.presets}>
      {presets.map(({ label, value }, at) => (
        <li key={label}>
          <Button
            size="s"
            icon="add"
            {...(at === presets.length - 1 ? { "data-add": true } : {})}
            onClick={() => onPick(value)}
          >
            <span>
              <WithCode text={label} />
            </span>
          </Button>
        </li>
      ))}
    </ul>
  );
}

interface RuleItemsProps extends RuleSectionProps {
  readonly rules: readonly ProfileRule[];
  readonly edited: RuleRef | null;
  readonly edits: RuleEdits;
  readonly onRefuse: (reason: string | null) => void;
  readonly onEdit: (ref: RuleRef) => void;
  readonly onBegin: (value: RuleValue) => void;
  readonly onClose: (focus: string) => void;
  readonly focusAfter: (focus: string) => void;
}

function RuleItems(props: RuleItemsProps) {
  const { shown, rules, edited, edits, remarks, notes, inline, onRefuse, onEdit, onBegin, onClose, focusAfter } = props;
  if (rules.length === 0) return null;
  const { file, profile } = shown;
  return (
    <ul className={styles.list} aria-label={props.title}>
      {rules.map((placed, at) => {
        const { value, node } = placed.rule;
        const ref = refOfRule(file, profile, placed);
        const isEdited = edited !== null && edited.index === ref.index && edited.text === ref.text;
        return (
          <li key={`${value.kind} ${node.start}`} data-at={at}>
            <RuleRow
              file={file}
              placed={placed}
              {...(notes === undefined ? {} : { notes: notes(value) })}
              {...(inline === undefined ? {} : { inline: inline(placed, (to) => onRefuse(edits.change(ref, to))) })}
              onEdit={() => (isEdited ? onClose(`[data-at="${at}"] button`) : onEdit(ref))}
              onRemove={() => {
                onRefuse(edits.remove(ref));
                focusAfter(`[data-at="${Math.max(0, Math.min(at, rules.length - 2))}"] [data-remove]`);
              }}
              menu={[
                { label: "Edit", icon: "edit", onSelect: () => onEdit(ref) },
                { label: "Duplicate and change", icon: "copy", onSelect: () => onBegin(value) },
                {
                  label: "Copy the rule’s text",
                  icon: "copy",
                  onSelect: () => void navigator.clipboard.writeText(ref.text),
                },
              ]}
            />
            {isEdited && (
              <RuleForm
                label={`Edit ${props.one}`}
                initial={value}
                save="Save the rule"
                onSave={(to) => {
                  const reason = edits.change(ref, to);
                  if (reason === null) onClose(`[data-at="${at}"] [data-edit]`);
                  return reason;
                }}
                onCancel={() => onClose(`[data-at="${at}"] [data-edit]`)}
                {...(remarks === undefined ? {} : { remarks })}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Gives the keys to a part of the section once it is drawn; else to the button that adds. */
function useFocusAfter(section: { readonly current: HTMLElement | null }): (selector: string) => void {
  const [wanted, setWanted] = useState<{ readonly selector: string } | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    const target =
      section.current?.querySelector<HTMLElement>(wanted.selector) ??
      section.current?.querySelector<HTMLElement>("[data-add]");
    target?.focus();
  }, [wanted, section]);
  return (selector) => setWanted({ selector });
}
