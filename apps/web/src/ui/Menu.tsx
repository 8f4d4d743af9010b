import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement } from "react";
import { type MenuItem, MenuItems } from "./MenuItems.tsx";
import styles from "./Popup.module.css";

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  /** The entries, or what makes them each time the menu opens. */
  readonly items: readonly MenuItem[] | (() => readonly MenuItem[]);
  readonly align?: "start" | "end";
  /** Told from outside whether it is open; else its button does. */
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** The accessible name where the button's is not enough. */
  readonly label?: string;
}

/** A list of commands behind a button. */
export function Menu({ trigger, items, align = "start", open, onOpenChange, label }: MenuProps) {
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      onOpenChange={(next) => {
        onOpenChange?.(next);
      }}
    >
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner ?? ""} sideOffset={4} align={align}>
          <Base.Popup className={styles.popup ?? ""} aria-label={label}>
            <MenuItems items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
