import { addRules } from "@hauberk/core/edit";
import type { FilePermission } from "@hauberk/core/rules";
import { filePermissions } from "@hauberk/core/vocabulary";
import { useDeferredValue, useMemo } from "react";

import { InsteadList } from "../../panel/InsteadList.tsx";
import { keptState } from "../../panel/kept-state.ts";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { useEdit } from "../../panel/use-edit.ts";
import { Badge, Button, Dialog, Icon, TextArea, Toggle, WithCode } from "../../ui/index.ts";
import { meantLines, type PastedLine, pastedText, readPasted } from "./bulk-paste.ts";
import styles from "./PasteDialog.module.css";

interface PasteDialogProps {
  readonly variables: ReadonlySet<string>;
  readonly onClose: () => void;
}

/** What is pasted, and what paths without permissions get. */
interface Pasted {
  readonly text: string;
  readonly permissions: readonly FilePermission[];
  readonly owner: boolean;
}

const nothing: Pasted = { text: "", permissions: ["r"], owner: false };

/** Kept when the dialog closes by Escape, until it is added or given up by its button. */
const usePasted = keptState(nothing);

/** Rows of the preview that are drawn; the rest is counted. */
const mostRows = 400;

const example = "/etc/app/*.conf r\nrw /var/lib/app/**\nowner @{HOME}/.config/app/** rw,\n/usr/share/app/data.bin";

/** Many rules at once: paths, paths with permissions, or whole rules, a line each. What is not understood stays here. */
export function PasteDialog({ variables, onClose }: PasteDialogProps) {
  const [{ text, permissions, owner }, change] = usePasted("paste many");
  const setText = (next: string) => change((before) => ({ ...before, text: next }));
  const { refusedAt, edit, forget } = useEdit();
  // Thousands of lines take longer to read than a key may take to show: the preview follows the typing.
  const shownText = useDeferredValue(text);
  const lines = useMemo(
    () => readPasted(shownText, { permissions, exec: null, owner }, variables),
    [shownText, permissions, owner, variables],
  );
  const rules = lines.filter((line) => line.outcome === "rule");
  const unclear = lines.filter((line) => line.outcome === "unclear");
  const toggle = (letter: FilePermission, excludes: readonly string[]) => {
    change((before) => ({
      ...before,
      permissions: before.permissions.includes(letter)
        ? before.permissions.filter((each) => each !== letter)
        : [...before.permissions.filter((each) => !excludes.includes(each)), letter],
    }));
  };
  const drop = () => {
    change(() => nothing);
    onClose();
  };
  const add = () => {
    // A moment later the preview shows what is to be added; nothing is added unseen.
    if (shownText !== text) return;
    const done = edit("paste", ({ file, profile }) => {
      const values = rules.map(({ value }) => value);
      const outcome = addRules(file, profile, values);
      const line = "rule" in outcome ? rules[outcome.rule]?.number : undefined;
      if (outcome.ok || line === undefined) return outcome;
      return { ok: false, reason: `Line ${line}: ${outcome.reason}` };
    });
    if (!done) return;
    if (unclear.length === 0) drop();
    else setText(unclear.map((line) => line.text).join("\n"));
  };
  const mend = (number: number, line: string) =>
    change((before) => ({
      ...before,
      text: before.text
        .split(/\r?\n/)
        .with(number - 1, line)
        .join("\n"),
    }));
  return (
    <Dialog
      open
      onClose={onClose}
      title="Paste many paths"
      description="A line each: a path, a path with permissions in either order, or a whole rule."
      width={720}
      onSubmit={add}
      footer={
        <>
          <output className={styles.sum}>
            {rules.length} to add
            {unclear.length > 0 ? `, ${unclear.length} not understood` : ""}
          </output>
          <Button onClick={drop}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            disabled={rules.length === 0 || permissions.length === 0 || shownText !== text}
          >
            {rules.length === 1 ? "Add 1 rule" : `Add ${rules.length} rules`}
          </Button>
        </>
      }
    >
      <TextArea label="Paths and rules" mono rows={7} value={text} onChange={setText} placeholder={example} autoFocus />
      <fieldset className={styles.defaults} aria-label="Permissions of paths that bring none">
        <span>Paths without permissions get</span>
        {filePermissions.map(({ name, title, excludes }) => (
          <Toggle
            key={name}
            mono
            label={`${title} for paths without permissions`}
            pressed={permissions.includes(name)}
            onChange={() => toggle(name, excludes)}
          >
            {name}
          </Toggle>
        ))}
        <Toggle
          label="owner: only files that the user owns, for paths without permissions"
          pressed={owner}
          onChange={(next) => change((before) => ({ ...before, owner: next }))}
        >
          owner
        </Toggle>
      </fieldset>
      <RefusalNote reason={refusedAt("paste")} onDismiss={forget} />
      {lines.length > 0 && <Preview lines={lines} onMend={mend} />}
    </Dialog>
  );
}

interface PreviewProps {
  readonly lines: readonly PastedLine[];
  /** Writes another line in the place of one that was not understood. */
  readonly onMend: (number: number, line: string) => void;
}

function Preview({ lines, onMend }: PreviewProps) {
  const shown = lines.slice(0, mostRows);
  return (
    <section className={styles.preview} aria-label="What will be added">
      <table>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">What comes of it</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <tr key={line.number} className={styles[line.outcome]}>
              <td>{line.number}</td>
              <td>
                <code>{line.outcome === "rule" ? pastedText(line.value) : line.text}</code>
                {line.outcome === "rule" && line.value.kind !== "file" && <Badge>{line.value.kind}</Badge>}
                {line.outcome === "unclear" && (
                  <p className={styles.why}>
                    <Icon name="alert" size={12} />
                    <span>
                      Not understood: <WithCode text={line.reason} />
                    </span>
                  </p>
                )}
                {line.outcome === "unclear" && (
                  <InsteadList
                    label={`What works instead of line ${line.number}`}
                    items={line.instead}
                    onPick={(other) => onMend(line.number, other)}
                  />
                )}
                {line.outcome === "rule" && (
                  <InsteadList
                    label={`What is probably meant by line ${line.number}`}
                    items={meantLines(line.value)}
                    onPick={(other) => onMend(line.number, other)}
                  />
                )}
                {line.outcome === "skipped" && <span className={styles.skip}> left out: {line.reason}</span>}
                {line.outcome === "rule" &&
                  line.warnings.map((warning) => (
                    <p key={warning} className={styles.hint}>
                      <WithCode text={warning} />
                    </p>
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > shown.length && <p className={styles.hint}>and {lines.length - shown.length} lines more</p>}
    </section>
  );
}
