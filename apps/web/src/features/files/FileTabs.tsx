import { type DragEvent, type KeyboardEvent, useRef, useState } from "react";
import { compare } from "../../actions/index.ts";
import {
  closeOtherTabs,
  closeTab,
  configPath,
  designStore,
  moveTab,
  policyFolder,
  shiftTab,
  shortName,
  useDesign,
  useFileTabs,
  useProblems,
} from "../../store/index.ts";
import { classNames, ContextMenu, Icon, type MenuItem } from "../../ui/index.ts";
import styles from "./FileTabs.module.css";

/** The open files above the text: what is changed and what is wrong is marked; drag or Alt+Shift+arrows reorder. */
export function FileTabs() {
  const paths = useFileTabs();
  const known = useDesign((state) => paths.filter((path) => state.texts.has(path)).join("\n"));
  const active = useDesign((state) => state.activePath);
  const at = useRef<string | null>(null);
  const shown = known === "" ? [] : known.split("\n");
  return (
    <ContextMenu label="Tab" items={() => (at.current === null ? [] : tabMenu(at.current, shown.length))}>
      <ul
        className={styles.tabs}
        aria-label="Open files"
        onContextMenuCapture={(event) => {
          const tab = event.target instanceof Element ? event.target.closest("[data-path]") : null;
          at.current = tab instanceof HTMLElement ? (tab.dataset["path"] ?? null) : null;
        }}
      >
        {shown.map((path) => (
          <FileTab key={path} path={path} active={path === active} only={shown.length === 1} />
        ))}
      </ul>
    </ContextMenu>
  );
}

function tabMenu(path: string, count: number): readonly MenuItem[] {
  return [
    { label: "Close", icon: "close", keys: "Alt+W", disabled: count < 2, onSelect: () => closeTab(path) },
    { label: "Close the others", disabled: count < 2, onSelect: () => closeOtherTabs(path) },
    { label: "Move left", separated: true, disabled: count < 2, onSelect: () => shiftTab(path, -1) },
    { label: "Move right", disabled: count < 2, onSelect: () => shiftTab(path, 1) },
    {
      label: compare.title(designStore.getState()),
      separated: true,
      onSelect: () => {
        designStore.getState().setActivePath(path);
        compare.perform();
      },
    },
  ];
}

const tabType = "application/x-hauberk-tab";
let dragged: string | null = null;

function takes({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes(tabType);
}

interface FileTabProps {
  readonly path: string;
  readonly active: boolean;
  readonly only: boolean;
}

function FileTab({ path, active, only }: FileTabProps) {
  const changed = useDesign((state) => {
    const opened = state.bases.opened.get(path);
    return opened !== undefined && state.texts.get(path) !== opened;
  });
  const wrong = useProblems().some((problem) => problem.path === path && problem.severity === "error");
  const [over, setOver] = useState(false);
  const name = shortName(path);
  return (
    <li className={classNames(styles.tab, over && styles.over)} data-path={path} data-active={active}>
      <button
        type="button"
        className={styles.name}
        aria-current={active || undefined}
        tabIndex={active ? 0 : -1}
        title={path.startsWith(policyFolder) ? `/etc/apparmor.d/${name}` : path}
        onClick={() => designStore.getState().setActivePath(path)}
        draggable
        onDragStart={(event) => {
          dragged = path;
          event.dataTransfer.setData(tabType, "");
          event.dataTransfer.effectAllowed = "move";
        }}
        onDragOver={(event) => {
          if (!takes(event)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          setOver(false);
          if (!takes(event) || dragged === null || dragged === path) return;
          event.preventDefault();
          moveTab(dragged, path);
        }}
        onAuxClick={(event) => {
          if (event.button === 1) closeTab(path);
        }}
        onKeyDown={(event) => tabKeys(event, path)}
      >
        <Icon name={path === configPath ? "info" : "file"} size={14} />
        <span className={styles.word}>{name}</span>
        {wrong && (
          <span className={styles.wrong}>
            <span aria-hidden="true">✕</span>
            <span className="visually-hidden">, has errors</span>
          </span>
        )}
        {changed && (
          <span className={styles.changed} title="Changed since it was imported or made">
            <span aria-hidden="true">●</span>
            <span className="visually-hidden">, changed</span>
          </span>
        )}
      </button>
      {!only && (
        <button
          type="button"
          className={styles.close}
          tabIndex={-1}
          aria-label={`Close ${name}`}
          title="Close"
          onClick={() => closeTab(path)}
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </li>
  );
}

function tabKeys(event: KeyboardEvent<HTMLElement>, path: string): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : null;
  const list = event.currentTarget.closest("ul");
  if (step !== null && event.altKey && event.shiftKey) shiftTab(path, step);
  else if (step !== null && !event.altKey && !event.ctrlKey) {
    const tabs = [...(list?.querySelectorAll<HTMLElement>("[aria-current], [data-path] > button:first-child") ?? [])];
    tabs[tabs.indexOf(event.currentTarget) + step]?.focus();
  } else if (event.key === "Delete") {
    closeTab(path);
    requestAnimationFrame(() => list?.querySelector<HTMLElement>("[aria-current]")?.focus());
  } else return;
  event.preventDefault();
}
