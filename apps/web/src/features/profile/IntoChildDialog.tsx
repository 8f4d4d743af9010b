import { copyRules, moveRules } from "@hauberk/core/edit";
import { useState } from "react";

import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { shownNow, useEdit } from "../../panel/use-edit.ts";
import { useActiveProfile, useWorkbench } from "../../store/index.ts";
import { Button, Dialog, Select } from "../../ui/index.ts";
import { RulePicker } from "./RulePicker.tsx";

/** Asks which rules of the shown profile go into one of its children. */
export function IntoChildDialog({ child: given }: { readonly child: string | null }) {
  const close = useWorkbench((state) => state.closeDialog);
  const shown = useActiveProfile();
  const children = shown?.profile.children ?? [];
  const [name, setName] = useState(given ?? children[0]?.name ?? "");
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const { refusedAt, perform, forget } = useEdit();
  const go = (transfer: typeof moveRules) => {
    const now = shownNow();
    const child = now?.profile.children.find((each) => each.name === name);
    if (now === null || child === undefined) return;
    const rules = now.profile.rules.filter((_, index) => chosen.has(index));
    if (perform("move", transfer(now.file, rules, { file: now.file, profile: child }))) close();
  };
  if (shown === null) return null;
  const none = chosen.size === 0;
  return (
    <Dialog
      open
      onClose={close}
      width={640}
      title={`Move rules into ${name === "" ? "a child" : name}`}
      description="Comments that belong to a rule go along. What moves is gone from the parent: a child inherits nothing."
      onSubmit={() => go(moveRules)}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button disabled={none} onClick={() => go(copyRules)}>
            Copy instead
          </Button>
          <Button type="submit" variant="primary" disabled={none}>
            {none ? "Move" : `Move ${chosen.size} ${chosen.size === 1 ? "rule" : "rules"}`}
          </Button>
        </>
      }
    >
      {children.length > 1 && (
        <Select
          label="Into"
          mono
          value={name}
          options={children.map((child) => ({
            value: child.name,
            label: child.name,
            hint: child.form === "hat" ? "hat" : "child profile",
          }))}
          onChange={setName}
        />
      )}
      <RulePicker
        label={`Rules of ${shown.profile.name}`}
        file={shown.file}
        rules={shown.profile.rules}
        chosen={chosen}
        onChange={setChosen}
      />
      <RefusalNote reason={refusedAt("move")} onDismiss={forget} />
    </Dialog>
  );
}
