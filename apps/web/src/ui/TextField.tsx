import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { classNames } from "./class-names.ts";
import styles from "./Field.module.css";
import { Icon } from "./Icon.tsx";

interface TextFieldProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: string;
  /** Every keystroke. */
  readonly onChange?: (value: string) => void;
  /** Enter or leaving the field, where the value differs from `value`; Escape puts the old value back. */
  readonly onCommit?: (value: string) => void;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  /** The element elsewhere that says what is wrong with the text. */
  readonly problemId?: string;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly size?: "m" | "s";
  /** No frame until it is pointed at: for names in bars and cells of tables. */
  readonly bare?: boolean;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  /** Offers while typing, by the browser's own list. */
  readonly suggestions?: readonly string[];
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** The keys go elsewhere, with `onChange`: what was typed is finished. */
  readonly onBlur?: () => void;
}

/** One line of text. With `onCommit` it is edited as a draft and handed over whole; with `onChange` letter by letter. */
export function TextField(props: TextFieldProps) {
  const { label, hideLabel = false, value, onChange, onCommit, hint, error, problemId, size = "m" } = props;
  const id = useId();
  const [draft, setDraft] = useState(value);
  const cancelled = useRef(false);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setDraft(value);
  }
  const shown = onCommit === undefined ? value : draft;
  const invalid = error !== undefined && error !== null;
  const described = [hint !== undefined && `${id}-hint`, invalid && `${id}-error`, problemId].filter(Boolean).join(" ");
  return (
    <div className={styles.field}>
      {!hideLabel && (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <input
        id={id}
        className={classNames(
          styles.control,
          props.mono && styles.mono,
          size === "s" && styles.small,
          props.bare && styles.bare,
        )}
        value={shown}
        aria-label={hideLabel ? label : undefined}
        aria-invalid={invalid || problemId !== undefined || undefined}
        aria-describedby={described === "" ? undefined : described}
        placeholder={props.placeholder}
        disabled={props.disabled}
        autoFocus={props.autoFocus}
        list={props.suggestions === undefined ? undefined : `${id}-list`}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => {
          setDraft(event.target.value);
          onChange?.(event.target.value);
        }}
        onKeyDown={(event) => {
          if (onCommit !== undefined && event.key === "Enter") event.currentTarget.blur();
          if (onCommit !== undefined && event.key === "Escape" && draft !== value) {
            event.stopPropagation();
            cancelled.current = true;
            setDraft(value);
            event.currentTarget.blur();
          }
          props.onKeyDown?.(event);
        }}
        onBlur={() => {
          if (!cancelled.current && draft !== value) onCommit?.(draft);
          cancelled.current = false;
          props.onBlur?.();
        }}
      />
      {props.suggestions !== undefined && (
        <datalist id={`${id}-list`}>
          {props.suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion}>
              {suggestion}
            </option>
          ))}
        </datalist>
      )}
      {hint !== undefined && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
      {invalid && (
        <span id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}

interface TextAreaProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly mono?: boolean;
  readonly placeholder?: string;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  readonly autoFocus?: boolean;
  /** Escape: the writer gives it up. */
  readonly onEscape?: () => void;
}

/** Several lines of text. */
export function TextArea({ label, hideLabel = false, value, onChange, rows = 6, hint, error, ...rest }: TextAreaProps) {
  const id = useId();
  const invalid = error !== undefined && error !== null;
  return (
    <div className={styles.field}>
      {!hideLabel && (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <textarea
        id={id}
        className={classNames(styles.control, rest.mono && styles.mono)}
        value={value}
        rows={rows}
        spellCheck={false}
        aria-label={hideLabel ? label : undefined}
        aria-invalid={invalid || undefined}
        placeholder={rest.placeholder}
        autoFocus={rest.autoFocus}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={({ key }) => {
          if (key === "Escape") rest.onEscape?.();
        }}
      />
      {hint !== undefined && <span className={styles.hint}>{hint}</span>}
      {invalid && (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly size?: "m" | "s";
  readonly autoFocus?: boolean;
  /** The arrow down: on to what was found. */
  readonly onDown?: () => void;
}

/** A filter over what is below; Escape empties it. */
export function SearchField({ label, value, onChange, placeholder, size = "m", autoFocus, onDown }: SearchFieldProps) {
  return (
    <div className={styles.search}>
      <Icon name="search" size={14} />
      <input
        type="search"
        className={classNames(styles.control, size === "s" && styles.small)}
        aria-label={label}
        placeholder={placeholder ?? label}
        value={value}
        autoFocus={autoFocus}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" && onDown !== undefined) {
            event.preventDefault();
            onDown();
          }
          if (event.key !== "Escape" || value === "") return;
          event.stopPropagation();
          onChange("");
        }}
      />
    </div>
  );
}
