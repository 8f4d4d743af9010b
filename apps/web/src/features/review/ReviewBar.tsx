import type { ReactNode } from "react";
import { toggleTheme } from "../../actions/index.ts";
import { useDark } from "../../panel/use-dark.ts";
import { designStore } from "../../store/index.ts";
import { IconButton } from "../../ui/index.ts";
import styles from "./Review.module.css";

/** The bar over a page of a review: whose page this is, what is shown, colours. */
export function ReviewBar({ children }: { readonly children?: ReactNode }) {
  const dark = useDark();
  return (
    <header className={styles.bar}>
      <a className={styles.brand} href="/">
        Hauberk
      </a>
      {children}
      <span className={styles.spring} />
      <IconButton
        icon={dark ? "sun" : "moon"}
        label={toggleTheme.title(designStore.getState())}
        onClick={toggleTheme.perform}
      />
    </header>
  );
}
