import { includesBring, type PolicyFiles } from "@hauberk/core/analysis";
import type { FileView } from "@hauberk/core/design";
import { removeVariable, renameVariable, setVariable } from "@hauberk/core/edit";
import { useState } from "react";
import { LineLink } from "../../panel/LineLink.tsx";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { useEdit } from "../../panel/use-edit.ts";
import { designStore, fileView, fileViews } from "../../store/index.ts";
import { Badge, Button, IconButton, TextField } from "../../ui/index.ts";
import { AddVariable } from "./AddVariable.tsx";
import type { IncludeScope } from "./includes-model.ts";
import styles from "./IncludesPanel.module.css";
import { VariableUses } from "./VariableUses.tsx";
import { bareName, joinValues, splitValues, usesOf, type VariableRow, variableRows } from "./variables-model.ts";

/** The assignment of a row as it is now. */
function at(row: VariableRow) {
  const view = fileView(designStore.getState().texts, row.filePath);
  const variable = view?.variables[row.index];
  return view === null || variable === undefined ? null : { view, variable };
}

interface VariablesSectionProps {
  readonly scope: IncludeScope;
  readonly views: readonly FileView[];
  readonly files: PolicyFiles;
}

/** The variables that this design sets: values, places, uses. */
export function VariablesSection({ scope, views, files }: VariablesSectionProps) {
  const { file, profile } = scope;
  const [adding, setAdding] = useState(false);
  const { refusedAt, perform, forget } = useEdit();
  const rows = variableRows(file, views);
  const included = includesBring([...file.includes, ...(profile?.includes ?? [])], files).files;
  const change = (row: VariableRow, text: string) => {
    const now = at(row);
    if (now !== null) perform("variables", setVariable(now.view, now.variable, splitValues(text)));
  };
  const rename = (row: VariableRow, text: string) => {
    perform("variables", renameVariable(fileViews(designStore.getState().texts), row.name, bareName(text)));
  };
  const remove = (row: VariableRow) => {
    const now = at(row);
    if (now !== null) perform("variables", removeVariable(now.view, now.variable));
  };
  return (
    <section className={panel.section} aria-label="Variables">
      <div className={panel.heading}>
        <h3>Variables of this design</h3>
        <span className={panel.count}>{rows.length}</span>
        <span className={styles.grow} />
        {!adding && (
          <Button size="s" icon="add" onClick={() => setAdding(true)}>
            Add a variable
          </Button>
        )}
      </div>
      <RefusalNote reason={refusedAt("variables")} onDismiss={forget} />
      {adding && (
        <AddVariable scope={scope} taken={rows.map(({ name }) => name)} files={files} onDone={() => setAdding(false)} />
      )}
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
              <th scope="col">Set in</th>
              <th scope="col">Uses</th>
              <th scope="col">
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.filePath} ${row.index}`}>
                <th scope="row">
                  <div className={styles.nameCell}>
                    <TextField
                      label={`Name of ${row.name}`}
                      hideLabel
                      mono
                      bare
                      size="s"
                      value={row.name}
                      onCommit={(text) => rename(row, text)}
                    />
                    {row.operator !== "=" && <Badge>{row.operator === "+=" ? "adds to" : row.operator}</Badge>}
                  </div>
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
                  <VariableUses name={row.name} places={usesOf(row.name, views, included)} />
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
