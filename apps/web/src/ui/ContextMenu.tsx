import { ContextMenu as Base } from "@base-ui/react/context-menu";
import type { ReactElement } from "react";
import { type MenuItem, MenuItems } from "./MenuItems.tsx";
import styles from "./Popup.module.css";

interface ContextMenuProps {
  /** The one element on which the right button, Shift+F10 and the menu key open it. */
  readonly children: ReactElement;
  /** Asked each time it opens. */
  readonly items: () => readonly MenuItem[];
  /** What the commands are about. */
  readonly label: string;
}

/** Commands on the thing under the pointer or with the keys. Everything in it can be had another way too. */
export function ContextMenu({ children, items, label }: ContextMenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner ?? ""}>
          <Base.Popup className={styles.popup ?? ""} aria-label={label}>
            <MenuItems items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
