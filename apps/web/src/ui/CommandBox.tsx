import { Dialog as Base } from "@base-ui/react/dialog";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from "react";
import { classNames } from "./class-names.ts";
import styles from "./CommandBox.module.css";
import { Icon, type IconName } from "./Icon.tsx";

/** One thing to choose. */
export interface CommandItem {
  readonly id: string;
  readonly label: string;
  /** Offsets of the label's characters that were typed. */
  readonly marks?: readonly number[];
  /** Softer words behind the label. */
  readonly detail?: string;
  readonly icon?: IconName;
  readonly keys?: string | undefined;
  /** Why it can't be chosen now; null where it can. */
  readonly why: string | null;
}

/** Things to choose under one heading. */
export interface CommandGroup {
  readonly title: string;
  readonly items: readonly CommandItem[];
}

interface CommandBoxProps {
  /** The accessible name. */
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly groups: readonly CommandGroup[];
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
  /** Said where nothing fits. */
  readonly none: string;
  readonly foot?: ReactNode;
}

/** A line to type in and a list that follows it: arrow keys choose, Enter takes, Escape leaves. */
export function CommandBox(props: CommandBoxProps) {
  const { label, placeholder, query, onQuery, groups, onPick, onClose, none, foot } = props;
  const base = useId();
  const items = groups.flatMap((group) => group.items);
  const [chosen, setChosen] = useState({ query, at: 0 });
  // Another query begins at its best answer again.
  const at = Math.min(chosen.query === query ? chosen.at : 0, items.length - 1);
  const current = items[at];
  const currentId = current === undefined ? null : `${base}-${at}`;
  useEffect(() => {
    if (currentId !== null) document.getElementById(currentId)?.scrollIntoView({ block: "nearest" });
  }, [currentId]);
  const move = (to: number) => setChosen({ query, at: Math.max(0, Math.min(items.length - 1, to)) });
  const keyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      move(Math.abs(step) === 1 ? (at + step + items.length) % items.length : at + step);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (current !== undefined && current.why === null) onPick(current.id);
    }
  };
  const idOf = (item: CommandItem) => `${base}-${items.indexOf(item)}`;
  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop ?? ""} />
        <Base.Popup className={styles.popup ?? ""} aria-label={label}>
          <div className={styles.line}>
            <Icon name="search" />
            <input
              className={styles.input}
              role="combobox"
              aria-label={label}
              aria-expanded="true"
              aria-haspopup="listbox"
              aria-autocomplete="list"
              aria-controls={`${base}-list`}
              aria-activedescendant={currentId ?? undefined}
              placeholder={placeholder}
              value={query}
              spellCheck={false}
              autoComplete="off"
              autoFocus
              onChange={(event) => onQuery(event.target.value)}
              onKeyDown={keyDown}
            />
          </div>
          <div className={styles.list} role="listbox" id={`${base}-list`} aria-label={label}>
            {groups.map((group, number) => (
              <div key={group.title} role="group" aria-labelledby={`${base}-group-${number}`}>
                <div className={styles.title} id={`${base}-group-${number}`} role="presentation">
                  {group.title}
                </div>
                {group.items.map((item) => (
                  <div
                    key={item.id}
                    id={idOf(item)}
                    role="option"
                    tabIndex={-1}
                    aria-selected={item === current}
                    aria-disabled={item.why !== null || undefined}
                    className={classNames(styles.item, item.why !== null && styles.off)}
                    onPointerMove={() => {
                      if (item !== current) move(items.indexOf(item));
                    }}
                    // The line keeps the keys.
                    onMouseDown={(event) => event.preventDefault()}
                    onPointerUp={() => {
                      if (item.why === null) onPick(item.id);
                    }}
                  >
                    <ItemContent item={item} />
                  </div>
                ))}
              </div>
            ))}
            {items.length === 0 && <p className={styles.none}>{none}</p>}
          </div>
          <div className={styles.foot}>{foot}</div>
          <div className="visually-hidden" role="status">
            {items.length === 0 ? none : `${items.length} found`}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function ItemContent({ item }: { readonly item: CommandItem }) {
  return (
    <>
      <span className={styles.icon}>{item.icon !== undefined && <Icon name={item.icon} size={14} />}</span>
      <span className={styles.words}>
        <span className={styles.label}>
          <Marked text={item.label} marks={item.marks ?? []} />
        </span>{" "}
        {item.why !== null && <span className={styles.detail}>{item.why}</span>}
        {item.why === null && item.detail !== undefined && <span className={styles.detail}>{item.detail}</span>}
      </span>{" "}
      {item.keys !== undefined && <kbd className={styles.keys}>{item.keys}</kbd>}
    </>
  );
}

/** The text with what was typed made strong. */
function Marked({ text, marks }: { readonly text: string; readonly marks: readonly number[] }) {
  if (marks.length === 0) return text;
  const typed = new Set(marks);
  const runs: { readonly start: number; text: string; readonly typed: boolean }[] = [];
  for (let offset = 0; offset < text.length; offset++) {
    const last = runs.at(-1);
    if (last?.typed === typed.has(offset)) last.text += text.charAt(offset);
    else runs.push({ start: offset, text: text.charAt(offset), typed: typed.has(offset) });
  }
  return runs.map((run) =>
    run.typed ? <mark key={run.start}>{run.text}</mark> : <span key={run.start}>{run.text}</span>,
  );
}
