import type { ProfileRule } from "@hauberk/core/design";
import { addRule, changeRule, type EditOutcome, removeRule } from "@hauberk/core/edit";
import { noQualifiers, type RuleValue } from "@hauberk/core/rules";
import { useMemo } from "react";

import { designStore } from "../../store/index.ts";
import { offerOf, type Refused, type Shown, shownNow } from "../use-edit.ts";
import { type RuleRef, ruleOfRef } from "./rule-ref.ts";

/** Edits of rules of the shown profile: each gives null where it was done, else why it was refused. */
export interface RuleEdits {
  readonly add: (value: RuleValue) => Refused | null;
  /** `to`: what shall hold where the rule stands. */
  readonly change: (ref: RuleRef, to: RuleValue) => Refused | null;
  readonly remove: (ref: RuleRef) => Refused | null;
}

const noProfile = "the file has no profile any more";
const gone = "the rule is not there any more: the text was changed meanwhile";

/** Does a step in the design; true where it could be done. */
function perform(outcome: EditOutcome): boolean {
  if (outcome.ok && outcome.edits.length > 0) designStore.getState().apply(outcome);
  return outcome.ok;
}

/** Makes a wish about the shown profile: null where it was done. */
function wished(wish: (shown: Shown) => EditOutcome): Refused | null {
  const shown = shownNow();
  if (shown === null) return { reason: noProfile, offer: null };
  const outcome = wish(shown);
  if (outcome.ok) {
    perform(outcome);
    return null;
  }
  const { reason, offer } = outcome;
  return { reason, offer: offer === undefined ? null : offerOf(offer.title, wish, perform) };
}

function withRule(ref: RuleRef, wish: (shown: Shown, placed: ProfileRule) => EditOutcome): Refused | null {
  return wished((shown) => {
    const placed = ruleOfRef(shown.file, shown.profile, ref);
    return placed === undefined ? { ok: false, reason: gone } : wish(shown, placed);
  });
}

/** The edits that lists of rules make, by the profile that is shown at that moment. */
export function useRuleEdits(): RuleEdits {
  return useMemo(
    () => ({
      add: (value) => wished(({ file, profile }) => addRule(file, profile, value)),
      change: (ref, to) => withRule(ref, ({ file }, placed) => changeRule(file, placed, to)),
      remove: (ref) => withRule(ref, ({ file }, placed) => removeRule(file, placed.rule)),
    }),
    [],
  );
}

/** No qualifier at all, for presets. */
export const plain = { qualifiers: noQualifiers } as const;
