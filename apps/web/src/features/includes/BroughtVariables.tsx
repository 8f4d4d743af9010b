import type { PolicyFiles } from "@hauberk/core/analysis";
import { includesBring } from "@hauberk/core/analysis";
import type { FileView } from "@hauberk/core/design";
import { knownVariables, wordNamed } from "@hauberk/core/vocabulary";
import { useState } from "react";
import panel from "../../panel/panel.module.css";
import { useActiveProfile, workbenchStore } from "../../store/index.ts";
import { SearchField, WithCode } from "../../ui/index.ts";
import styles from "./IncludesPanel.module.css";
import { VariableUses } from "./VariableUses.tsx";
import { broughtVariables, usesOf } from "./variables-model.ts";

interface BroughtVariablesProps {
  readonly file: FileView;
  readonly views: readonly FileView[];
  readonly files: PolicyFiles;
}

/** The variables that the target's tunables bring, with what they stand for there. */
export function BroughtVariables({ file, views, files }: BroughtVariablesProps) {
  const [search, setSearch] = useState("");
  const shown = useActiveProfile();
  const all = broughtVariables(file, files);
  if (all.length === 0) return null;
  const included = includesBring([...file.includes, ...(shown?.profile.includes ?? [])], files).files;
  const wanted = search.trim().toLowerCase();
  const rows = all.filter(({ name, values }) => `${name} ${values.join(" ")}`.toLowerCase().includes(wanted));
  return (
    <section className={panel.section} aria-label="Variables of the target">
      <div className={panel.heading}>
        <h3>Variables that the target’s tunables set</h3>
        <span className={panel.count}>{all.length}</span>
      </div>
      <div className={styles.librarySearch}>
        <SearchField label="Find a variable" placeholder="Name or value" size="s" value={search} onChange={setSearch} />
      </div>
      <table className={styles.variables}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Stands for</th>
            <th scope="col">Set in</th>
            <th scope="col">Uses</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, values, from }) => {
            const known = wordNamed(knownVariables, name);
            return (
              <tr key={name}>
                <th scope="row">
                  <code>{`@{${name}}`}</code>
                </th>
                <td>
                  <div className={styles.values}>
                    {values.map((value, index) => (
                      <code key={`${index} ${value}`}>{value === "" ? '""' : value}</code>
                    ))}
                  </div>
                  {known !== undefined && (
                    <p className={styles.about}>
                      <WithCode text={known.sentence} />
                    </p>
                  )}
                </td>
                <td>
                  {from.map(({ path, origin, start }) => (
                    <button
                      key={`${path} ${start}`}
                      type="button"
                      className={styles.link}
                      aria-label={`Read ${path}, which sets ${name}`}
                      onClick={() => workbenchStore.getState().openDialog({ kind: "policy-file", path, at: start })}
                    >
                      {path}
                      {origin === "design" ? " (this design)" : ""}
                    </button>
                  ))}
                </td>
                <td>
                  <VariableUses name={name} places={usesOf(name, views, included)} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
