import {
  addAlias,
  addBoolean,
  changeAlias,
  type EditOutcome,
  removeAlias,
  removeBoolean,
  setBoolean,
} from "@hauberk/core/edit";
import type { AliasView, BooleanView, FileView } from "@hauberk/core/design";
import { memo, type SubmitEvent, useState } from "react";

import { LineLink } from "../../panel/LineLink.tsx";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { lineOf } from "../../panel/rule-place.ts";
import { type Editing, type Shown, useEdit } from "../../panel/use-edit.ts";
import { Button, IconButton, Segments, TextField } from "../../ui/index.ts";
import styles from "./ProfilePanel.module.css";

const gone = { ok: false, reason: "It is not there any more." } as const;

/** All that the section shows of a file, as one text. */
function namesKey(file: FileView): string {
  return JSON.stringify([
    file.path,
    file.booleans.map(({ name, value, node }) => [name, value, lineOf(file.tree, node.start)]),
    file.aliases.map(({ from, to, node }) => [from, to, lineOf(file.tree, node.start)]),
  ]);
}

/** True where two files say the same of booleans and aliases, in the same lines. */
function sameNames({ shown: { file: a } }: { shown: Shown }, { shown: { file: b } }: { shown: Shown }): boolean {
  return a === b || namesKey(a) === namesKey(b);
}

/** Booleans and aliases of the file: what conditions ask, and paths that stand for others. */
export const NamesSection = memo(Names, sameNames);

function Names({ shown }: { readonly shown: Shown }) {
  const { file } = shown;
  const editing = useEdit();
  const [adding, setAdding] = useState<"boolean" | "alias" | null>(null);
  const { refusedAt, forget } = editing;
  return (
    <section className={panel.section} aria-label="Booleans and aliases">
      <div className={panel.heading}>
        <h3>Booleans and aliases</h3>
        <span className={panel.count}>{file.booleans.length + file.aliases.length}</span>
        <span className={styles.grow} />
        <Button size="s" icon="add" onClick={() => setAdding("boolean")}>
          Add a boolean
        </Button>
        <Button size="s" icon="add" onClick={() => setAdding("alias")}>
          Add an alias
        </Button>
      </div>
      <RefusalNote reason={refusedAt("names")} onDismiss={forget} />
      {adding === "boolean" && <AddBoolean editing={editing} onDone={() => setAdding(null)} />}
      {adding === "alias" && <AddAlias editing={editing} onDone={() => setAdding(null)} />}
      {file.booleans.length + file.aliases.length === 0 && adding === null && (
        <p className={panel.small}>
          None. A boolean is what an <code>if</code> asks; an alias makes every rule on a path hold for another path
          too.
        </p>
      )}
      <ul className={styles.list}>
        {file.booleans.map((boolean, index) => (
          <BooleanItem key={boolean.name} file={file} boolean={boolean} index={index} editing={editing} />
        ))}
        {file.aliases.map((alias, index) => (
          <AliasItem key={`${alias.from} ${alias.to}`} file={file} alias={alias} index={index} editing={editing} />
        ))}
      </ul>
    </section>
  );
}

interface BooleanItemProps {
  readonly file: FileView;
  readonly boolean: BooleanView;
  readonly index: number;
  readonly editing: Editing;
}

function BooleanItem({ file, boolean, index, editing }: BooleanItemProps) {
  const wish = (make: (now: FileView, at: BooleanView) => EditOutcome) =>
    editing.edit("names", ({ file: now }) => {
      const at = now.booleans[index];
      return at?.name === boolean.name ? make(now, at) : gone;
    });
  return (
    <li>
      <div className={styles.item}>
        <code className={styles.itemName}>${boolean.name}</code>
        <Segments
          label={`Value of $${boolean.name}`}
          value={boolean.value ? "true" : "false"}
          options={[
            { value: "true", label: "true" },
            { value: "false", label: "false" },
          ]}
          onChange={(value) => wish((now, at) => setBoolean(now, at, value === "true"))}
        />
        <span className={styles.grow} />
        <LineLink
          path={file.path}
          line={lineOf(file.tree, boolean.node.start)}
          start={boolean.node.start}
          end={boolean.node.end}
          of={`the boolean ${boolean.name}`}
        />
        <IconButton
          label={`Remove the boolean ${boolean.name}`}
          icon="trash"
          size="s"
          onClick={() => wish((now, at) => removeBoolean(now, at))}
        />
      </div>
    </li>
  );
}

interface AliasItemProps {
  readonly file: FileView;
  readonly alias: AliasView;
  readonly index: number;
  readonly editing: Editing;
}

function AliasItem({ file, alias, index, editing }: AliasItemProps) {
  const wish = (make: (now: FileView, at: AliasView) => EditOutcome) =>
    editing.edit("names", ({ file: now }) => {
      const at = now.aliases[index];
      return at?.from === alias.from ? make(now, at) : gone;
    });
  const change = (from: string, to: string) => wish((now, at) => changeAlias(now, at, { from, to }));
  return (
    <li>
      <div className={styles.item}>
        <span className={panel.soft}>alias</span>
        <div className={styles.aliasPath}>
          <TextField
            label={`Path that the alias ${alias.from} is for`}
            hideLabel
            mono
            size="s"
            value={alias.from}
            onCommit={(text) => change(text.trim(), alias.to)}
          />
        </div>
        <span aria-hidden="true">→</span>
        <div className={styles.aliasPath}>
          <TextField
            label={`Path that ${alias.from} stands for too`}
            hideLabel
            mono
            size="s"
            value={alias.to}
            onCommit={(text) => change(alias.from, text.trim())}
          />
        </div>
        <LineLink
          path={file.path}
          line={lineOf(file.tree, alias.node.start)}
          start={alias.node.start}
          end={alias.node.end}
          of={`the alias of ${alias.from}`}
        />
        <IconButton
          label={`Remove the alias of ${alias.from}`}
          icon="trash"
          size="s"
          onClick={() => wish((now, at) => removeAlias(now, at))}
        />
      </div>
    </li>
  );
}

interface AddProps {
  readonly editing: Editing;
  readonly onDone: () => void;
}

function AddBoolean({ editing, onDone }: AddProps) {
  const [name, setName] = useState("");
  const [value, setValue] = useState<"true" | "false">("true");
  const bare = name
    .trim()
    .replace(/^\$\{?/, "")
    .replace(/\}$/, "");
  return (
    <form
      className={styles.addVariable}
      aria-label="New boolean"
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        if (bare !== "" && editing.edit("names", ({ file }) => addBoolean(file, bare, value === "true"))) onDone();
      }}
    >
      <div className={styles.grow}>
        <TextField label="Name" mono size="s" autoFocus value={name} placeholder="debugging" onChange={setName} />
      </div>
      <div className={styles.formButtons}>
        <Segments
          label="Value"
          value={value}
          options={[
            { value: "true", label: "true" },
            { value: "false", label: "false" },
          ]}
          onChange={setValue}
        />
        <Button size="s" onClick={onDone}>
          Cancel
        </Button>
        <Button size="s" type="submit" variant="primary" disabled={bare === ""}>
          Add
        </Button>
      </div>
    </form>
  );
}

function AddAlias({ editing, onDone }: AddProps) {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const ready = from.trim() !== "" && to.trim() !== "";
  return (
    <form
      className={styles.addVariable}
      aria-label="New alias"
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        const paths = { from: from.trim(), to: to.trim() };
        if (ready && editing.edit("names", ({ file }) => addAlias(file, paths))) onDone();
      }}
    >
      <div className={styles.grow}>
        <TextField
          label="Rules on this path"
          mono
          size="s"
          autoFocus
          value={from}
          placeholder="/home/"
          onChange={setFrom}
        />
      </div>
      <div className={styles.grow}>
        <TextField label="hold here too" mono size="s" value={to} placeholder="/srv/home/" onChange={setTo} />
      </div>
      <div className={styles.formButtons}>
        <Button size="s" onClick={onDone}>
          Cancel
        </Button>
        <Button size="s" type="submit" variant="primary" disabled={!ready}>
          Add
        </Button>
      </div>
    </form>
  );
}
