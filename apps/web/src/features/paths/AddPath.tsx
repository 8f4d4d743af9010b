import { addRule, type MeantPath } from "@hauberk/core/edit";
import type { FilePermission } from "@hauberk/core/rules";
import { filePermissions } from "@hauberk/core/vocabulary";
import { memo, useRef, useState } from "react";

import { keptState } from "../../panel/kept-state.ts";
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

/** What stands in the line. */
interface NewPath {
  readonly path: string;
  readonly permissions: readonly FilePermission[];
  readonly owner: boolean;
  /** The suggestion that was taken: its tunables come with the rule. */
  readonly taken: MeantPath | null;
}

const nothing: NewPath = { path: "", permissions: ["r"], owner: false, taken: null };

const useNewPath = keptState(nothing);

function AddPathForm({ variables }: { readonly variables: ReadonlySet<string> }) {
  const [{ path, permissions, owner, taken }, change] = useNewPath("add a path");
  const put = (part: Partial<NewPath>) => change((before) => ({ ...before, ...part }));
  const [focused, setFocused] = useState(false);
  const { refusedAt, edit, forget } = useEdit();
  const field = useRef<HTMLInputElement>(null);
  const check = path.trim() === "" ? null : checkPath(path, variables);
  const toggle = (letter: FilePermission, excludes: readonly string[]) => {
    change((before) => ({
      ...before,
      permissions: before.permissions.includes(letter)
        ? before.permissions.filter((each) => each !== letter)
        : [...before.permissions.filter((each) => !excludes.includes(each)), letter],
    }));
  };
  const pick = (instead: string) => {
    const offer = check?.ok === false ? check.instead.find((each) => each.path === instead) : undefined;
    put({ path: instead, taken: offer ?? null, ...(offer?.owner === true ? { owner: true } : {}) });
    field.current?.focus();
  };
  const meant = useMeant(path, focused && taken?.path !== path, (found) => {
    put({ taken: found, path: found.path, owner: found.owner });
  });
  const add = () => {
    if (check?.ok !== true || permissions.length === 0) return;
    const value = newPathRule(path.trim(), { permissions, exec: null, owner });
    const needs = taken?.path === value.path ? taken.needs : undefined;
    const done = edit("add", ({ file, profile }) => withTunables(file, addRule(file, profile, value), needs));
    if (done) {
      // What one suggestion ticked does not go for the next path.
      put({ path: "", taken: null, ...(taken?.owner === true ? { owner: false } : {}) });
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
            onChange={(event) => put({ path: event.target.value })}
            onKeyDown={(event) => meant.keys(event)}
            onFocus={() => setFocused(true)}
            onBlur={() => setFocused(false)}
          />
        </div>
        <PathHelp
          align="start"
          variables={variables}
          onPick={(text) => change((before) => ({ ...before, path: before.path + text }))}
        />
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
          <Toggle
            label="owner: only files that the user owns, for the new path"
            pressed={owner}
            onChange={(on) => put({ owner: on })}
          >
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
