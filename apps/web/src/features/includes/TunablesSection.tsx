import type { PolicyFiles } from "@hauberk/core/analysis";
import type { FileView } from "@hauberk/core/design";
import { addInclude, removeInclude } from "@hauberk/core/edit";
import { useMemo, useState } from "react";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { useEdit } from "../../panel/use-edit.ts";
import { useActiveValues } from "../../panel/variable-values.ts";
import { workbenchStore } from "../../store/index.ts";
import { Badge, Button, Checkbox, Disclosure, IconButton } from "../../ui/index.ts";
import { BringsAbout } from "./BringsAbout.tsx";
import { bringsWords, includeRows, libraryRows } from "./includes-model.ts";
import styles from "./IncludesPanel.module.css";
import { NewPiece } from "./NewPiece.tsx";
import { scopeNow } from "./scope-now.ts";

/** The files of variables that the preamble includes, and those that it could. */
export function TunablesSection({ file, files }: { readonly file: FileView; readonly files: PolicyFiles }) {
  const [making, setMaking] = useState(false);
  const { refusedAt, perform, forget } = useEdit();
  const values = useActiveValues();
  const library = useMemo(() => libraryRows("tunables", files, values), [files, values]);
  const included = includeRows(file, file.includes, files);
  const direct = new Set(included.map(({ path }) => path));
  const through = new Set(included.flatMap(({ brings }) => brings.files.map(({ path }) => path)));
  const self = file.path.replace(/^apparmor\.d\//, "");
  // In a file of loose rules the includes stand for rules, and are ticked in the other part.
  const listed = included.filter(({ path, brings }) => path.startsWith("tunables/") || brings.rules === 0);
  const offered = library.filter(({ path }) => !direct.has(path) && path !== self);
  const tick = (path: string, on: boolean) => {
    const now = scopeNow();
    if (now === null) return;
    const include = now.file.includes.find((each) => each.path === path);
    if (on) perform("tunables", addInclude(now.file, null, path));
    else if (include !== undefined) perform("tunables", removeInclude(now.file, include));
  };
  return (
    <section className={panel.section} aria-label="Tunables">
      <div className={panel.heading}>
        <h3>Tunables: files of variables</h3>
        <span className={panel.count}>{listed.length}</span>
        <span className={styles.grow} />
        {!making && (
          <Button size="s" icon="add" onClick={() => setMaking(true)}>
            New file of tunables
          </Button>
        )}
      </div>
      {making && <NewPiece folder="tunables" taken={files.paths} onDone={() => setMaking(false)} />}
      <RefusalNote reason={refusedAt("tunables")} onDismiss={forget} />
      {listed.length === 0 && (
        <p className={panel.small}>
          None is included. <code>tunables/global</code> brings <code>@{"{HOME}"}</code>, <code>@{"{PROC}"}</code> and
          the other usual variables.
        </p>
      )}
      <ul className={styles.list}>
        {listed.map(({ path, index, brings, danger, origin, ifExists }) => (
          <li key={index}>
            <TunableItem path={path} ticked origin={origin} ifExists={ifExists} onTick={tick} />
            <BringsAbout brings={brings} words={bringsWords(brings, danger)} />
          </li>
        ))}
      </ul>
      {offered.length > 0 && (
        <Disclosure
          summary={`${offered.length} more ${offered.length === 1 ? "file" : "files"} of tunables`}
          defaultOpen={listed.length === 0}
        >
          <ul className={styles.list}>
            {offered.map(({ path, origin, brings, words }) => (
              <li key={path}>
                <TunableItem path={path} ticked={false} origin={origin} ifExists={false} onTick={tick} />
                {through.has(path) && <p className={styles.counted}>Comes already by what is included.</p>}
                <BringsAbout brings={brings} words={words} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </section>
  );
}

interface TunableItemProps {
  readonly path: string;
  readonly ticked: boolean;
  readonly origin: "design" | "target" | null;
  readonly ifExists: boolean;
  readonly onTick: (path: string, on: boolean) => void;
}

function TunableItem({ path, ticked, origin, ifExists, onTick }: TunableItemProps) {
  return (
    <div className={styles.item}>
      <Checkbox label={`Include ${path}`} hideLabel checked={ticked} onChange={(on) => onTick(path, on)} />
      <code className={styles.name}>{path}</code>
      {ifExists && <Badge>if exists</Badge>}
      {origin === "design" && <Badge tone="accent">this design</Badge>}
      <span className={styles.grow} />
      {origin !== null && (
        <IconButton
          label={`Read ${path}`}
          icon="file"
          size="s"
          onClick={() => workbenchStore.getState().openDialog({ kind: "policy-file", path, at: null })}
        />
      )}
    </div>
  );
}
