import { useEffect, useId, useRef } from "react";
import { Badge, TextField } from "../../ui/index.ts";
import { when } from "./event-words.ts";
import { gateWords } from "./review-model.ts";
import { useReview } from "./review-context.ts";
import { RevisionSelect } from "./RevisionSelect.tsx";
import parts from "./Parts.module.css";
import styles from "./Review.module.css";
import { EditHere } from "./EditHere.tsx";

interface ReviewHeadProps {
  readonly by: string;
  readonly onBy: (name: string) => void;
}

const rights = {
  viewer: "You read.",
  commenter: "You read and comment.",
  approver: "You read, comment, and approve or ask for changes.",
  editor: "You read, comment and save revisions.",
  owner: "The design is yours.",
} as const;

/** What is reviewed: the design, the revision, who saved it when and why, and how the gate stands. */
export function ReviewHead({ by, onBy }: ReviewHeadProps) {
  const { design, shown, show, may } = useReview();
  const id = useId();
  const { revision } = shown;
  const { gate } = design;
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(revision.number);
  useEffect(() => {
    // The button that led to another revision is gone: the keys go on from here, and nothing scrolls.
    if (first.current !== revision.number) heading.current?.focus({ preventScroll: true });
    first.current = revision.number;
  }, [revision.number]);
  const newest = revision.number === design.newest.number;
  return (
    <section className={styles.head} aria-labelledby={id}>
      <h1 id={id} ref={heading} tabIndex={-1}>
        {design.name} <span className={parts.soft}>revision {revision.number}</span>
      </h1>
      <p>
        Saved by {revision.by.name}, {when(revision.at)}
        {revision.message !== "" && <>: “{revision.message}”</>}
      </p>
      <div className={parts.row}>
        <span role="status" aria-label="Gate">
          <Badge tone={gate.open ? "good" : "warn"}>{gate.open ? "Gate open" : "Gate closed"}</Badge> {gateWords(gate)}
          {!newest && " of the newest revision"}
        </span>
        <span className={styles.spring} />
        <RevisionSelect label="Revision" value={revision.number} onChange={show} />
      </div>
      <div className={parts.row}>
        <span className={parts.soft}>{rights[design.role]}</span>
        <span className={styles.spring} />
        {may("save") && <EditHere />}
      </div>
      {may("comment") && design.signedIn === null && (
        <div className={styles.name}>
          <TextField label="Your name" value={by} onCommit={onBy} hint="Others see it beside what you say." />
        </div>
      )}
    </section>
  );
}
