import { addRule, type MeantPath } from "@hauberk/core/edit";
import type { FilePermission } from "@hauberk/core/rules";
import { filePermissions } from "@hauberk/core/vocabulary";
import { memo, useRef, useState } from "react";

import { PathHelp } from "../../panel/PathHelp.tsx";
import { checkPath } from "../../panel/path-check.ts";
import { PathRemarks } from "../../panel/PathRemarks.tsx";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { useEdit } from "../../panel/use-edit.ts";
import { Button, Toggle } from "../../ui/index.ts";
import { MeantList } from "./MeantList.tsx";
import { withTunables } from "./path-edits.ts";
import { newPathRule } from "./paths-model.ts";
import styles from "./PathsPanel.module.css";
import { useMeant } from "./use-meant.ts";

function AddPathForm({ variables }: { readonly variables: ReadonlySet<string> }) {
  const [path, setPath] = useState("");
  const [permissions, setPermissions] = useState<readonly FilePermission[]>(["r"]);
  const [owner, setOwner] = useState(false);
  // The suggestion that was taken: its tunables come with the rule.
  const [taken, setTaken] = useState<MeantPath | null>(null);
  const [focused, setFocused] = useState(false);
  const { refusedAt, edit, forget } = useEdit();
  const field = useRef<HTMLInputElement>(null);
  const check = path.trim() === "" ? null : checkPath(path, variables);
  const toggle = (letter: FilePermission, excludes: readonly string[]) => {
    setPermissions((now) =>
      now.includes(letter)
        ? now.filter((each) => each !== letter)
        : [...now.filter((each) => !excludes.includes(each)), letter],
    );
  };
  const pick = (instead: string) => {
    const offer = check?.ok === false ? check.instead.find((each) => each.path === instead) : undefined;
    setPath(instead);
    setTaken(offer ?? null);
    if (offer?.owner === true) setOwner(true);
    field.current?.focus();
  };
  const meant = useMeant(path, focused && taken?.path !== path, (found) => {
    setTaken(found);
    setPath(found.path);
    setOwner(found.owner);
  });
  const add = () => {
    if (check?.ok !== true || permissions.length === 0) return;
    const value = newPathRule(path.trim(), { permissions, exec: null, owner });
    const needs = taken?.path === value.path ? taken.needs : undefined;
    const done = edit("add", ({ file, profile }) => withTunables(file, addRule(file, profile, value), needs));
    if (done) {
      setPath("");
      // What one suggestion ticked does not go for the next path.
      if (taken?.owner === true) setOwner(false);
      setTaken(null);
    }
    field.current?.focus();
  };
  return (
    <form
      className={styles.add}
      aria-label="Add a path"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div className={styles.addLine}>
        <div className={styles.meant}>
          <input
            ref={field}
            className={styles.newPath}
            aria-label="New path"
            placeholder="Add a path: /etc/app/**"
            value={path}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            {...meant.input}
            onChange={(event) => setPath(event.target.value)}
            onKeyDown={(event) => meant.keys(event)}
            onFocus={() => setFocused(true)}
            onBlur={() => setFocused(false)}
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
        {meant.items.length > 0 && (
          <div className={styles.meantList}>
            <MeantList id={meant.listId} items={meant.items} current={meant.current} onPick={meant.take} />
          </div>
        )}
      </div>
      {check !== null && <PathRemarks check={check} onPick={pick} />}
      {permissions.length === 0 && path !== "" && <p className={styles.note}>Tick at least one permission.</p>}
      <RefusalNote reason={refusedAt("add")} onDismiss={forget} />
    </form>
  );
}

/** A line to write a new path into, with its permissions; Enter adds it and leaves the line ready for the next. */
export const AddPath = memo(AddPathForm);
