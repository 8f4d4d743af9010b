import { outline, type OutlineItem } from "@hauberk/core/editor";
import type { FileView } from "@hauberk/core/design";
import type { TextRange } from "@hauberk/core/text";
import { type DragEvent, useMemo, useRef } from "react";
import { beginRuleDrag, endRuleDrag, useRuleDrop } from "../../panel/rule-drag.ts";
import { designStore, refOf, useActiveFile, useActiveProfile } from "../../store/index.ts";
import { classNames, ContextMenu, Icon } from "../../ui/index.ts";
import styles from "./Outline.module.css";
import { kindMenu, pickOfKind, profileMenu } from "./outline-menus.ts";

/** What the active file holds: profiles and hats, and their rules counted by kind. A click selects it in the text. */
export function Outline() {
  const file = useActiveFile();
  const current = useActiveProfile()?.profile ?? null;
  const items = useMemo(() => (file === null ? [] : outline(file)), [file]);
  const at = useRef<{ readonly item: OutlineItem; readonly kind: string | null } | null>(null);
  if (file === null) return null;
  const rows = (level: readonly OutlineItem[], depth: number) => (
    <ul>
      {level.map((item) => (
        <li key={item.range.start}>
          <ProfileRow file={file} item={item} depth={depth} current={item.profile === current} />
          <ul aria-label={`Rules of ${item.name}`}>
            {item.rules.map(({ kind, count, first }) => (
              <li key={kind}>
                <button
                  type="button"
                  className={styles.kind}
                  style={{ paddingLeft: 32 + depth * 12 }}
                  data-start={item.range.start}
                  data-kind={kind}
                  draggable={kind !== "include"}
                  onDragStart={(event) => dragKind(event, file, item, kind)}
                  onDragEnd={endRuleDrag}
                  onClick={() => select(file, first)}
                >
                  {kind.replaceAll("_", " ")}
                  <span className={styles.count}>{count}</span>
                </button>
              </li>
            ))}
          </ul>
          {item.children.length > 0 && rows(item.children, depth + 1)}
        </li>
      ))}
    </ul>
  );
  return (
    <section aria-label="Outline">
      <div className={styles.head}>
        <h2>Outline</h2>
      </div>
      {items.length === 0 ? (
        <p className={styles.none}>No profile in this file.</p>
      ) : (
        <ContextMenu
          label="Outline"
          items={() => {
            const { item, kind } = at.current ?? { item: undefined, kind: null };
            if (item === undefined) return [];
            return kind === null ? profileMenu(file, item) : kindMenu(file, item, kind);
          }}
        >
          <div
            onContextMenuCapture={(event) => {
              at.current = rowAt(event.target, items);
            }}
          >
            {rows(items, 0)}
          </div>
        </ContextMenu>
      )}
    </section>
  );
}

function select(file: FileView, range: TextRange): void {
  designStore.getState().select({ path: file.path, range }, "outline");
}

interface ProfileRowProps {
  readonly file: FileView;
  readonly item: OutlineItem;
  readonly depth: number;
  readonly current: boolean;
}

/** A profile: a click shows it, rules can be dropped on it. */
function ProfileRow({ file, item, depth, current }: ProfileRowProps) {
  const drop = useRuleDrop({ path: file.path, profile: refOf(file, item.profile) });
  return (
    <button
      type="button"
      className={classNames(styles.profile, drop.over && styles.over)}
      style={{ paddingLeft: 12 + depth * 12 }}
      aria-current={current || undefined}
      data-start={item.range.start}
      title={item.name}
      onClick={() => {
        designStore.getState().setActiveProfile(refOf(file, item.profile));
        select(file, { start: item.range.start, end: item.profile.body?.start ?? item.range.end });
      }}
      {...drop.props}
    >
      <Icon name={item.form === "hat" ? "hat" : "profile"} size={14} />
      <span className={styles.name}>{item.name === "" ? "(no name)" : item.name}</span>
    </button>
  );
}

function dragKind(event: DragEvent, file: FileView, item: OutlineItem, kind: string): void {
  const pick = pickOfKind(file, item, kind);
  if (pick === null) event.preventDefault();
  else beginRuleDrag(event, pick);
}

/** The row that an element lies in. */
function rowAt(target: EventTarget, items: readonly OutlineItem[]) {
  const row = target instanceof Element ? target.closest("[data-start]") : null;
  if (!(row instanceof HTMLElement)) return null;
  const item = itemAt(items, Number(row.dataset["start"]));
  return item === null ? null : { item, kind: row.dataset["kind"] ?? null };
}

function itemAt(items: readonly OutlineItem[], start: number): OutlineItem | null {
  for (const item of items) {
    const found = item.range.start === start ? item : itemAt(item.children, start);
    if (found !== null) return found;
  }
  return null;
}
