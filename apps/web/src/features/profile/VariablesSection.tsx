import type { FileView } from "@hauberk/core/design";
import { addVariable, removeVariable, setVariable } from "@hauberk/core/edit";
import { useState } from "react";

import { LineLink } from "../../panel/LineLink.tsx";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { type Shown, useEdit } from "../../panel/use-edit.ts";
import { designStore, fileView } from "../../store/index.ts";
import { Button, IconButton, Select, TextField } from "../../ui/index.ts";
import { declareInTunable } from "./new-tunable.ts";
import {
  bareName,
  joinValues,
  splitValues,
  tunablePath,
  type VariableRow,
  variableNameProblem,
  variableRows,
} from "./profile-model.ts";
import styles from "./ProfilePanel.module.css";

/** The assignment of a row as it is now. */
function at(row: VariableRow) {
  const view = fileView(designStore.getState().texts, row.filePath);
  const variable = view?.variables[row.index];
  return view === null || variable === undefined ? null : { view, variable };
}

/** The variables that this design declares. */
export function VariablesSection({ shown, views }: { readonly shown: Shown; readonly views: readonly FileView[] }) {
  const { file } = shown;
  const [adding, setAdding] = useState(false);
  const { refusedAt, perform, forget } = useEdit();
  const rows = variableRows(file, views);
  const change = (row: VariableRow, text: string) => {
    const now = at(row);
    if (now !== null) perform("variables", setVariable(now.view, now.variable, splitValues(text)));
  };
  const remove = (row: VariableRow) => {
    const now = at(row);
    if (now !== null) perform("variables", removeVariable(now.view, now.variable));
  };
  return (
    <section className={panel.section} aria-label="Variables">
      <div className={panel.heading}>
        <h3>Variables</h3>
        <span className={panel.count}>{rows.length}</span>
        <span className={styles.grow} />
        {!adding && (
          <Button size="s" icon="add" onClick={() => setAdding(true)}>
            Add a variable
          </Button>
        )}
      </div>
      <RefusalNote reason={refusedAt("variables")} onDismiss={forget} />
      {adding && <AddVariable shown={shown} taken={rows.map(({ name }) => name)} onDone={() => setAdding(false)} />}
      {rows.length === 0 && !adding && (
        <p className={panel.small}>
          None of its own. A variable in a file below <code>tunables/</code> lets administrators choose a path without
          touching the profile.
        </p>
      )}
      {rows.length > 0 && (
        <table className={styles.variables}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Values</th>
              <th scope="col">Place</th>
              <th scope="col">
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.filePath} ${row.index}`}>
                <th scope="row">
                  <code>
                    @{"{"}
                    {row.name}
                    {"}"}
                  </code>
                  {row.operator !== "=" && <code> {row.operator}</code>}
                </th>
                <td>
                  <TextField
                    label={`Values of ${row.name}`}
                    hideLabel
                    mono
                    size="s"
                    value={joinValues(row.values)}
                    onCommit={(text) => change(row, text)}
                  />
                </td>
                <td>
                  {row.filePath !== file.path && (
                    <span className={styles.place}>{row.filePath.replace(/^apparmor\.d\//, "")} </span>
                  )}
                  <LineLink
                    path={row.filePath}
                    line={row.line}
                    start={row.start}
                    end={row.end}
                    of={`the variable ${row.name}`}
                  />
                </td>
                <td>
                  <IconButton
                    label={`Remove the variable ${row.name}`}
                    icon="trash"
                    size="s"
                    onClick={() => remove(row)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface AddVariableProps {
  readonly shown: Shown;
  readonly taken: readonly string[];
  readonly onDone: () => void;
}

function AddVariable({ shown, taken, onDone }: AddVariableProps) {
  const { file, profile } = shown;
  const own = tunablePath(profile.name);
  const [name, setName] = useState("");
  const [values, setValues] = useState("");
  const [place, setPlace] = useState<"own" | "file">("own");
  const [sent, setSent] = useState(false);
  const { refusedAt, perform, refuse, forget } = useEdit();
  const problem = variableNameProblem(name, taken);
  const add = () => {
    setSent(true);
    const list = splitValues(values);
    if (problem !== null || list.length === 0) return;
    if (place === "file") {
      if (perform("add", addVariable(file, bareName(name), list))) onDone();
      return;
    }
    const state = designStore.getState();
    const { activePath, activeProfile } = state;
    const outcome = declareInTunable(file, own, state.texts.get(own) ?? null, bareName(name), list);
    if (!outcome.ok) {
      refuse("add", outcome.reason);
      return;
    }
    state.changeFiles(outcome.label, outcome.put);
    // The new file must not take the place of the profile that is being worked on.
    if (activeProfile !== null) state.setActiveProfile(activeProfile);
    else if (activePath !== null) state.setActivePath(activePath);
    onDone();
  };
  return (
    <form
      className={styles.addVariable}
      aria-label="New variable"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <TextField
        label="Name"
        mono
        size="s"
        autoFocus
        value={name}
        onChange={setName}
        placeholder="RUSTNET_LOG_DIR"
        error={sent ? problem : null}
      />
      <div className={styles.grow}>
        <TextField
          label="Values, with blanks between"
          mono
          size="s"
          value={values}
          onChange={setValues}
          placeholder="/var/log/rustnet/"
          error={sent && splitValues(values).length === 0 ? "A variable needs a value." : null}
        />
      </div>
      <Select
        label="Declared in"
        size="s"
        value={place}
        options={[
          {
            value: "own",
            label: own.replace(/^apparmor\.d\//, ""),
            hint: "A file of its own in the design, for administrators to change.",
          },
          { value: "file", label: "this file", hint: "In the preamble, above the profile." },
        ]}
        onChange={setPlace}
      />
      <div className={styles.formButtons}>
        <Button size="s" onClick={onDone}>
          Cancel
        </Button>
        <Button size="s" type="submit" variant="primary">
          Add
        </Button>
      </div>
      <div className={styles.whole}>
        <RefusalNote reason={refusedAt("add")} onDismiss={forget} />
      </div>
    </form>
  );
}
