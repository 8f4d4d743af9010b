import { Select as Base } from "@base-ui/react/select";
import { useId } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./Icon.tsx";
import popup from "./Popup.module.css";
import styles from "./Select.module.css";

/** One entry of a select. */
export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  /** A second line in the list. */
  readonly hint?: string;
  readonly disabled?: boolean;
}

interface SelectProps<V extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: V;
  readonly options: readonly SelectOption<V>[];
  readonly onChange: (value: V) => void;
  readonly size?: "m" | "s";
  readonly mono?: boolean;
  readonly bare?: boolean;
  readonly disabled?: boolean;
}

/** One of a list. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { label, hideLabel = false, value, options, onChange, size = "m" } = props;
  const id = useId();
  return (
    <div className={styles.field}>
      {!hideLabel && (
        <span id={`${id}-label`} className={styles.label}>
          {label}
        </span>
      )}
      <Base.Root
        items={options.map((option) => ({ value: option.value, label: option.label }))}
        value={value}
        disabled={props.disabled ?? false}
        onValueChange={(next) => {
          if (next !== null) onChange(next);
        }}
      >
        <Base.Trigger
          className={classNames(
            styles.trigger,
            size === "s" && styles.small,
            props.mono === true && styles.mono,
            props.bare === true && styles.bare,
          )}
          aria-label={hideLabel ? label : undefined}
          aria-labelledby={hideLabel ? undefined : `${id}-label`}
        >
          <Base.Value className={styles.value ?? ""} />
          <Base.Icon className={styles.icon ?? ""}>
            <Icon name="chevronDown" size={12} />
          </Base.Icon>
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner className={popup.positioner ?? ""} sideOffset={4} alignItemWithTrigger={false}>
            <Base.Popup className={popup.popup ?? ""}>
              <Base.List>
                {options.map((option) => (
                  <Base.Item
                    key={option.value}
                    value={option.value}
                    disabled={option.disabled ?? false}
                    className={popup.item ?? ""}
                  >
                    <span className={popup.mark}>
                      <Base.ItemIndicator>
                        <Icon name="check" size={14} />
                      </Base.ItemIndicator>
                    </span>
                    <span className={popup.grow}>
                      <Base.ItemText className={props.mono === true ? (styles.mono ?? "") : ""}>
                        {option.label}
                      </Base.ItemText>
                      {option.hint !== undefined && <span className={popup.hint}>{option.hint}</span>}
                    </span>
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  );
}
