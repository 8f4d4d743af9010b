import { Menu as Base } from "@base-ui/react/menu";
import { Fragment, useState } from "react";
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
  /** Softer than the others. */
  readonly faint?: boolean;
  /** A line above this entry. */
  readonly separated?: boolean;
}

/** The entries of a menu or a context menu; a function makes them anew each time the menu opens. */
export function MenuItems({ items }: { readonly items: readonly MenuItem[] | (() => readonly MenuItem[]) }) {
  // This part is there only while the menu is: its first drawing is the opening.
  const [made] = useState(() => (typeof items === "function" ? items() : null));
  const shown = made ?? (typeof items === "function" ? [] : items);
  // Words begin at one place: where one entry has a glyph, the others leave its room free.
  const glyphs = shown.some(({ icon }) => icon !== undefined);
  return shown.map((item, index) => (
    <Fragment key={`${index} ${item.label}`}>
      {item.separated === true && <Base.Separator className={styles.separator ?? ""} />}
      <Base.Item
        className={classNames(styles.item, item.danger === true && styles.bad, item.faint === true && styles.faint)}
        disabled={item.disabled ?? false}
        label={item.label}
        onClick={item.onSelect}
      >
        {item.checked !== undefined && (
          <span className={styles.mark}>{item.checked && <Icon name="check" size={14} />}</span>
        )}
        {item.icon !== undefined && <Icon name={item.icon} size={14} />}
        {item.icon === undefined && glyphs && <span className={styles.noGlyph} />}
        <span className={styles.grow}>
          {item.label}
          {item.hint !== undefined && <span className={styles.hint}>{item.hint}</span>}
        </span>
        {item.keys !== undefined && <kbd className={styles.keys}>{item.keys}</kbd>}
      </Base.Item>
    </Fragment>
  ));
}
