import { type FileView, heldValue, type ProfileRule } from "@hauberk/core/design";
import { ownValue } from "@hauberk/core/edit";
import { type RuleValue, unreadParts } from "@hauberk/core/rules";
import { memo, type ReactNode } from "react";

import { givenWords, lineOf, ruleMarks } from "../rule-place.ts";
import { type Refused, type Shown, shownNow } from "../use-edit.ts";
import styles from "./rule-form.module.css";
import type { OpenForm } from "./open-form.ts";
import { refOfRule, type RuleRef, ruleOfRef } from "./rule-ref.ts";
import { RuleForm } from "./RuleForm.tsx";
import { RuleRow } from "./RuleRow.tsx";
import { useStableKeys } from "./stable-keys.ts";

/** What the rows of a list do; the same object as long as the list stands, so that rows need not be drawn again. */
export interface RuleHandlers {
  /** Opens the form of a rule. */
  readonly edit: (ref: RuleRef, value: RuleValue) => void;
  /** Takes what was made of the rule in its form. */
  readonly draft: (value: RuleValue) => void;
  /** True once for a form that was just opened. */
  readonly claimsFocus: () => boolean;
  /** Begins a new rule that is like this one. */
  readonly begin: (value: RuleValue) => void;
  /** Closes the form; the keys go to what the selector finds. */
  readonly close: (focus: string) => void;
  /** Makes the edit; why it was refused, or null. */
  readonly change: (ref: RuleRef, to: RuleValue) => Refused | null;
  /** The same from a row: a refusal is told above the list. */
  readonly changeAtOnce: (ref: RuleRef, to: RuleValue) => void;
  readonly remove: (ref: RuleRef, focus: string) => void;
}

/** What a section says of its rows; functions that stay the same between drawings. */
export interface RuleRowParts {
  /** What one of the rules is called: `signal rule`. */
  readonly one: string;
  /** What becomes of a rule, told in its form. */
  readonly remarks?: ((value: RuleValue) => readonly string[]) | undefined;
  /** What stands below a rule's row; `index` is its number among the profile's rules. */
  readonly notes?: ((file: FileView, placed: ProfileRule, index: number) => ReactNode) | undefined;
  /** Controls in a rule's row that change it at once; `text` is the rule's own. */
  readonly inline?: ((value: RuleValue, text: string, change: (to: RuleValue) => void) => ReactNode) | undefined;
}

interface RuleItemsProps extends RuleRowParts {
  readonly shown: Shown;
  readonly label: string;
  readonly rules: readonly ProfileRule[];
  readonly form: OpenForm | null;
  readonly handlers: RuleHandlers;
}

/** The rules as a list. While somebody types elsewhere in the text, only rows whose rule or line changes are drawn again. */
export function RuleItems({ shown, label, rules, form, handlers, ...parts }: RuleItemsProps) {
  const { file, profile } = shown;
  const refs = rules.map((placed) => refOfRule(file, profile, placed));
  const keys = useStableKeys(refs.map(({ text }) => text));
  if (rules.length === 0) return null;
  const rule = form?.rule ?? null;
  const open = rule === null ? undefined : ruleOfRef(file, profile, rule);
  return (
    <ul className={styles.list} aria-label={label}>
      {rules.map((placed, at) => {
        const { index, text } = refs[at] ?? refOfRule(file, profile, placed);
        const { start } = placed.rule.node;
        return (
          <li key={keys[at]} data-at={at}>
            <RuleItem
              file={file}
              placed={placed}
              path={file.path}
              index={index}
              text={text}
              line={lineOf(file.tree, start)}
              marks={ruleMarks(file.tree, placed)
                .map(({ words }) => words)
                .join("\n")}
              at={at}
              next={Math.max(0, Math.min(at, rules.length - 2))}
              draft={placed === open ? (form?.value ?? null) : null}
              handlers={handlers}
              {...parts}
            />
          </li>
        );
      })}
    </ul>
  );
}

interface RuleItemProps extends RuleRowParts {
  readonly file: FileView;
  readonly placed: ProfileRule;
  readonly path: string;
  readonly index: number;
  readonly text: string;
  readonly line: number;
  readonly marks: string;
  readonly at: number;
  /** Which row takes the keys when this one is gone. */
  readonly next: number;
  /** What was made of the rule in its form; null where that is closed. */
  readonly draft: RuleValue | null;
  readonly handlers: RuleHandlers;
}

/** True where two drawings of a row look alike: the file's view and the rule's node are new with each letter typed anywhere. */
function looksAlike(a: RuleItemProps, b: RuleItemProps): boolean {
  return (
    a.path === b.path &&
    a.index === b.index &&
    a.text === b.text &&
    a.line === b.line &&
    a.marks === b.marks &&
    a.at === b.at &&
    a.next === b.next &&
    a.draft === b.draft &&
    a.handlers === b.handlers &&
    a.one === b.one &&
    a.remarks === b.remarks &&
    a.notes === b.notes &&
    a.inline === b.inline
  );
}

const RuleItem = memo(function RuleItem(props: RuleItemProps) {
  const { file, placed, index, text, at, next, draft, handlers, one, remarks, notes, inline } = props;
  const value = heldValue(file.tree, placed);
  const ref: RuleRef = { index, text };
  const closeTo = () => handlers.close(`[data-at="${at}"] [data-edit]`);
  const [unread] = unreadParts(file.tree, placed.rule);
  return (
    <>
      <RuleRow
        file={file}
        placed={placed}
        now={() => rangeNow(ref)}
        {...(inline === undefined ? {} : { inline: inline(value, text, (to) => handlers.changeAtOnce(ref, to)) })}
        onEdit={() => (draft === null ? handlers.edit(ref, value) : closeTo())}
        onRemove={() => handlers.remove(ref, `[data-at="${next}"] [data-remove]`)}
        menu={[
          { label: "Edit", icon: "edit", onSelect: () => handlers.edit(ref, value) },
          { label: "Duplicate and change", icon: "copy", onSelect: () => handlers.begin(value) },
        ]}
      />
      {notes?.(file, placed, index)}
      {draft !== null && (
        <RuleForm
          label={`Edit ${one}`}
          value={draft}
          onChange={handlers.draft}
          claimsFocus={handlers.claimsFocus}
          save="Save the rule"
          {...(unread === undefined ? {} : { note: `A form can't change this rule: ${unread.text} ${cannotBeRead}` })}
          onSave={(to) => {
            const refused = handlers.change(ref, to);
            if (refused === null) closeTo();
            return refused;
          }}
          onCancel={closeTo}
          around={givenWords(file.tree, placed)}
          written={(to) => ownValue(file.tree, placed, to)}
          {...(remarks === undefined ? {} : { remarks })}
        />
      )}
    </>
  );
}, looksAlike);

const cannotBeRead = "in it can't be read. Mend that in the text first, or remove the rule.";

/** Where a rule stands in the text of this moment. */
function rangeNow(ref: RuleRef) {
  const shown = shownNow();
  const node = shown === null ? undefined : ruleOfRef(shown.file, shown.profile, ref)?.rule.node;
  return node === undefined ? undefined : { start: node.start, end: node.end };
}
