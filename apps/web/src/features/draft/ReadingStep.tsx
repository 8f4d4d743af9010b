import styles from "./DraftDialog.module.css";

/** A large package takes seconds to unpack: how far it is. */
export function ReadingStep({ name, part }: { readonly name: string; readonly part: number | null }) {
  const percent = part === null ? null : Math.round(part * 100);
  return (
    <div className={styles.reading}>
      <p role="status">
        Reading <code>{name}</code>…
      </p>
      <progress aria-label="Reading" max={100} value={percent ?? undefined} className={styles.progress} />
    </div>
  );
}
