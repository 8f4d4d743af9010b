import { LineLink } from "../../panel/LineLink.tsx";
import { StandingLines } from "../../panel/StandingNote.tsx";
import type { RuleLine } from "./standing-table.ts";
import styles from "./StandingPanel.module.css";

/** The chosen rule with its sentence per target. It keeps its place when empty. */
export function StandingDetail({ line }: { readonly line: RuleLine | null }) {
  if (line === null) {
    return (
      <div className={styles.detail}>
        <p className={styles.hint}>Choose a rule to read what it comes to on each target, and why.</p>
      </div>
    );
  }
  const { path, range, text, standing } = line;
  return (
    <section className={styles.detail} aria-label="The chosen rule">
      <p className={styles.detailHead}>
        <code>{text}</code>
        <LineLink path={path} line={line.line} start={range.start} end={range.end} of={text} />
      </p>
      <StandingLines standing={standing} all />
    </section>
  );
}
