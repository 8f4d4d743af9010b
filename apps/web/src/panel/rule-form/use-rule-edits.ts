import type { ProfileRule } from "@hauberk/core/design";
import { addRule, changeRule, type EditOutcome, removeRule } from "@hauberk/core/edit";
import { noQualifiers, type RuleValue } from "@hauberk/core/rules";
import { useMemo } from "react";

import { designStore } from "../../store/index.ts";
import { type Shown, shownNow } from "../use-edit.ts";
import { type RuleRef, ruleOfRef } from "./rule-ref.ts";

/** Edits of rules of the shown profile: each gives null where it was done, else the words of the refusal. */
export interface RuleEdits {
  readonly add: (value: RuleValue) => string | null;
  readonly change: (ref: RuleRef, to: RuleValue) => string | null;
  readonly remove: (ref: RuleRef) => string | null;
}

const noProfile = "the file has no profile any more";
const gone = "the rule is not there any more: the text was changed meanwhile";

/** What an outcome comes to in the design: null where it was done. */
function done(outcome: EditOutcome): string | null {
  if (!outcome.ok) return outcome.reason;
  if (outcome.edits.length > 0) designStore.getState().apply(outcome);
  return null;
}

function withRule(ref: RuleRef, wish: (shown: Shown, placed: ProfileRule) => EditOutcome): string | null {
  const shown = shownNow();
  if (shown === null) return noProfile;
  const placed = ruleOfRef(shown.file, shown.profile, ref);
  return placed === undefined ? gone : done(wish(shown, placed));
}

/** The edits that lists of rules make, by the profile that is shown at that moment. */
export function useRuleEdits(): RuleEdits {
  return useMemo(
    () => ({
      add: (value) => {
        const shown = shownNow();
        return shown === null ? noProfile : done(addRule(shown.file, shown.profile, value));
      },
      change: (ref, to) => withRule(ref, ({ file }, placed) => changeRule(file, placed.rule, to)),
      remove: (ref) => withRule(ref, ({ file }, placed) => removeRule(file, placed.rule)),
    }),
    [],
  );
}

/** No qualifier at all, for presets. */
export const plain = { qualifiers: noQualifiers } as const;
