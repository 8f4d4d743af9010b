import { addInclude, removeInclude } from "@hauberk/core/edit";
import { memo, useCallback, useState } from "react";

import { LineLink } from "../../panel/LineLink.tsx";
import panel from "../../panel/panel.module.css";
import { RefusalNote } from "../../panel/RefusalNote.tsx";
import { type Shown, shownNow, useEdit } from "../../panel/use-edit.ts";
import { Badge, Button, Icon, IconButton, Popover, TextField, WithCode } from "../../ui/index.ts";
import { commonAbstractions, type IncludeRow, includeRows, isLocal, localIncludePath } from "./profile-model.ts";
import styles from "./ProfilePanel.module.css";

/** What the profile includes, and what each include brings. */
export function IncludesSection({
  shown,
  designPaths,
}: {
  readonly shown: Shown;
  readonly designPaths: readonly string[];
}) {
  const { file, profile } = shown;
  const { refusedAt, edit, forget } = useEdit();
  const rows = includeRows(file, profile.includes);
  const hasLocal = profile.includes.some(isLocal);
  const add = useCallback(
    (path: string, ifExists = false) =>
      edit("includes", ({ file: now, profile: at }) => addInclude(now, at, path, { ifExists })),
    [edit],
  );
  const remove = useCallback(
    (index: number) => {
      edit("includes", ({ file: now, profile: at }) => {
        const include = at.includes[index];
        return include === undefined
          ? { ok: false, reason: "The include is not there any more." }
          : removeInclude(now, include);
      });
    },
    [edit],
  );
  return (
    <section className={panel.section} aria-label="Includes">
      <div className={panel.heading}>
        <h3>Includes</h3>
        <span className={panel.count}>{rows.length}</span>
        <span className={styles.grow} />
        <AddInclude
          included={rows.map(({ path }) => path).join("\n")}
          designPaths={designPaths.join("\n")}
          onAdd={add}
        />
      </div>
      <RefusalNote reason={refusedAt("includes")} onDismiss={forget} />
      {rows.length === 0 && (
        <p className={panel.small}>
          None. Nearly every program needs <code>abstractions/base</code>: without it not even the loader may be read.
        </p>
      )}
      <ul className={styles.list}>
        {rows.map((row) => (
          <IncludeItem key={row.index} row={row} filePath={file.path} onRemove={remove} />
        ))}
      </ul>
      {!hasLocal && profile.form === "profile" && (
        <p className={styles.offer}>
          <span>
            No local include: administrators could change this profile only by editing it, and an update would overwrite
            that.
          </span>
          <Button size="s" onClick={() => add(localIncludePath(file.path), true)}>
            Include {localIncludePath(file.path)} if it exists
          </Button>
        </p>
      )}
    </section>
  );
}

interface IncludeItemProps {
  readonly row: IncludeRow;
  readonly filePath: string;
  readonly onRemove: (index: number) => void;
}

/** One include: what it brings, what it opens. Drawn again only where its words change. */
const IncludeItem = memo(
  function Item({ row, filePath, onRemove }: IncludeItemProps) {
    return (
      <li>
        <div className={styles.item}>
          <code className={styles.itemName}>{row.path}</code>
          {row.ifExists && <Badge>if exists</Badge>}
          {row.warning !== null && <Badge tone="warn">opens more</Badge>}
          <span className={styles.grow} />
          <LineLink
            path={filePath}
            line={row.line}
            start={row.start}
            end={row.end}
            of={`the include of ${row.path}`}
            now={() => shownNow()?.profile.includes[row.index]?.node}
          />
          <IconButton
            label={`Remove the include of ${row.path}`}
            icon="trash"
            size="s"
            onClick={() => onRemove(row.index)}
          />
        </div>
        {row.words !== null && <p className={panel.small}>{row.words}</p>}
        {row.warning !== null && (
          <p className={styles.warn}>
            <Icon name="alert" size={14} />
            <span>
              <WithCode text={row.warning} />
            </span>
          </p>
        )}
      </li>
    );
  },
  (a, b) =>
    a.filePath === b.filePath &&
    a.onRemove === b.onRemove &&
    a.row.index === b.row.index &&
    a.row.line === b.row.line &&
    a.row.path === b.row.path &&
    a.row.ifExists === b.row.ifExists &&
    a.row.words === b.row.words,
);

interface AddIncludeProps {
  /** What is included already, a line each: a text, so that the same is seen to be the same. */
  readonly included: string;
  /** The files of the design, a line each. */
  readonly designPaths: string;
  readonly onAdd: (path: string) => boolean;
}

const AddInclude = memo(function AddIncludePopover({ included, designPaths, onAdd }: AddIncludeProps) {
  const taken = new Set(included.split("\n"));
  const offered = commonAbstractions.filter(({ path: each }) => !taken.has(each));
  // Abstractions of the design itself.
  const own = designPaths
    .split("\n")
    .filter((each) => each.startsWith("apparmor.d/abstractions/"))
    .map((each) => each.slice("apparmor.d/".length))
    .filter((each) => !taken.has(each));
  const [path, setPath] = useState("");
  const add = (text: string) => {
    const plain = text.trim().replace(/^<(.*)>$/, "$1");
    if (plain !== "" && onAdd(plain)) setPath("");
  };
  return (
    <Popover
      trigger={
        <Button size="s" icon="add">
          Add an include
        </Button>
      }
      label="Add an include"
      align="end"
    >
      <form
        className={styles.addInclude}
        onSubmit={(event) => {
          event.preventDefault();
          add(path);
        }}
      >
        <div className={styles.addLine}>
          <div className={styles.grow}>
            <TextField
              label="Path below /etc/apparmor.d"
              hideLabel
              mono
              size="s"
              value={path}
              placeholder="abstractions/…"
              suggestions={[...own, ...offered.map(({ path: each }) => each)]}
              onChange={setPath}
            />
          </div>
          <Button type="submit" size="s" disabled={path.trim() === ""}>
            Include
          </Button>
        </div>
        <ul className={styles.offers}>
          {own.map((each) => (
            <li key={each}>
              <button type="button" onClick={() => add(each)}>
                <code>{each}</code>
                <span>From this design.</span>
              </button>
            </li>
          ))}
          {offered.map(({ path: each, words, warning }) => (
            <li key={each}>
              <button type="button" onClick={() => add(each)}>
                <code>{each}</code>
                <span>{words}</span>
                {warning !== undefined && (
                  <span className={styles.offerWarn}>
                    <Icon name="alert" size={12} /> {warning}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      </form>
    </Popover>
  );
});
