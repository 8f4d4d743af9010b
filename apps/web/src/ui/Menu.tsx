import { Menu as Base } from "@base-ui/react/menu";
import { Fragment, type ReactElement } from "react";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./Icon.tsx";
import styles from "./Popup.module.css";

/** One entry of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly onSelect: () => void;
  readonly hint?: string;
  readonly keys?: string;
  readonly icon?: IconName;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** Shows a mark where true; an entry with `checked` is one of a choice. */
  readonly checked?: boolean;
  /** A line above this entry. */
  readonly separated?: boolean;
}

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly items: readonly MenuItem[];
  readonly align?: "start" | "end";
}

/** A list of commands behind a button. */
export function Menu({ trigger, items, align = "start" }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner ?? ""} sideOffset={4} align={align}>
          <Base.Popup className={styles.popup ?? ""}>
            {items.map((item) => (
              <Fragment key={item.label}>
                {item.separated === true && <Base.Separator className={styles.separator ?? ""} />}
                <Base.Item
                  className={classNames(styles.item, item.danger === true && styles.bad)}
                  disabled={item.disabled ?? false}
                  onClick={item.onSelect}
                >
                  {item.checked !== undefined && (
                    <span className={styles.mark}>{item.checked && <Icon name="check" size={14} />}</span>
                  )}
                  {item.icon !== undefined && <Icon name={item.icon} size={14} />}
                  <span className={styles.grow}>
                    {item.label}
                    {item.hint !== undefined && <span className={styles.hint}>{item.hint}</span>}
                  </span>
                  {item.keys !== undefined && <kbd className={styles.keys}>{item.keys}</kbd>}
                </Base.Item>
              </Fragment>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
