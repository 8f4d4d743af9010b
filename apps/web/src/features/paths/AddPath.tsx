import { addRule } from "@hauberk/core/edit";
import type { FilePermission } from "@hauberk/core/rules";
import { filePermissions } from "@hauberk/core/vocabulary";
import { memo, useRef, useState } from "react";

import { PathHelp } from "../../panel/PathHelp.tsx";
import { checkPath, pathBeginnings } from "../../panel/path-check.ts";
import { PathRemarks } from "../../panel/PathRemarks.tsx";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { useEdit } from "../../panel/use-edit.ts";
import { Button, TextField, Toggle } from "../../ui/index.ts";
import { newPathRule } from "./paths-model.ts";
import styles from "./PathsPanel.module.css";

function AddPathForm({ variables }: { readonly variables: ReadonlySet<string> }) {
  const [path, setPath] = useState("");
  const [permissions, setPermissions] = useState<readonly FilePermission[]>(["r"]);
  const [owner, setOwner] = useState(false);
  const { refusedAt, edit, forget } = useEdit();
  const form = useRef<HTMLFormElement>(null);
  const check = path.trim() === "" ? null : checkPath(path, variables);
  const toggle = (letter: FilePermission, excludes: readonly string[]) => {
    setPermissions((now) =>
      now.includes(letter)
        ? now.filter((each) => each !== letter)
        : [...now.filter((each) => !excludes.includes(each)), letter],
    );
  };
  const pick = (instead: string) => {
    setPath(instead);
    if (instead.startsWith("@{HOME}")) setOwner(true);
  };
  const add = () => {
    if (check?.ok !== true || permissions.length === 0) return;
    const value = newPathRule(path.trim(), { permissions, exec: null, owner });
    if (edit("add", ({ file, profile }) => addRule(file, profile, value))) setPath("");
    form.current?.querySelector("input")?.focus();
  };
  return (
    <form
      ref={form}
      className={styles.add}
      aria-label="Add a path"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div className={styles.addLine}>
        <div className={styles.addPath}>
          <TextField
            label="New path"
            hideLabel
            mono
            size="s"
            value={path}
            placeholder="Add a path: /etc/app/**"
            suggestions={suggestionsFor(path, variables)}
            onChange={setPath}
          />
        </div>
        <PathHelp align="start" variables={variables} onPick={(text) => setPath((now) => now + text)} />
        <fieldset className={styles.addLetters} aria-label="Permissions of the new path">
          {filePermissions.map(({ name, title, excludes }) => (
            <Toggle
              key={name}
              mono
              label={`${title} for the new path`}
              pressed={permissions.includes(name)}
              onChange={() => toggle(name, excludes)}
            >
              {name}
            </Toggle>
          ))}
          <Toggle label="owner: only files that the user owns, for the new path" pressed={owner} onChange={setOwner}>
            owner
          </Toggle>
        </fieldset>
        <Button type="submit" size="s" icon="add" disabled={check?.ok !== true || permissions.length === 0}>
          Add
        </Button>
      </div>
      {check !== null && <PathRemarks check={check} onPick={pick} />}
      {permissions.length === 0 && path !== "" && <p className={styles.note}>Tick at least one permission.</p>}
      <RefusalNote reason={refusedAt("add")} onDismiss={forget} />
    </form>
  );
}

/** A line to write a new path into, with its permissions; Enter adds it and leaves the line ready for the next. */
export const AddPath = memo(AddPathForm);

/** Beginnings that go on from what is typed, the design's own variables among them. */
function suggestionsFor(typed: string, variables: ReadonlySet<string>): string[] {
  const text = typed.trim();
  const all = [...pathBeginnings.map(({ path }) => path), ...[...variables].map((name) => `@{${name}}/`)];
  const at = text.lastIndexOf("@{");
  if (at > 0 && !text.includes("}", at)) {
    const head = text.slice(0, at);
    return [...variables].map((name) => `${head}@{${name}}`);
  }
  return [...new Set(all)].filter((each) => each.startsWith(text) && each !== text);
}
