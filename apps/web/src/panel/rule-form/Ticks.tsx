import { useId, useLayoutEffect, useRef, useState } from "react";

import { classNames, Icon, SearchField, WithCode } from "../../ui/index.ts";
import { plainWords } from "../sentence.ts";
import type { FieldWord, TicksField } from "./rule-field.ts";
import styles from "./rule-form.module.css";
import { withTick } from "./value-list.ts";

interface TicksProps {
  readonly field: Pick<TicksField, "label" | "hint" | "words" | "ticked" | "none" | "long" | "more">;
  readonly onChange: (ticked: readonly string[]) => void;
}

/** True where the word or another spelling of it is written. */
function isTicked({ name, aliases = [] }: FieldWord, ticked: readonly string[]): boolean {
  return ticked.includes(name) || aliases.some((alias) => ticked.includes(alias));
}

function groupsOf(words: readonly FieldWord[]): readonly (readonly [string, readonly FieldWord[]])[] {
  const groups = new Map<string, FieldWord[]>();
  for (const word of words) groups.set(word.group ?? "", [...(groups.get(word.group ?? "") ?? []), word]);
  return [...groups];
}

/** The words of a closed list as ticks; what a word means stands below as it is pointed at, and for each ticked one. */
export function Ticks({ field, onChange }: TicksProps) {
  const { label, hint, words, ticked, none, long = false, more } = field;
  const id = useId();
  const [search, setSearch] = useState("");
  const [told, setTold] = useState<FieldWord | null>(null);
  const telling = useRef<HTMLParagraphElement>(null);
  // It only grows: what stands below would move away from under the mouse as it leaves a tick for it.
  useLayoutEffect(() => {
    const { current } = telling;
    if (current !== null) current.style.minHeight = `${current.offsetHeight}px`;
  });
  const known = new Set(words.flatMap(({ name, aliases = [] }) => [name, ...aliases]));
  const written = ticked
    .filter((name) => !known.has(name))
    .map((name): FieldWord => ({ name, sentence: "As written." }));
  const wanted = search.trim().toLowerCase();
  const shown = [...words, ...written].filter(
    (word) =>
      wanted === "" ||
      word.name.includes(wanted) ||
      word.sentence.toLowerCase().includes(wanted) ||
      isTicked(word, ticked),
  );
  const explained = told ?? (ticked.length === 1 ? (words.find((word) => isTicked(word, ticked)) ?? null) : null);
  return (
    <fieldset className={styles.ticks}>
      <legend className={styles.legend}>{label}</legend>
      {hint !== undefined && (
        <p className={styles.hint}>
          <WithCode text={hint} />
        </p>
      )}
      {long && (
        <div className={styles.search}>
          <SearchField label={`Search ${label.toLowerCase()}`} size="s" value={search} onChange={setSearch} />
        </div>
      )}
      {groupsOf(shown).map(([group, each]) => (
        <div key={group}>
          {group !== "" && <p className={styles.groupName}>{group}</p>}
          <div className={styles.tickRow}>
            {each.map((word) => (
              <Tick
                key={word.name}
                word={word}
                on={isTicked(word, ticked)}
                described={id}
                onTell={setTold}
                onChange={(on) => onChange(withTick(ticked, word, on))}
              />
            ))}
          </div>
        </div>
      ))}
      {more !== undefined && <FurtherWord label={label} example={more} onAdd={(word) => onChange([...ticked, word])} />}
      <p className={styles.told} id={id} ref={telling}>
        {explained !== null ? (
          <>
            <code>{explained.name}</code>: <WithCode text={explained.sentence} />
          </>
        ) : (
          <WithCode text={ticked.length === 0 ? none : ""} />
        )}
      </p>
    </fieldset>
  );
}

interface TickProps {
  readonly word: FieldWord;
  readonly on: boolean;
  /** The element that tells what the word means while the tick has the keys. */
  readonly described: string;
  readonly onTell: (word: FieldWord | null) => void;
  readonly onChange: (on: boolean) => void;
}

function Tick({ word, on, described, onTell, onChange }: TickProps) {
  return (
    <label className={classNames(styles.tick, on && styles.ticked)} title={plainWords(word.sentence)}>
      <input
        type="checkbox"
        checked={on}
        aria-describedby={described}
        onChange={({ target }) => onChange(target.checked)}
        onMouseEnter={() => onTell(word)}
        onMouseLeave={() => onTell(null)}
        onFocus={() => onTell(word)}
        onBlur={() => onTell(null)}
      />
      <span className={styles.box}>{on && <Icon name="check" size={12} />}</span>
      {word.name}
    </label>
  );
}

/** One more word that the list does not hold. */
function FurtherWord({
  label,
  example,
  onAdd,
}: {
  readonly label: string;
  readonly example: string;
  readonly onAdd: (word: string) => void;
}) {
  const [word, setWord] = useState("");
  const add = () => {
    if (word.trim() === "") return;
    onAdd(word.trim());
    setWord("");
  };
  return (
    <input
      className={styles.further}
      aria-label={`Another of ${label.toLowerCase()}`}
      placeholder={`another, such as ${example}`}
      value={word}
      spellCheck={false}
      autoComplete="off"
      onChange={({ target }) => setWord(target.value)}
      onBlur={add}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        add();
      }}
    />
  );
}
