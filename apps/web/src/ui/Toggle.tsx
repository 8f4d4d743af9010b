import { Toggle as Base } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./Toggle.module.css";

interface ToggleProps {
  readonly pressed: boolean;
  readonly onChange: (pressed: boolean) => void;
  /** The accessible name and the tooltip. */
  readonly label: string;
  /** What is seen: a letter or a short word; without it the label. */
  readonly children?: ReactNode;
  readonly tone?: "accent" | "bad";
  readonly mono?: boolean;
  readonly disabled?: boolean;
}

/** A button that stays pressed: one permission letter, one qualifier. */
export function Toggle({
  pressed,
  onChange,
  label,
  children,
  tone = "accent",
  mono = false,
  disabled = false,
}: ToggleProps) {
  return (
    <Base
      className={classNames(styles.toggle, mono && styles.mono, tone === "bad" && styles.bad)}
      pressed={pressed}
      onPressedChange={(next) => onChange(next)}
      aria-label={label}
      title={label}
      disabled={disabled}
    >
      {children ?? label}
    </Base>
  );
}

/** One choice of a segmented control. */
export interface Segment<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly tone?: "accent" | "bad" | "off";
}

interface SegmentsProps<V extends string> {
  /** The accessible name of the whole: "Access of net_raw". */
  readonly label: string;
  readonly value: V;
  readonly options: readonly Segment<V>[];
  readonly onChange: (value: V) => void;
  readonly disabled?: boolean;
}

/** A few exclusive choices in one strip; exactly one is pressed. */
export function Segments<V extends string>({ label, value, options, onChange, disabled = false }: SegmentsProps<V>) {
  return (
    <ToggleGroup
      className={styles.group ?? ""}
      aria-label={label}
      disabled={disabled}
      value={[value]}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next[0]);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <Base
          key={option.value}
          value={option.value}
          className={classNames(
            styles.segment,
            option.tone === "bad" && styles.bad,
            option.tone === "off" && styles.off,
          )}
        >
          {option.label}
        </Base>
      ))}
    </ToggleGroup>
  );
}
