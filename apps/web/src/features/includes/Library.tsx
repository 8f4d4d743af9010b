import type { PolicyFiles } from "@hauberk/core/analysis";
import { addInclude, removeInclude } from "@hauberk/core/edit";
import { memo, useCallback, useDeferredValue, useMemo, useState } from "react";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { useEdit } from "../../panel/use-edit.ts";
import { useActiveValues } from "../../panel/variable-values.ts";
import { workbenchStore } from "../../store/index.ts";
import { Badge, Button, Checkbox, DangerMark, EmptyState, IconButton, SearchField } from "../../ui/index.ts";
import { BringsAbout } from "./BringsAbout.tsx";
import { foundRows, type LibraryRow, libraryRows } from "./includes-model.ts";
import styles from "./IncludesPanel.module.css";
import { NewPiece } from "./NewPiece.tsx";
import { includesOfScope, scopeNow } from "./scope-now.ts";

interface LibraryProps {
  readonly folder: "abstractions" | "tunables";
  /** What is included already, a path a line: a text, so that the same is seen to be the same. */
  readonly included: string;
  /** The path below `/etc/apparmor.d` of the file that is shown. */
  readonly self: string;
  readonly files: PolicyFiles;
}

/** Every abstraction of the design and the target, to tick into the profile. A keystroke in the text draws nothing of it. */
export const Library = memo(function AllAbstractions({ folder, included, self, files }: LibraryProps) {
  const [search, setSearch] = useState("");
  const [making, setMaking] = useState(false);
  const wanted = useDeferredValue(search);
  const values = useActiveValues();
  const all = useMemo(() => libraryRows(folder, files, values), [folder, files, values]);
  const rows = useMemo(() => foundRows(all, wanted), [all, wanted]);
  const { refusedAt, perform, forget } = useEdit();
  const tick = useCallback(
    (path: string, on: boolean) => {
      const now = scopeNow();
      if (now === null) return;
      if (on) perform("library", addInclude(now.file, now.profile, path));
      else {
        const include = includesOfScope(now).find((each) => each.path === path);
        if (include !== undefined) perform("library", removeInclude(now.file, include));
      }
    },
    [perform],
  );
  const ticked = new Set(included.split("\n"));
  return (
    <section aria-label="All abstractions">
      <div className={styles.libraryHead}>
        <div className={panel.heading}>
          <h3>All abstractions</h3>
          <span className={panel.count}>{all.length}</span>
          <span className={styles.grow} />
          {!making && (
            <Button size="s" icon="add" onClick={() => setMaking(true)}>
              New abstraction
            </Button>
          )}
        </div>
        {making && <NewPiece folder={folder} taken={files.paths} onDone={() => setMaking(false)} />}
        <RefusalNote reason={refusedAt("library")} onDismiss={forget} />
      </div>
      <div className={styles.libraryBar}>
        <div className={styles.librarySearch}>
          <SearchField
            label="Find an abstraction"
            placeholder="Name, purpose, what it opens"
            size="s"
            value={search}
            onChange={setSearch}
          />
        </div>
        <span className={panel.count} role="status">
          {wanted.trim() === "" ? "" : `${rows.length} found`}
        </span>
      </div>
      {rows.length === 0 ? (
        <EmptyState title={all.length === 0 ? "No abstractions are at hand" : "No abstraction fits"}>
          <p>
            {all.length === 0
              ? "The target’s policy is not here; what the design holds itself would stand here."
              : "Search for a part of a name, for what it is for, or for what it opens."}
          </p>
        </EmptyState>
      ) : (
        <ul aria-label="Abstractions">
          {rows.map((row) => (
            <LibraryItem
              key={row.path}
              row={row}
              ticked={ticked.has(row.path)}
              isSelf={row.path === self}
              onTick={tick}
            />
          ))}
        </ul>
      )}
    </section>
  );
});

interface LibraryItemProps {
  readonly row: LibraryRow;
  readonly ticked: boolean;
  /** The file that is shown: it can't include itself. */
  readonly isSelf: boolean;
  readonly onTick: (path: string, on: boolean) => void;
}

/** A row; drawn again only where its file or its tick changes. */
const LibraryItem = memo(function Item({ row, ticked, isSelf, onTick }: LibraryItemProps) {
  const { path, origin, brings, danger, words } = row;
  return (
    <li className={styles.libraryRow}>
      <span>
        <Checkbox
          label={`Include ${path}`}
          hideLabel
          checked={ticked}
          disabled={isSelf}
          onChange={(on) => onTick(path, on)}
        />
      </span>
      <div>
        <div className={styles.item}>
          <code className={styles.name}>{path}</code>
          {origin === "design" && <Badge tone="accent">this design</Badge>}
          {danger !== null && <DangerMark level={danger} />}
        </div>
        <BringsAbout brings={brings} words={words} />
      </div>
      <IconButton
        label={`Read ${path}`}
        icon="file"
        size="s"
        onClick={() => workbenchStore.getState().openDialog({ kind: "policy-file", path, at: null })}
      />
    </li>
  );
});
