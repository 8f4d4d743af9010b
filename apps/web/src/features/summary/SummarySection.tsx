import type { FileView } from "@hauberk/core/design";
import type { WordsSection } from "@hauberk/core/words";
import { useId, useState } from "react";

import panel from "../../panel/panel.module.css";
import { Button, WithCode } from "../../ui/index.ts";
import { SayingRow } from "./SayingRow.tsx";
import styles from "./SummaryPanel.module.css";

/** So many sentences of a section are drawn at first, and with each asking for more. */
const page = 60;

interface SummarySectionProps {
  readonly section: WordsSection;
  readonly file: FileView;
}

/** The sentences on one subject, the dangerous ones first. */
export function SummarySection({ section, file }: SummarySectionProps) {
  const id = useId();
  const [pages, setPages] = useState(1);
  const { title, notes, sayings } = section;
  const shown = sayings.slice(0, pages * page);
  const more = sayings.length - shown.length;
  return (
    <section className={panel.section} aria-labelledby={id}>
      <div className={panel.heading}>
        <h3 id={id}>{title}</h3>
        {sayings.some(({ from }) => from.length > 0) && <span className={panel.count}>{sayings.length}</span>}
      </div>
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          <WithCode text={note} />
        </p>
      ))}
      <ul className={styles.sayings}>
        {shown.map((saying) => (
          <SayingRow key={`${saying.from[0]?.start ?? ""} ${saying.sentence}`} saying={saying} file={file} />
        ))}
      </ul>
      {more > 0 && (
        <Button variant="quiet" size="s" onClick={() => setPages(pages + 1)}>
          Show {Math.min(more, page)} of {more} more
        </Button>
      )}
    </section>
  );
}
