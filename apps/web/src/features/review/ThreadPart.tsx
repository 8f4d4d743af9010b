import type { Comment } from "@hauberk/contract";
import { useState } from "react";
import { deleteComment, resolveComment, signature } from "../../api-client/saved/index.ts";
import { Badge, Button } from "../../ui/index.ts";
import { Composer, SuggestionText } from "./Composer.tsx";
import { when } from "./event-words.ts";
import { Markdown } from "./Markdown.tsx";
import { useReview } from "./review-context.ts";
import { type PlacedThread, standingPlace, type ThreadPlace } from "./review-model.ts";
import parts from "./Parts.module.css";
import styles from "./Thread.module.css";
import { useApplySuggestion } from "./use-apply-suggestion.ts";
import { useDeed } from "./use-deed.ts";

/** A comment with the answers to it, its suggested change, and what can be done about them. */
export function ThreadPart({ thread }: { readonly thread: PlacedThread }) {
  const { access, by, may, refresh } = useReview();
  const { head, replies, followed } = thread;
  const [open, setOpen] = useState(false);
  const [answering, setAnswering] = useState(false);
  const { busy, failure, run } = useDeed();
  const resolved = head.resolved;
  const resolve = () =>
    run(async () => {
      await resolveComment(access, head.id, { resolved: resolved === null, ...signature(by) });
      await refresh();
    });
  const label = `Thread of ${head.by.name}`;
  if (resolved !== null && !open) {
    return (
      <div className={styles.thread} role="group" aria-label={label}>
        <p className={parts.row}>
          <Badge tone="good">{head.applied === null ? "Resolved" : `Applied in revision ${head.applied}`}</Badge>
          <span className={parts.note}>
            {head.by.name}’s comment, by {resolved.by.name}, {when(resolved.at)}
          </span>
          <Button size="s" variant="quiet" onClick={() => setOpen(true)}>
            Show
          </Button>
        </p>
      </div>
    );
  }
  return (
    <div className={styles.thread} role="group" aria-label={label}>
      <PlaceRemark thread={thread} />
      <CommentPart comment={head} />
      {head.suggestion !== null && head.anchor !== null && (
        <Suggestion comment={head} suggestion={head.suggestion} from={head.anchor.text} followed={followed} />
      )}
      {replies.map((reply) => (
        <CommentPart key={reply.id} comment={reply} />
      ))}
      {answering && <Composer about={null} thread={head.id} onDone={() => setAnswering(false)} />}
      {failure !== null && <p role="alert">{failure}</p>}
      {may("comment") && !answering && (
        <div className={parts.row}>
          <Button size="s" variant="quiet" onClick={() => setAnswering(true)}>
            Reply
          </Button>
          <Button size="s" variant="quiet" icon="check" disabled={busy} onClick={() => void resolve()}>
            {resolved === null ? "Resolve" : "Open again"}
          </Button>
          {resolved !== null && (
            <Button size="s" variant="quiet" onClick={() => setOpen(false)}>
              Hide
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** What became of the rule since the comment was written. */
function PlaceRemark({ thread: { head, followed } }: { readonly thread: PlacedThread }) {
  const { anchor } = head;
  if (anchor === null || followed === null || followed.state === "same") return null;
  return (
    <div className={styles.remark} role="note" aria-label="What became of the rule">
      {remarkOf(followed, anchor.revision)} It was:
      <pre>{anchor.text}</pre>
    </div>
  );
}

function remarkOf(followed: ThreadPlace, revision: number): string {
  switch (followed.state) {
    case "sought":
      return `The rule of revision ${revision} is looked for in the revisions since.`;
    case "lost":
      return `Nobody can say where the rule of revision ${revision} went. ${followed.why}`;
    case "gone":
      return `The rule of revision ${revision} is gone since.`;
    case "same":
    case "changed":
      return followed.certain
        ? `The rule has changed since this was written at revision ${revision}.`
        : `The rule of revision ${revision} is gone since, or has become this one, which is like it.`;
  }
}

function CommentPart({ comment }: { readonly comment: Comment }) {
  const { access, by: reader, refresh, may } = useReview();
  const { busy, failure, run } = useDeed();
  const [doomed, setDoomed] = useState(false);
  const { id, by, at, text, mine, deleted, revision } = comment;
  return (
    <article className={styles.comment} aria-label={`Comment of ${by.name}`}>
      <p className={styles.byline}>
        <strong>{by.name}</strong>
        <span className={parts.note}>
          {when(at)}, at revision {revision}
        </span>
        {((mine && may("comment")) || may("manage")) && !deleted && !doomed && (
          <Button size="s" variant="quiet" onClick={() => setDoomed(true)}>
            Delete
          </Button>
        )}
        {doomed && !deleted && (
          <>
            <Button
              size="s"
              variant="danger"
              autoFocus
              disabled={busy}
              onClick={() =>
                void run(async () => {
                  await deleteComment(access, id, signature(reader));
                  await refresh();
                })
              }
            >
              Delete for good
            </Button>
            <Button size="s" onClick={() => setDoomed(false)}>
              Keep
            </Button>
          </>
        )}
      </p>
      {deleted ? <p className={parts.note}>Deleted.</p> : <Markdown text={text} />}
      {failure !== null && <p role="alert">{failure}</p>}
    </article>
  );
}

interface SuggestionProps {
  readonly comment: Comment;
  readonly suggestion: string;
  readonly from: string;
  /** Where what it would change stands in the revision that is shown. */
  readonly followed: ThreadPlace | null;
}

function Suggestion({ comment, suggestion, from, followed }: SuggestionProps) {
  const { may } = useReview();
  const { busy, failure, run } = useDeed();
  const apply = useApplySuggestion();
  const place = standingPlace(followed);
  const isOpen = comment.applied === null && may("save") && place !== null;
  const isCertain = followed?.state === "same" || (followed?.state === "changed" && followed.certain);
  // Whoever applies it has to see what goes: the rule as it stands now.
  const goes = isOpen && isCertain ? place.text : from;
  return (
    <div className={parts.stack}>
      <SuggestionText from={goes} to={suggestion} />
      {comment.applied !== null && (
        <p>
          <Badge tone="good">Applied in revision {comment.applied}</Badge>
        </p>
      )}
      {isOpen && isCertain && (
        <div className={parts.row}>
          <Button
            size="s"
            variant="primary"
            icon="check"
            disabled={busy}
            onClick={() => void run(() => apply(comment, suggestion, place))}
          >
            Apply the change
          </Button>
          <span className={parts.note}>
            {followed.state === "same"
              ? "Saves a new revision."
              : "Replaces the rule as it stands now, not as it was when this was suggested. Saves a new revision."}
          </span>
        </div>
      )}
      {isOpen && !isCertain && (
        <p className={parts.note}>
          It can’t be applied here, since nobody knows whether it is meant for this rule. Change the rule in the
          designer if it is.
        </p>
      )}
      {failure !== null && <p role="alert">{failure}</p>}
    </div>
  );
}
