import { WithCode } from "../ui/index.ts";
import styles from "./PathRemarks.module.css";

interface InsteadListProps {
  readonly label: string;
  readonly items: readonly { readonly text: string; readonly words: string }[];
  /** Takes one of them. */
  readonly onPick: (text: string) => void;
}

/** What works instead of something refused: each to be taken by a click, with what it means. */
export function InsteadList({ label, items, onPick }: InsteadListProps) {
  if (items.length === 0) return null;
  return (
    <ul className={styles.instead} aria-label={label}>
      {items.map(({ text, words }) => (
        <li key={text}>
          <button type="button" onClick={() => onPick(text)}>
            {text}
          </button>{" "}
          <WithCode text={words} />
        </li>
      ))}
    </ul>
  );
}
