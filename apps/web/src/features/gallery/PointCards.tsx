import { startingPoints } from "@hauberk/core/gallery";
import styles from "./PointCards.module.css";

/** Every starting point with what it is for. */
export function PointCards({ onChoose }: { readonly onChoose: (id: string) => void }) {
  return (
    <ul className={styles.cards} aria-label="Examples">
      {startingPoints.map(({ id, title, summary }) => (
        <li key={id}>
          <button type="button" className={styles.card} onClick={() => onChoose(id)}>
            <span className={styles.title}>{title}</span>
            <span className={styles.summary}>{summary}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
