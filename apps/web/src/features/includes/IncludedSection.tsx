import { includesBring, type PolicyFiles, valuesIn } from "@hauberk/core/analysis";
import { addInclude, removeInclude } from "@hauberk/core/edit";
import { memo, useCallback } from "react";
import { LineLink } from "../../panel/LineLink.tsx";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { ShownStandingNote } from "../../panel/StandingNote.tsx";
import { useEdit } from "../../panel/use-edit.ts";
import { workbenchStore } from "../../store/index.ts";
import { Badge, Button, DangerMark, IconButton, WithCode } from "../../ui/index.ts";
import { BringsAbout } from "./BringsAbout.tsx";
import { BroughtTotal } from "./BroughtTotal.tsx";
import {
  bringsWords,
  conditionalRules,
  type IncludeRow,
  includeRows,
  type IncludeScope,
  isLocal,
  localIncludePath,
} from "./includes-model.ts";
import styles from "./IncludesPanel.module.css";
import { includesOfScope, scopeNow } from "./scope-now.ts";

/** What the profile includes, and what that brings in all. */
export function IncludedSection({ scope, files }: { readonly scope: IncludeScope; readonly files: PolicyFiles }) {
  const { file, profile } = scope;
  const { refusedAt, perform, forget } = useEdit();
  const includes = includesOfScope(scope);
  const rows = includeRows(file, includes, files);
  const all = includesBring(includes, files);
  const remove = useCallback(
    (index: number) => {
      const now = scopeNow();
      const include = now === null ? undefined : includesOfScope(now)[index];
      perform(
        "includes",
        now === null || include === undefined
          ? { ok: false, reason: "the include is not there any more" }
          : removeInclude(now.file, include),
      );
    },
    [perform],
  );
  const addLocal = () => {
    const now = scopeNow();
    if (now === null) return;
    perform("includes", addInclude(now.file, now.profile, localIncludePath(now.file.path), { ifExists: true }));
  };
  const own = profile === null ? file.looseRules.length : profile.rules.length;
  return (
    <section className={panel.section} aria-label="Included">
      <div className={panel.heading}>
        <h3>{profile === null ? "Included here" : `Included in ${profile.name}`}</h3>
        <span className={panel.count}>{rows.length}</span>
      </div>
      <RefusalNote reason={refusedAt("includes")} onDismiss={forget} />
      <BroughtTotal
        own={own}
        ofProfile={profile !== null}
        all={all}
        values={valuesIn(file, files)}
        conditional={conditionalRules(includes, all, files)}
      />
      {rows.length === 0 && (
        <p className={panel.small}>
          None. Nearly every program needs <code>abstractions/base</code>: without it not even the loader may be read.
        </p>
      )}
      <ul className={styles.list}>
        {rows.map((row) => (
          <IncludedItem key={row.index} row={row} filePath={file.path} onRemove={remove} />
        ))}
      </ul>
      {!includes.some(isLocal) && profile?.form === "profile" && (
        <p className={styles.offer}>
          <span>
            No local include: administrators could change this profile only by editing it, and an update would overwrite
            that.
          </span>
          <Button size="s" onClick={addLocal}>
            Include {localIncludePath(file.path)} if it exists
          </Button>
        </p>
      )}
    </section>
  );
}

interface IncludedItemProps {
  readonly row: IncludeRow;
  readonly filePath: string;
  readonly onRemove: (index: number) => void;
}

/** One include. Drawn again only where something of it changes: a keystroke moves what stands below it. */
const IncludedItem = memo(
  function Item({ row, filePath, onRemove }: IncludedItemProps) {
    const { brings } = row;
    const first = brings.files[0];
    return (
      <li>
        <div className={styles.item}>
          <code className={styles.name}>{row.path}</code>
          {row.ifExists && <Badge>if exists</Badge>}
          {row.origin === "design" && <Badge tone="accent">this design</Badge>}
          {row.standing === "missing" && <Badge tone="bad">not there</Badge>}
          {row.marks.map((words) => (
            <span key={words} className={panel.count}>
              <WithCode text={words} />
            </span>
          ))}
          {row.danger !== null && <DangerMark level={row.danger} />}
          <span className={styles.grow} />
          <LineLink
            path={filePath}
            line={row.line}
            start={row.start}
            end={row.end}
            of={`the include of ${row.path}`}
            now={() => {
              const now = scopeNow();
              return now === null ? undefined : includesOfScope(now)[row.index]?.node;
            }}
          />
          {first !== undefined && (
            <IconButton
              label={`Read ${first.path}`}
              icon="file"
              size="s"
              onClick={() => workbenchStore.getState().openDialog({ kind: "policy-file", path: first.path, at: null })}
            />
          )}
          <IconButton
            label={`Remove the include of ${row.path}`}
            icon="trash"
            size="s"
            onClick={() => onRemove(row.index)}
          />
        </div>
        <BringsAbout brings={brings} words={bringsWords(brings, row.danger)} />
        <ShownStandingNote find={({ profile }) => profile.includes[row.index]?.node} />
      </li>
    );
  },
  (a, b) =>
    a.filePath === b.filePath &&
    a.onRemove === b.onRemove &&
    a.row.index === b.row.index &&
    a.row.path === b.row.path &&
    a.row.ifExists === b.row.ifExists &&
    a.row.line === b.row.line &&
    a.row.marks.join("\n") === b.row.marks.join("\n") &&
    a.row.brings === b.row.brings &&
    a.row.danger === b.row.danger,
);
