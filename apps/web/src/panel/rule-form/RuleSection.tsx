import type { ProfileRule } from "@hauberk/core/design";
import type { RuleValue } from "@hauberk/core/rules";
import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from "react";

import { Button, Menu, WithCode } from "../../ui/index.ts";
import panel from "../panel.module.css";
import { RefusalNote } from "../RefusalNote.tsx";
import { plainWords } from "../sentence.ts";
import { offerThen, type Refused, type Shown } from "../use-edit.ts";
import { type FormHandlers, isLost, lostWords, useOpenForm } from "./open-form.ts";
import { rulesOfKinds } from "./rule-ref.ts";
import styles from "./rule-form.module.css";
import { RuleForm } from "./RuleForm.tsx";
import { type RuleHandlers, RuleItems, type RuleRowParts } from "./RuleItems.tsx";
import { type RuleEdits, useRuleEdits } from "./use-rule-edits.ts";

/** A rule to begin with: the form opens filled with it. */
export interface RulePreset {
  /** What it is for, in the person's words: `May send hup and term to its own children`. */
  readonly label: string;
  readonly value: RuleValue;
  /** What to beware of. */
  readonly hint?: string;
}

interface RuleSectionProps extends RuleRowParts {
  readonly shown: Shown;
  readonly title: string;
  readonly kinds: readonly RuleValue["kind"][];
  /** What such rules are about, with code in backticks. */
  readonly words: string;
  /** What becomes of them on the targets of the design. */
  readonly standing?: readonly string[];
  readonly presets: readonly RulePreset[];
  /** Above the list: a table over all rules of the section. */
  readonly children?: ReactNode;
  /** Which rules of the kinds the section is about; without it, all. */
  readonly among?: (placed: ProfileRule) => boolean;
  /** Which rules the list shows, where the table above shows some already. */
  readonly listed?: (placed: ProfileRule) => boolean;
}

/** Rows of a list before it asks whether to go on. */
const page = 40;

/** The rules of some kinds: each said, changed in its place, taken away or doubled; new ones by a form. */
export function RuleSection(props: RuleSectionProps) {
  const {
    shown,
    title,
    one,
    kinds,
    words,
    standing = [],
    presets,
    remarks,
    notes,
    inline,
    children,
    among,
    listed,
  } = props;
  const id = useId();
  const edits = useRuleEdits();
  const [form, forms] = useOpenForm(title);
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const [limit, setLimit] = useState(page);
  const section = useRef<HTMLElement>(null);
  const focusAfter = useFocusAfter(section);
  const ofKinds = rulesOfKinds(shown.profile, kinds);
  const all = among === undefined ? ofKinds : ofKinds.filter(among);
  const rules = listed === undefined ? all : all.filter(listed);
  const handlers = useHandlers(edits, forms, setRefusal, focusAfter);
  const { begin, close } = handlers;
  const lost = form !== null && isLost(form, shown);
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
        {(all.length > 0 || form !== null || children !== undefined) && (
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
      <RefusalNote
        reason={refusal?.reason ?? null}
        offer={offerThen(refusal?.offer ?? null, () => setRefusal(null))}
        onDismiss={() => setRefusal(null)}
      />
      {children}
      {form !== null && (form.rule === null || lost) && (
        <RuleForm
          key={form.id}
          label={form.rule === null ? `New ${one}` : `Edit ${one}`}
          value={form.value}
          onChange={forms.change}
          claimsFocus={forms.claimsFocus}
          save="Add the rule"
          {...(lost ? { note: lostWords } : {})}
          onSave={(value) => {
            const refused = edits.add(value);
            if (refused === null) close("[data-add]");
            return refused;
          }}
          onCancel={() => close("[data-add]")}
          {...(remarks === undefined ? {} : { remarks })}
        />
      )}
      {all.length === 0 && form === null && children === undefined && <Presets presets={presets} onPick={begin} />}
      <RuleItems
        shown={shown}
        label={title}
        rules={rules.slice(0, limit)}
        form={form}
        handlers={handlers}
        one={one}
        remarks={remarks}
        notes={notes}
        inline={inline}
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

/** What the rows do, as one object that stays. */
function useHandlers(
  edits: RuleEdits,
  forms: FormHandlers,
  refuse: (refused: Refused | null) => void,
  focusAfter: (selector: string) => void,
): RuleHandlers {
  return useMemo(
    () => ({
      edit: forms.edit,
      begin: forms.begin,
      draft: forms.change,
      claimsFocus: forms.claimsFocus,
      close: (focus) => {
        forms.close();
        focusAfter(focus);
      },
      change: edits.change,
      changeAtOnce: (ref, to) => refuse(edits.change(ref, to)),
      remove: (ref, focus) => {
        refuse(edits.remove(ref));
        focusAfter(focus);
      },
    }),
    [edits, forms, refuse, focusAfter],
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
  return useCallback((selector: string) => setWanted({ selector }), []);
}
