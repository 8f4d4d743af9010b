import type { MeantPath } from "@hauberk/core/edit";

import { Icon, WithCode } from "../../ui/index.ts";
import styles from "./MeantList.module.css";

interface MeantListProps {
  readonly id: string;
  readonly items: readonly MeantPath[];
  /** The one that Enter takes, or -1. */
  readonly current: number;
  readonly onPick: (meant: MeantPath) => void;
}

/** The id of an option, for `aria-activedescendant`. */
export function optionId(list: string, index: number): string {
  return `${list}-${index}`;
}

/** What a typed path probably means, below its field. The field keeps the keys; the mouse picks without taking them. */
export function MeantList({ id, items, current, onPick }: MeantListProps) {
  return (
    <ul role="listbox" id={id} aria-label="What is probably meant" className={styles.list}>
      {items.map((meant, index) => (
        <li
          key={meant.path}
          role="option"
          id={optionId(id, index)}
          aria-selected={index === current}
          className={styles.item}
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(meant);
          }}
        >
          <span className={styles.line}>
            <code>{meant.path}</code>
            {meant.owner && <span className={styles.owner}>owner</span>}
            {meant.needs !== undefined && meant.included === false && (
              <span className={styles.needs}>
                <Icon name="add" size={12} /> include <code>&lt;{meant.needs}&gt;</code>
              </span>
            )}
          </span>
          <span className={styles.why}>
            <WithCode text={meant.why} />
          </span>
        </li>
      ))}
    </ul>
  );
}
