import type { RuleValue } from "@hauberk/core/rules";
import { useMemo, useRef } from "react";

import { keptState } from "../kept-state.ts";
import type { Shown } from "../use-edit.ts";
import { type RuleRef, ruleOfRef } from "./rule-ref.ts";

/** A form that is open: what was made of the rule in it so far. */
export interface OpenForm {
  /** Tells it from one that was open there before. */
  readonly id: number;
  /** The rule that is changed by it; null for a new one. */
  readonly rule: RuleRef | null;
  readonly value: RuleValue;
}

/** How the form of a list is opened, changed and closed; the same object as long as the list stands. */
export interface FormHandlers {
  readonly begin: (value: RuleValue) => void;
  readonly edit: (rule: RuleRef, value: RuleValue) => void;
  readonly change: (value: RuleValue) => void;
  readonly close: () => void;
  /** True once for a form that was just opened by the person: it takes the keys. One that comes back leaves them where they are. */
  readonly claimsFocus: () => boolean;
}

/** True where the rule that a form was opened for is not in the text any more. */
export function isLost({ rule }: OpenForm, { file, profile }: Shown): boolean {
  return rule !== null && ruleOfRef(file, profile, rule) === undefined;
}

/** Said in such a form. */
export const lostWords =
  "The rule that this form was opened for was changed or taken away meanwhile. What is in the form can be added as a rule of its own.";

const useKeptForm = keptState<OpenForm | null>(null);

let opened = 0;

/** The open form of a list in the panels; what is unsaved in it stays as panels and profiles change and come back. */
export function useOpenForm(list: string): readonly [OpenForm | null, FormHandlers] {
  const [form, change] = useKeptForm(list);
  const claims = useRef(false);
  const handlers = useMemo((): FormHandlers => {
    const open = (rule: RuleRef | null, value: RuleValue) => {
      claims.current = true;
      opened += 1;
      const id = opened;
      change(() => ({ id, rule, value }));
    };
    return {
      begin: (value) => open(null, value),
      edit: open,
      change: (value) => change((before) => (before === null ? null : { ...before, value })),
      close: () => change(() => null),
      claimsFocus: () => {
        const claimed = claims.current;
        claims.current = false;
        return claimed;
      },
    };
  }, [change]);
  return [form, handlers];
}
