import {
  addElse,
  addRule,
  conditionalsOf,
  type EditOutcome,
  removeBranch,
  removeConditional,
  setCondition,
  unwrapConditional,
} from "@hauberk/core/edit";
import { noQualifiers, type RuleValue } from "@hauberk/core/rules";
import type { SyntaxNode } from "@hauberk/core/syntax";
import { useMemo, useState } from "react";

import { LineLink } from "../../panel/LineLink.tsx";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { RuleForm, useOpenForm } from "../../panel/rule-form/index.ts";
import { lineOf } from "../../panel/rule-place.ts";
import { type Editing, type Refused, type Shown, useEdit } from "../../panel/use-edit.ts";
import { workbenchStore } from "../../store/index.ts";
import { Button, IconButton, Menu } from "../../ui/index.ts";
import { ConditionField } from "./ConditionField.tsx";
import {
  branchAt,
  type BranchRow,
  type ConditionalRow,
  conditionalRows,
  contentLines,
  type Contents,
  contentWords,
} from "./conditionals-model.ts";
import styles from "./Conditionals.module.css";
import { OldParserNotes } from "./UnderConditionDialog.tsx";

/** New rules to begin with in a branch, by the name of their kind. */
const beginnings: readonly { readonly label: string; readonly value: RuleValue }[] = [
  {
    label: "File rule",
    value: {
      kind: "file",
      qualifiers: noQualifiers,
      keyword: false,
      path: "",
      permissions: ["r"],
      exec: null,
      execTarget: null,
      permissionsFirst: false,
      safety: null,
    },
  },
  { label: "Capability", value: { kind: "capability", qualifiers: noQualifiers, names: [] } },
  {
    label: "Change of profile",
    value: { kind: "change_profile", qualifiers: noQualifiers, safety: null, exec: null, target: null },
  },
  {
    label: "Network rule",
    value: {
      kind: "network",
      qualifiers: noQualifiers,
      permissions: [],
      domain: "inet",
      type: "stream",
      protocol: null,
      local: [],
      peer: [],
    },
  },
];

const gone = { ok: false, reason: "The condition is not there any more." } as const;

/** Every `if … else` of the profile: conditions and what stands under them, changed in their place. */
export function ConditionalsSection({ shown }: { readonly shown: Shown }) {
  const { file, profile } = shown;
  const editing = useEdit();
  const rows = useMemo(() => conditionalRows(file, profile), [file, profile]);
  return (
    <section className={panel.section} aria-label="Conditionals">
      <div className={panel.heading}>
        <h3>Conditionals</h3>
        <span className={panel.count}>{rows.length}</span>
        <span className={styles.grow} />
        <Button
          size="s"
          icon="add"
          data-add-condition
          disabled={profile.rules.length === 0}
          onClick={() => workbenchStore.getState().openDialog({ kind: "under-condition", place: null })}
        >
          Put rules under a condition
        </Button>
      </div>
      {rows.length === 0 && (
        <p className={panel.small}>
          None. An <code>if</code> makes rules depend on a boolean or on what the machine&apos;s tunables define.
        </p>
      )}
      <RefusalNote reason={editing.refusedAt("conditionals")} onDismiss={editing.forget} />
      {rows.map((row) => (
        <Conditional key={row.index} shown={shown} row={row} editing={editing} />
      ))}
    </section>
  );
}

/** Gives the keys to the button that adds a condition, where what had them is gone. */
function focusAdd(): void {
  document.querySelector<HTMLElement>("[data-add-condition]")?.focus();
}

interface ConditionalProps {
  readonly shown: Shown;
  readonly row: ConditionalRow;
  readonly editing: Editing;
}

function Conditional({ shown, row, editing }: ConditionalProps) {
  const { file, profile } = shown;
  const first = row.branches[0];
  const words = `if ${first?.condition ?? ""}`;
  const wish = (make: (now: Shown, node: SyntaxNode) => EditOutcome) =>
    editing.edit("conditionals", (now) => {
      const node = conditionalsOf(now.profile)[row.index];
      return node === undefined ? gone : make(now, node);
    });
  const hasElse = row.branches.at(-1)?.condition === null;
  const inside = row.branches.flatMap(({ rules }) => rules);
  return (
    <div className={styles.conditional} style={{ marginLeft: row.depth * 16 }} role="group" aria-label={words}>
      {row.branches.map((branch) => (
        <Branch key={branch.index} shown={shown} row={row} branch={branch} editing={editing} />
      ))}
      <div className={styles.foot}>
        <Button
          size="s"
          disabled={hasElse}
          onClick={() => wish(({ file: now }, node) => addElse(now, node))}
          aria-label={`Add else to ${words}`}
        >
          Add else
        </Button>
        <Button
          size="s"
          disabled={row.branches.length > 1}
          title="What is in it stays and holds always"
          aria-label={`Remove the condition only: what is in ${words} stays`}
          onClick={() => {
            if (wish(({ file: now }, node) => unwrapConditional(now, node))) focusAdd();
          }}
        >
          Remove the condition only
        </Button>
        <span className={styles.grow} />
        <LineLink path={file.path} line={row.line} start={row.node.start} of={words} />
        <IconButton
          label={removalLabel(words, row.all)}
          icon="trash"
          size="s"
          onClick={() => {
            if (wish(({ file: now }, node) => removeConditional(now, node))) focusAdd();
          }}
        />
      </div>
      <OldParserNotes profile={profile} inside={inside} />
    </div>
  );
}

/** What a removal takes along is said before it is done. */
function removalLabel(words: string, all: Contents): string {
  const contents = contentWords(all);
  return contents === null ? `Remove ${words}` : `Remove ${words} with ${contents}`;
}

interface BranchProps extends ConditionalProps {
  readonly branch: BranchRow;
}

/** Lines of a branch that are shown before it asks whether to go on. */
const page = 8;

function Branch({ shown, row, branch, editing }: BranchProps) {
  const { file } = shown;
  const [limit, setLimit] = useState(page);
  const words = branch.condition === null ? "else" : `${branch.word} ${branch.condition}`;
  const [form, forms] = useOpenForm(`conditional ${row.index} ${branch.index} ${words}`);
  const wish = (make: (now: Shown, node: SyntaxNode) => EditOutcome) =>
    editing.edit("conditionals", (now) => {
      const node = branchAt(now.profile, row.index, branch.index);
      return node === undefined ? gone : make(now, node);
    });
  const add = (value: RuleValue): Refused | null => {
    let refused: Refused | null = null;
    wish((now, within) => {
      const outcome = addRule(now.file, now.profile, value, { within });
      if (!outcome.ok) refused = { reason: outcome.reason, offer: null };
      return outcome;
    });
    if (refused === null) forms.close();
    return refused;
  };
  const lines = contentLines(file.tree, branch);
  return (
    <div className={styles.branch}>
      <div className={styles.branchHead}>
        <code className={styles.word}>{branch.word}</code>
        {branch.condition !== null && (
          <ConditionField
            label={`Condition of ${words}`}
            hideLabel
            value={branch.condition}
            onCommit={(condition) => wish(({ file: now }, node) => setCondition(now, node, condition))}
          />
        )}
        <span className={styles.grow} />
        <Button
          size="s"
          variant="quiet"
          aria-label={`Move rules here: ${words}`}
          onClick={() =>
            workbenchStore.getState().openDialog({
              kind: "under-condition",
              place: { conditional: row.index, branch: branch.index, words },
            })
          }
        >
          Move rules here
        </Button>
        <Menu
          align="end"
          trigger={
            <Button size="s" variant="quiet" icon="add" aria-label={`New rule: ${words}`}>
              New rule
            </Button>
          }
          items={beginnings.map(({ label, value }) => ({ label, onSelect: () => forms.begin(value) }))}
        />
        {branch.word !== "if" && (
          <IconButton
            label={removalLabel(words, branch.all)}
            icon="trash"
            size="s"
            onClick={() => wish(({ file: now }, node) => removeBranch(now, node))}
          />
        )}
      </div>
      {lines.length === 0 ? (
        <p className={styles.none}>
          {contentWords(branch.all) === null ? "Nothing stands in it." : "Nothing stands in it but further conditions."}
        </p>
      ) : (
        <ul className={styles.rules} aria-label={`What stands under ${words}`}>
          {lines.slice(0, limit).map(({ start, end, text }) => (
            <li key={start}>
              <code>{text}</code>
              <LineLink path={file.path} line={lineOf(file.tree, start)} start={start} end={end} of={text} />
            </li>
          ))}
        </ul>
      )}
      {lines.length > limit && (
        <Button size="s" variant="quiet" onClick={() => setLimit(limit + 50)}>
          {lines.length - limit} more
        </Button>
      )}
      {form !== null && (
        <RuleForm
          key={form.id}
          label={`New rule in ${words}`}
          value={form.value}
          onChange={forms.change}
          claimsFocus={forms.claimsFocus}
          save="Add the rule"
          onSave={add}
          onCancel={forms.close}
        />
      )}
    </div>
  );
}
