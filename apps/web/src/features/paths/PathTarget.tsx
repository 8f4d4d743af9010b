import { execModeNamed } from "@hauberk/core/vocabulary";

import { type ExecSurroundings, targetChoices } from "../../panel/exec-surroundings.ts";
import { TextField } from "../../ui/index.ts";
import { type PathRow, type TargetKind, targetOf } from "./paths-model.ts";
import styles from "./PathsPanel.module.css";
import type { TableHandlers } from "./PathTable.tsx";

interface PathTargetProps {
  readonly row: PathRow;
  readonly path: string;
  readonly handlers: TableHandlers;
  readonly surroundings: ExecSurroundings;
}

const fields: Readonly<Record<TargetKind, { readonly label: (path: string) => string; readonly placeholder: string }>> =
  {
    profile: { label: (path) => `Profile that ${path} runs under`, placeholder: "profile named by the path" },
    link: { label: (path) => `File that the link ${path} may lead to`, placeholder: "any file" },
  };

/** What stands behind the rule's `->`, with its field; nothing where no target may stand. Emptied, it goes. */
export function PathTarget({ row, path, handlers, surroundings }: PathTargetProps) {
  // A target that is written where none may stand is shown as well: else nobody could take it away.
  const kind = targetOf(row) ?? (row.execTarget === null ? null : "profile");
  if (kind === null) return null;
  const child = row.exec !== null && execModeNamed(row.exec)?.goal === "child";
  const { label, placeholder } = fields[kind];
  return (
    <>
      <span className={styles.note} aria-hidden="true">
        -&gt;
      </span>
      <div className={styles.target}>
        <TextField
          label={label(path)}
          hideLabel
          mono
          size="s"
          value={row.execTarget ?? ""}
          placeholder={placeholder}
          {...(kind === "link"
            ? {}
            : { suggestions: targetChoices(surroundings, child).flatMap(({ names }) => names) })}
          onCommit={(target) => handlers.change(row.index, { execTarget: target.trim() === "" ? null : target.trim() })}
        />
      </div>
    </>
  );
}
