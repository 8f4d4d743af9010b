import type { ReviewChanges } from "@hauberk/core/review";
import { DangerMark, WithCode } from "../../ui/index.ts";
import styles from "./Merge.module.css";

interface ChangesSideProps {
  /** What the part is called where it is read out. */
  readonly label: string;
  readonly title: string;
  readonly about: string;
  readonly changes: ReviewChanges;
}

/** What one side changed, in words: the first dozen, each with its danger. */
export function ChangesSide({ label, title, about, changes }: ChangesSideProps) {
  return (
    <section className={styles.side} aria-label={label}>
      <h3>
        {title} <span className={styles.soft}>{about}</span>
      </h3>
      <p>{changes.headline}</p>
      <ul>
        {changes.changes.slice(0, most).map(({ id, act, sentence, danger }) => (
          <li key={id}>
            <span className={styles.soft}>{act}:</span> <WithCode text={sentence} />{" "}
            {danger !== null && <DangerMark level={danger} />}
          </li>
        ))}
      </ul>
      {changes.changes.length > most && <p className={styles.soft}>and {changes.changes.length - most} more</p>}
    </section>
  );
}

/** Most changes of a side that are listed. */
const most = 12;
