import { useMemo, useRef } from "react";
import { copyText, newProfile, openFiles, pasteProfile, removeFile } from "../../actions/index.ts";
import { useRuleDrop } from "../../panel/rule-drag.ts";
import {
  configPath,
  designStore,
  policyFolder,
  shortName,
  useDesign,
  useProblems,
  useWorkbench,
  workbenchStore,
} from "../../store/index.ts";
import { classNames, ContextMenu, Icon, IconButton, Menu, type MenuItem } from "../../ui/index.ts";
import styles from "./FileList.module.css";

/** The files of the design by their install names, with how many problems each has. */
export function FileList() {
  // The names alone: what stands in the files is none of this list's.
  const names = useDesign((state) => [...state.texts.keys()].toSorted(configLast).join("\n"));
  const active = useDesign((state) => state.activePath);
  const openDialog = useWorkbench((state) => state.openDialog);
  const problems = useProblems();
  const at = useRef<string | null>(null);
  const counts = useMemo(() => {
    const byPath = new Map<string, { errors: number; warnings: number }>();
    for (const { path, severity } of problems) {
      if (path === null) continue;
      const count = byPath.get(path) ?? { errors: 0, warnings: 0 };
      if (severity === "error") count.errors++;
      else if (severity === "warning") count.warnings++;
      byPath.set(path, count);
    }
    return byPath;
  }, [problems]);
  const paths = names === "" ? [] : names.split("\n");
  return (
    <section aria-label="Files">
      <div className={styles.head}>
        <h2>Files</h2>
        <Menu
          align="end"
          trigger={<IconButton size="s" icon="add" label="Add a file" />}
          items={[
            { label: "New profile…", onSelect: newProfile.perform },
            {
              label: "New file…",
              hint: "An abstraction or a tunable",
              onSelect: () => openDialog({ kind: "new-file" }),
            },
            { label: "Paste a profile…", onSelect: pasteProfile.perform },
            { label: "Open files…", onSelect: openFiles.perform },
          ]}
        />
      </div>
      <ContextMenu label="File" items={() => (at.current === null ? [] : fileMenu(at.current))}>
        <ul
          aria-label="Files of the design"
          onContextMenuCapture={(event) => {
            const row = event.target instanceof Element ? event.target.closest("[data-path]") : null;
            at.current = row instanceof HTMLElement ? (row.dataset["path"] ?? null) : null;
          }}
        >
          {paths.map((path) => (
            <FileRow key={path} path={path} active={path === active} count={counts.get(path) ?? null} />
          ))}
        </ul>
      </ContextMenu>
    </section>
  );
}

function configLast(a: string, b: string): number {
  if (a === configPath || b === configPath) return a === configPath ? 1 : -1;
  return a < b ? -1 : 1;
}

function counted(number: number, word: string): string | null {
  return number === 0 ? null : `${number} ${word}${number === 1 ? "" : "s"}`;
}

interface FileRowProps {
  readonly path: string;
  readonly active: boolean;
  readonly count: { readonly errors: number; readonly warnings: number } | null;
}

/** What can be done with a file. */
function fileMenu(path: string): readonly MenuItem[] {
  const { openDialog } = workbenchStore.getState();
  const state = designStore.getState();
  return [
    { label: "Open", icon: "file", onSelect: () => state.setActivePath(path) },
    { label: "Copy its text", icon: "copy", onSelect: () => copyText(state.texts.get(path) ?? "") },
    {
      label: "Rename…",
      icon: "edit",
      separated: true,
      disabled: path === configPath,
      onSelect: () => openDialog({ kind: "rename-file", path }),
    },
    {
      label: "Delete",
      icon: "trash",
      danger: true,
      separated: true,
      disabled: path === configPath,
      onSelect: () => removeFile(path),
    },
  ];
}

function FileRow({ path, active, count }: FileRowProps) {
  const drop = useRuleDrop({ path, profile: null });
  const name = shortName(path);
  const cut = name.lastIndexOf("/") + 1;
  const state = designStore.getState();
  const words = [
    count === null ? null : counted(count.errors, "error"),
    count === null ? null : counted(count.warnings, "warning"),
  ].filter((word) => word !== null);
  return (
    <li
      className={classNames(styles.row, drop.over && styles.over)}
      data-active={active}
      data-path={path}
      {...(path === configPath ? {} : drop.props)}
    >
      <button
        type="button"
        className={styles.file}
        aria-current={active || undefined}
        title={
          path.startsWith(policyFolder) ? `/etc/apparmor.d/${name}` : "What AppArmor can’t say: targets, peers, notes"
        }
        onClick={() => state.setActivePath(path)}
      >
        <Icon name={path === configPath ? "info" : "file"} size={14} />
        <span className={styles.name}>
          <span className={styles.folder}>{name.slice(0, cut)}</span>
          {name.slice(cut)}
        </span>
        {words.length > 0 && <span className="visually-hidden">, {words.join(", ")}</span>}
        <span className={styles.marks} aria-hidden="true">
          {count !== null && count.errors > 0 && <span className={styles.errors}>✕{count.errors}</span>}
          {count !== null && count.warnings > 0 && <span className={styles.warnings}>▲{count.warnings}</span>}
        </span>
      </button>
      {path !== configPath && (
        <Menu
          align="end"
          trigger={<IconButton size="s" icon="kebab" label={`More on ${name}`} className={styles.more} />}
          items={() => fileMenu(path)}
        />
      )}
    </li>
  );
}
