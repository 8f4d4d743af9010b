import type { ReactNode } from "react";
import { isDark, toggleTheme } from "../../actions/index.ts";
import { designStore, useWorkbench } from "../../store/index.ts";
import { IconButton } from "../../ui/index.ts";
import styles from "./Review.module.css";

/** The bar over a page of a review: whose page this is, what is shown, colours. */
export function ReviewBar({ children }: { readonly children?: ReactNode }) {
  useWorkbench((state) => state.theme);
  return (
    <header className={styles.bar}>
      <a className={styles.brand} href="/">
        Hauberk
      </a>
      {children}
      <span className={styles.spring} />
      <IconButton
        icon={isDark() ? "sun" : "moon"}
        label={toggleTheme.title(designStore.getState())}
        onClick={toggleTheme.perform}
      />
    </header>
  );
}
