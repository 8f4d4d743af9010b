import { outline, type OutlineItem } from "@hauberk/core/editor";
import type { TextRange } from "@hauberk/core/text";
import { useMemo } from "react";
import { designStore, refOf, useActiveFile, useActiveProfile } from "../../store/index.ts";
import { Icon } from "../../ui/index.ts";
import styles from "./Outline.module.css";

/** What the active file holds: profiles and hats, and their rules counted by kind. A click selects it in the text. */
export function Outline() {
  const file = useActiveFile();
  const current = useActiveProfile()?.profile ?? null;
  const items = useMemo(() => (file === null ? [] : outline(file)), [file]);
  if (file === null) return null;
  const select = (range: TextRange) => designStore.getState().select({ path: file.path, range }, "outline");
  const rows = (level: readonly OutlineItem[], depth: number) => (
    <ul>
      {level.map((item) => (
        <li key={item.range.start}>
          <button
            type="button"
            className={styles.profile}
            style={{ paddingLeft: 12 + depth * 12 }}
            aria-current={item.profile === current || undefined}
            onClick={() => {
              designStore.getState().setActiveProfile(refOf(file, item.profile));
              select({ start: item.range.start, end: item.profile.body?.start ?? item.range.end });
            }}
          >
            <Icon name={item.form === "hat" ? "hat" : "profile"} size={14} />
            <span className={styles.name}>{item.name === "" ? "(no name)" : item.name}</span>
          </button>
          <ul aria-label={`Rules of ${item.name}`}>
            {item.rules.map(({ kind, count, first }) => (
              <li key={kind}>
                <button
                  type="button"
                  className={styles.kind}
                  style={{ paddingLeft: 32 + depth * 12 }}
                  onClick={() => select(first)}
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
      {items.length === 0 ? <p className={styles.none}>No profile in this file.</p> : rows(items, 0)}
    </section>
  );
}
