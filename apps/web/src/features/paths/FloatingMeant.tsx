import { createPortal } from "react-dom";

import { MeantList } from "./MeantList.tsx";
import styles from "./PathTable.module.css";
import type { Meant } from "./use-meant.ts";

/** Where a list stands in the window, in pixels. */
export interface ListPlace {
  readonly left: number;
  readonly top?: number;
  readonly bottom?: number;
}

/** How high the list gets, in pixels. */
const highest = 250;

/** Where the list of a field stands: below it, or above it where there is no room below. */
export function placeBeside(field: HTMLElement): ListPlace {
  const { left, top, bottom } = field.getBoundingClientRect();
  const above = bottom + highest > window.innerHeight && top > highest;
  return above ? { left, bottom: window.innerHeight - top + 2 } : { left, top: bottom + 2 };
}

/** What is probably meant, over all else, in its place; nothing where nothing is offered. */
export function FloatingMeant({ meant, place }: { readonly meant: Meant; readonly place: ListPlace | null }) {
  if (place === null || meant.items.length === 0) return null;
  return createPortal(
    <div className={styles.floating} style={place}>
      <MeantList id={meant.listId} items={meant.items} current={meant.current} onPick={meant.take} />
    </div>,
    document.body,
  );
}
