import type { RuleValue } from "@hauberk/core/rules";
import { type SubmitEvent, useEffect, useLayoutEffect, useRef, useState } from "react";

import { Button, Icon } from "../../ui/index.ts";
import { RefusalNote } from "../RefusalNote.tsx";
import { offerThen, type Refused } from "../use-edit.ts";
import { RuleEditor } from "./RuleEditor.tsx";
import styles from "./rule-form.module.css";

interface RuleFormProps {
  /** The accessible name: `New signal rule`, `Edit line 12`. */
  readonly label: string;
  /** The rule as it is so far; kept by whoever shows the form. */
  readonly value: RuleValue;
  readonly onChange: (value: RuleValue) => void;
  /** Asked once, as the form comes: whether it takes the keys. */
  readonly claimsFocus: () => boolean;
  readonly save: string;
  /** What became of the rule that the form was opened for. */
  readonly note?: string;
  /** Makes the edit; why it was refused, or null where it was done. */
  readonly onSave: (value: RuleValue) => Refused | null;
  readonly onCancel: () => void;
  readonly remarks?: (value: RuleValue) => readonly string[];
  /** What the block around the rule adds to it. */
  readonly around?: string | null;
  /** What of the value is written on the rule itself, where a block adds the rest. */
  readonly written?: (value: RuleValue) => RuleValue;
}

/** A rule in the making: nothing of the text changes before it is saved. Escape gives up. */
export function RuleForm(props: RuleFormProps) {
  const { label, value, onChange, claimsFocus, save, note, onSave, onCancel, remarks, around, written } = props;
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const form = useRef<HTMLFormElement>(null);
  // Before anybody sees it: scrolled later, it would move away under the mouse.
  useLayoutEffect(() => {
    if (!claimsFocus()) return;
    const first = form.current?.querySelector<HTMLElement>("input, [role='combobox'], button");
    first?.focus();
    form.current?.scrollIntoView({ block: "nearest" });
  }, [claimsFocus]);
  useEscape(form, onCancel);
  return (
    <form
      ref={form}
      aria-label={label}
      className={styles.form}
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        setRefusal(onSave(value));
      }}
    >
      {note !== undefined && (
        <p className={styles.note} role="status">
          <Icon name="info" size={14} />
          <span>{note}</span>
        </p>
      )}
      <RuleEditor
        value={value}
        onChange={(next) => {
          setRefusal(null);
          onChange(next);
        }}
        {...(remarks === undefined ? {} : { remarks })}
        {...(around === undefined ? {} : { around })}
        {...(written === undefined ? {} : { written })}
      />
      <RefusalNote
        reason={refusal?.reason ?? null}
        offer={offerThen(refusal?.offer ?? null, onCancel)}
        onDismiss={() => setRefusal(null)}
      />
      <div className={styles.formButtons}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="primary" type="submit">
          {save}
        </Button>
      </div>
    </form>
  );
}

/** Escape gives up, wherever in the form the keys are; an open list in it takes the key first. */
function useEscape(form: { readonly current: HTMLFormElement | null }, onCancel: () => void): void {
  const cancel = useRef(onCancel);
  useEffect(() => {
    cancel.current = onCancel;
  });
  useEffect(() => {
    const element = form.current;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.stopPropagation();
      cancel.current();
    };
    element?.addEventListener("keydown", listen);
    return () => element?.removeEventListener("keydown", listen);
  }, [form]);
}
