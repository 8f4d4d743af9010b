import type { ReactNode } from "react";
import styles from "./Banner.module.css";
import { classNames } from "./class-names.ts";
import { Icon } from "./Icon.tsx";

interface BannerProps {
  readonly tone: "info" | "good" | "warn" | "bad";
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Read out when it appears. */
  readonly live?: boolean;
}

/** A remark on everything below it: what is so, why, and what to do. */
export function Banner({ tone, title, children, actions, live = false }: BannerProps) {
  return (
    <div
      className={classNames(styles.banner, styles[tone])}
      role={live ? (tone === "bad" ? "alert" : "status") : "note"}
    >
      <Icon name={tone === "good" ? "check" : tone === "info" ? "info" : "alert"} />
      <div className={styles.words}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
