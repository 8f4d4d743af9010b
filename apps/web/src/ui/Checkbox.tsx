import { Checkbox as Base } from "@base-ui/react/checkbox";
import { type ReactNode, useId } from "react";
import styles from "./Checkbox.module.css";
import { classNames } from "./class-names.ts";
import { Icon } from "./Icon.tsx";

interface CheckboxProps {
  readonly checked: boolean;
  /** Neither yes nor no: some of what it stands for. */
  readonly indeterminate?: boolean;
  readonly onChange: (checked: boolean) => void;
  /** The accessible name; shown unless `hideLabel`. */
  readonly label: string;
  readonly hideLabel?: boolean;
  /** A second, softer line. */
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
}

/** A box to tick. */
export function Checkbox({
  checked,
  indeterminate = false,
  onChange,
  label,
  hideLabel = false,
  hint,
  disabled = false,
}: CheckboxProps) {
  const hintId = useId();
  const described = hint !== undefined && !hideLabel;
  const box = (
    <Base.Root
      className={styles.box ?? ""}
      checked={checked}
      indeterminate={indeterminate}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next)}
      aria-label={label}
      aria-describedby={described ? hintId : undefined}
    >
      <Base.Indicator className={styles.mark ?? ""}>
        <Icon name={indeterminate ? "remove" : "check"} size={12} />
      </Base.Indicator>
    </Base.Root>
  );
  if (hideLabel) return box;
  return (
    <label className={classNames(styles.row, hint !== undefined && styles.top, disabled && styles.disabled)}>
      {box}
      <span>
        {label}
        {described && (
          <span id={hintId} className={styles.hint}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}
