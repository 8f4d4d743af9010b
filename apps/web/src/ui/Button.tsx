import type { ComponentProps } from "react";
import styles from "./Button.module.css";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { Tooltip } from "./Tooltip.tsx";

/** How loud a button is: one `primary` at most in sight, `danger` for what destroys, `quiet` within rows and bars. */
export type ButtonVariant = "plain" | "primary" | "danger" | "quiet";

export interface ButtonProps extends ComponentProps<"button"> {
  readonly variant?: ButtonVariant;
  readonly size?: "m" | "s";
  readonly icon?: IconName;
}

/** A button with words. */
export function Button({ variant = "plain", size = "m", icon, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(
        styles.button,
        variant !== "plain" && styles[variant],
        size === "s" && styles.small,
        className,
      )}
    >
      {icon !== undefined && <Icon name={icon} size={size === "s" ? 14 : 16} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children" | "aria-label"> {
  /** What it does, for the tooltip and for screen readers. */
  readonly label: string;
  readonly icon: IconName;
  /** Keys, shown in the tooltip: `Ctrl+Z`. */
  readonly keys?: string | undefined;
  readonly size?: "m" | "s";
  readonly variant?: ButtonVariant;
}

/** A button that is a glyph; its label is its accessible name and its tooltip. */
export function IconButton({ label, icon, keys, size = "m", variant = "quiet", className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={classNames(
          styles.button,
          styles.icon,
          variant !== "plain" && styles[variant],
          size === "s" && styles.small,
          className,
        )}
      >
        <Icon name={icon} size={size === "s" ? 14 : 16} />
      </button>
    </Tooltip>
  );
}
