import { memo } from "react";

import { classNames, Icon } from "../../ui/index.ts";
import type { FolderLine } from "./path-folders.ts";
import styles from "./PathTable.module.css";

/** A rule from above that reaches into a folder, in words. */
export interface FolderReach {
  readonly number: number;
  readonly line: number;
  readonly path: string;
  /** `owner rw`, `denied w`. */
  readonly access: string;
}

interface FolderRowProps {
  readonly line: FolderLine;
  readonly at: number;
  readonly top: number;
  readonly tabStop: boolean;
  readonly reach: readonly FolderReach[];
}

/** Rules from above that a row has room for; the rest is counted. */
const most = 2;

function Row({ line, at, top, tabStop, reach }: FolderRowProps) {
  const { path, cut, level, count, folded } = line;
  const rules = count === 1 ? "1 rule" : `${count} rules`;
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      aria-level={level}
      aria-expanded={!folded}
      data-at={at}
      className={classNames(styles.row, styles.folderRow)}
      style={{ top }}
    >
      <span role="rowheader" className={styles.pathCell} style={{ paddingLeft: `${12 + (level - 1) * 14}px` }}>
        <button
          type="button"
          className={styles.folder}
          tabIndex={tabStop ? 0 : -1}
          data-column={0}
          aria-label={`Folder ${path} ${rules}`}
        >
          <Icon name={folded ? "chevronRight" : "chevronDown"} size={12} />
          <span className={styles.folderName}>{path.slice(cut)}</span>
          <span className={styles.count}>{count}</span>
        </button>
      </span>
      <span role="gridcell" className={styles.reach}>
        {reach.slice(0, most).map(({ number, line: lineNumber, path: glob, access }, index) => (
          <button
            key={number}
            type="button"
            tabIndex={-1}
            className={styles.reachLink}
            data-column={index + 1}
            data-go={number}
            aria-label={`${access} by ${glob} (line ${lineNumber}), all of ${path}`}
          >
            {access} by <code>{glob}</code> (line {lineNumber})
          </button>
        ))}
        {reach.length > most && <span className={styles.more}>and {reach.length - most} more</span>}
      </span>
    </div>
  );
}

/** A folder of the tree of paths: what lies in it, and what rules from above allow there. */
export const FolderRow = memo(
  Row,
  (a, b) =>
    a.at === b.at &&
    a.top === b.top &&
    a.tabStop === b.tabStop &&
    a.line.path === b.line.path &&
    a.line.cut === b.line.cut &&
    a.line.level === b.line.level &&
    a.line.count === b.line.count &&
    a.line.folded === b.line.folded &&
    a.reach.length === b.reach.length &&
    a.reach.every(
      (each, at) =>
        each.line === b.reach[at]?.line && each.access === b.reach[at]?.access && each.path === b.reach[at]?.path,
    ),
);
