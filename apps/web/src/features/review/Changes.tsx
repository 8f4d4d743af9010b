import type { Approval } from "@hauberk/contract";
import type { PolicyTree } from "@hauberk/core/analysis";
import { reviewChanges, type ReviewChange, type ReviewChanges } from "@hauberk/core/review";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { failureWords, revisionQuery } from "../../api-client/saved/index.ts";
import { Badge, Button, DangerMark, WithCode } from "../../ui/index.ts";
import { placeId } from "./place-id.ts";
import { useReview } from "./review-context.ts";
import { approvedBefore, readRevision, type ReadRevision } from "./review-model.ts";
import { RevisionSelect } from "./RevisionSelect.tsx";
import parts from "./Parts.module.css";
import styles from "./Review.module.css";
import { TextChanges } from "./TextChanges.tsx";

interface ChangesProps {
  readonly tree: PolicyTree | null;
  readonly approvals: readonly Approval[];
}

/** What is otherwise than in the revision that was approved last, or in another that the reader chooses. */
export function Changes({ tree, approvals }: ChangesProps) {
  const { access, design, shown, show } = useReview();
  const { number } = shown.revision;
  const approved = approvedBefore(approvals, number);
  const [chosen, setChosen] = useState<number | null>(null);
  const base = chosen !== null && chosen < number ? chosen : (approved ?? (number > 1 ? number - 1 : null));
  const before = useQuery(revisionQuery(access, base));
  return (
    <section className={styles.part} id="changes" aria-labelledby="changes-head">
      <h2 id="changes-head">Changes</h2>
      {base === null ? (
        <p>This is the first revision: everything in it is new.</p>
      ) : (
        <>
          <div className={parts.row}>
            <span>
              {base === approved ? "Since the revision that was approved last." : "Since an earlier revision."}
            </span>
            <RevisionSelect label="Compared with" value={base} before={number} onChange={setChosen} />
          </div>
          {before.data !== undefined && (
            <ChangesSince before={readRevision(before.data, design.name)} after={shown} tree={tree} />
          )}
          {before.error !== null && <p role="alert">{failureWords(before.error)}</p>}
        </>
      )}
      <p className={parts.soft}>
        What the compiled policies permit in one revision and not in the other will be compared here later.
      </p>
      {number !== design.newest.number && (
        <Button size="s" onClick={() => show(design.newest.number)}>
          Show the newest revision
        </Button>
      )}
    </section>
  );
}

interface ChangesSinceProps {
  readonly before: ReadRevision;
  readonly after: ReadRevision;
  readonly tree: PolicyTree | null;
}

function ChangesSince({ before, after, tree }: ChangesSinceProps) {
  const changes = useMemo(() => reviewChanges(before.design, after.design, tree), [before.design, after.design, tree]);
  return (
    <>
      <p className={styles.lead}>{changes.headline}</p>
      <ChangeList changes={changes} />
      {changes.files.length > 0 && <TextChanges before={before.revision} after={after.revision} />}
    </>
  );
}

/** The changes one by one, the most dangerous first. */
export function ChangeList({ changes }: { readonly changes: ReviewChanges }) {
  if (changes.changes.length === 0) return null;
  return (
    <ul className={styles.changes} aria-label="Changes in words">
      {changes.changes.map((change) => (
        <Change key={change.id} change={change} />
      ))}
    </ul>
  );
}

const acts = { added: "Added", removed: "Removed", changed: "Changed", renamed: "Renamed" } as const;

const given = {
  more: "permits more",
  less: "permits less",
  other: "permits other things",
  same: null,
  unclear: "may permit more",
} as const;

function Change({ change }: { readonly change: ReviewChange }) {
  const { act, subject, sentence, danger, gives, before, after, profile, brings } = change;
  return (
    <li className={styles.change}>
      <span className={styles.danger}>{danger !== null && <DangerMark level={danger} />}</span>
      <div>
        <p>
          <Badge {...(act === "removed" ? { tone: "bad" as const } : act === "added" ? { tone: "good" as const } : {})}>
            {acts[act]}
          </Badge>{" "}
          <WithCode text={sentence} />{" "}
          <span className={parts.soft}>
            {[subject === "rule" ? null : subject, profile, given[gives]].filter((part) => part !== null).join(", ")}
          </span>
        </p>
        {brings !== null && (
          <p className={parts.soft}>
            {brings.known
              ? `It brings ${brings.rules === 1 ? "1 rule" : `${brings.rules} rules`}. ${brings.gravest
                  .map((each) => each.sentence)
                  .join(" ")}`
              : "What it brings is not known here."}
          </p>
        )}
        {before !== null && (
          <pre className={styles.gone}>
            <span className="visually-hidden">Before: </span>
            {before.text}
          </pre>
        )}
        {after !== null && (
          <pre className={styles.come}>
            <span className="visually-hidden">Now: </span>
            {after.text}
          </pre>
        )}
        {after !== null && (
          <a className={styles.lineLink} href={`#${placeId(after.file, after.range.start)}`}>
            line {after.line}
          </a>
        )}
      </div>
    </li>
  );
}
