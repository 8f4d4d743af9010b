import { addBoolean, checkCondition, moveRules, wrapInConditional } from "@hauberk/core/edit";
import type { FileView, ProfileRule, ProfileView } from "@hauberk/core/design";
import { useMemo, useState } from "react";

import { oneStep } from "../../panel/one-step.ts";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { shownNow, useEdit } from "../../panel/use-edit.ts";
import { useActiveProfile, useWorkbench } from "../../store/index.ts";
import { Button, Dialog, Icon, WithCode } from "../../ui/index.ts";
import { ConditionField } from "./ConditionField.tsx";
import { branchAt, forgottenKinds } from "./conditionals-model.ts";
import styles from "./ProfileDialogs.module.css";
import { RulePicker } from "./RulePicker.tsx";

/** A branch that is there already, by its places in the profile. */
export interface BranchPlace {
  readonly conditional: number;
  readonly branch: number;
  /** How it begins: `if $flag`. */
  readonly words: string;
}

/** Booleans that a condition names and the file does not set. */
function missingBooleans(condition: string, file: FileView): string[] {
  const named = [...condition.matchAll(/\$\{?([A-Za-z][A-Za-z0-9_]*)\}?/g)].map(([, name]) => name ?? "");
  return [...new Set(named)].filter((name) => !file.booleans.some((each) => each.name === name));
}

/** Asks which rules of the shown profile hold only under a condition: a new one, or one that is there. */
export function UnderConditionDialog({ place }: { readonly place: BranchPlace | null }) {
  const close = useWorkbench((state) => state.closeDialog);
  const shown = useActiveProfile();
  const [condition, setCondition] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const { refusedAt, perform, forget } = useEdit();
  // Rules that stand in the profile itself: one under a condition is moved from there first.
  const rules = useMemo(() => shown?.profile.rules.filter(({ within }) => within.length === 0) ?? [], [shown]);
  if (shown === null) return null;
  const picked = rules.filter((_, index) => chosen.has(index));
  const missing = place === null ? missingBooleans(condition, shown.file) : [];
  const ready = picked.length > 0 && (place !== null || checkCondition(condition) === null);
  const submit = () => {
    const now = shownNow();
    if (now === null || !ready) return;
    const own = now.profile.rules.filter(({ within }) => within.length === 0).filter((_, index) => chosen.has(index));
    if (place !== null) {
      const within = branchAt(now.profile, place.conditional, place.branch);
      if (within === undefined) return;
      if (perform("under", moveRules(now.file, own, { file: now.file, profile: now.profile, within }))) close();
      return;
    }
    const wrapped = wrapInConditional(now.file, own, condition);
    const outcome =
      missing.length === 0 || !wrapped.ok
        ? wrapped
        : oneStep(now.file, wrapped.label, [
            () => wrapped,
            ...missing.map((name) => (file: FileView) => addBoolean(file, name, true)),
          ]);
    if (perform("under", outcome)) close();
  };
  return (
    <Dialog
      open
      onClose={close}
      width={640}
      title={place === null ? "Rules under a condition" : `Rules into ${place.words}`}
      description="They hold only where the condition does, decided when the policy is compiled for a machine."
      onSubmit={submit}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={!ready}>
            {place === null ? "Put under the condition" : "Move into the branch"}
          </Button>
        </>
      }
    >
      {place === null && (
        <div className={styles.line}>
          <ConditionField label="Condition" value={condition} onChange={setCondition} autoFocus />
        </div>
      )}
      {missing.length > 0 && checkCondition(condition) === null && (
        <p className={styles.words}>
          <WithCode
            text={`${missing.map((name) => `\`$${name}\``).join(", ")} is set to \`true\` in the preamble of this file as well.`}
          />
        </p>
      )}
      <RulePicker
        label={`Rules of ${shown.profile.name}`}
        file={shown.file}
        rules={rules}
        chosen={chosen}
        onChange={setChosen}
      />
      <OldParserNotes profile={shown.profile} inside={picked} />
      <RefusalNote reason={refusedAt("under")} onDismiss={forget} />
    </Dialog>
  );
}

/** What parsers before 5.0 do with conditionals; measured on 3.0.8. Nothing where it does not matter. */
export function OldParserNotes({
  profile,
  inside,
}: {
  readonly profile: ProfileView;
  readonly inside: readonly ProfileRule[];
}) {
  const forgotten = forgottenKinds(inside);
  const first = inside[0]?.rule.node.start ?? 0;
  const crash = profile.rules.some(
    ({ rule, within }) => rule.value.kind === "network" && within.length === 0 && rule.node.start < first,
  );
  return (
    <div aria-live="polite">
      {forgotten.length > 0 && (
        <p className={styles.warn}>
          <Icon name="alert" size={14} />
          <span>
            <WithCode
              text={`\`apparmor_parser\` 3.0 (Debian 12) forgets rules of the kind ${forgotten.map((kind) => `\`${kind}\``).join(", ")} in an \`if\`, without a word; 5.0 keeps them.`}
            />
          </span>
        </p>
      )}
      {crash && (
        <p className={styles.warn}>
          <Icon name="alert" size={14} />
          <span>
            <WithCode text="`apparmor_parser` 3.0 (Debian 12) can crash where a `network` rule stands above an `if`: put the `if` first." />
          </span>
        </p>
      )}
    </div>
  );
}
