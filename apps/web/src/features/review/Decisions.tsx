import type { Approval } from "@hauberk/contract";
import type { PolicyTree } from "@hauberk/core/analysis";
import { reviewChanges } from "@hauberk/core/review";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { decide, revisionQuery, signature, withdrawDecision } from "../../api-client/saved/index.ts";
import { Badge, Banner, Button, TextArea } from "../../ui/index.ts";
import { when } from "./event-words.ts";
import { useReview } from "./review-context.ts";
import { gateWords, readRevision, standingDecisions } from "./review-model.ts";
import parts from "./Parts.module.css";
import styles from "./Review.module.css";
import { useDeed } from "./use-deed.ts";

interface DecisionsProps {
  readonly approvals: readonly Approval[];
  readonly tree: PolicyTree | null;
}

/** Who has approved or asked for changes, what that is worth now, and the reader's own decision. */
export function Decisions({ approvals, tree }: DecisionsProps) {
  const { design, may } = useReview();
  const standing = standingDecisions(approvals);
  return (
    <section className={styles.part} id="decision" aria-labelledby="decision-head">
      <h2 id="decision-head">Decision</h2>
      <p>
        {gateWords(design.gate)}
        {design.gate.open ? ": a bundle may be made of the newest revision." : ": no bundle of it may be made yet."}
      </p>
      <ul className={styles.decisions} aria-label="Decisions" hidden={standing.length === 0}>
        {standing.map((approval) => (
          <DecisionRow key={approval.id} approval={approval} tree={tree} />
        ))}
      </ul>
      {may("approve") && <DecisionForm />}
      {design.role === "owner" && (
        <p className={parts.soft}>Whoever writes a design does not sign it: approving takes a link that may approve.</p>
      )}
    </section>
  );
}

function DecisionRow({ approval, tree }: { readonly approval: Approval; readonly tree: PolicyTree | null }) {
  const { access, by: reader, may, refresh } = useReview();
  const { busy, failure, run } = useDeed();
  const { by, decision, revision, note, at, stale, lapsed, mine } = approval;
  return (
    <li className={styles.decision}>
      <div>
        <p>
          <Badge tone={stale || lapsed ? "warn" : decision === "approve" ? "good" : "bad"}>
            {decision === "approve" ? "Approved" : "Changes asked for"}
            {stale && ", stale"}
            {lapsed && ", lapsed"}
          </Badge>{" "}
          <strong>{by.name}</strong>{" "}
          <span className={parts.soft}>
            revision {revision}, {when(at)}
          </span>
        </p>
        {note !== "" && <p>{note}</p>}
        {lapsed && <p>It does not count: the link of {by.name} was revoked, or they are no member any more.</p>}
        {stale && <Since revision={revision} tree={tree} />}
        {failure !== null && <p role="alert">{failure}</p>}
      </div>
      {(mine || may("manage")) && (
        <Button
          size="s"
          disabled={busy}
          {...(mine ? {} : { variant: "danger" as const, "aria-label": `Strike the decision of ${by.name}` })}
          onClick={() =>
            void run(async () => {
              await withdrawDecision(access, approval.id, signature(reader));
              await refresh();
            })
          }
        >
          {mine ? "Take it back" : "Strike"}
        </Button>
      )}
    </li>
  );
}

/** What has changed since a decision, so that who decided knows whether to look again. */
function Since({ revision, tree }: { readonly revision: number; readonly tree: PolicyTree | null }) {
  const { access, design } = useReview();
  const before = useQuery(revisionQuery(access, revision)).data;
  const newest = useQuery(revisionQuery(access, design.newest.number)).data;
  const headline = useMemo(() => {
    if (before === undefined || newest === undefined) return null;
    return reviewChanges(readRevision(before, design.name).design, readRevision(newest, design.name).design, tree)
      .headline;
  }, [before, newest, design.name, tree]);
  if (headline === null) return null;
  return (
    <p>
      It does not count for revision {design.newest.number}. Since then: {headline}
    </p>
  );
}

function DecisionForm() {
  const { access, design, shown, by, refresh, show } = useReview();
  const [note, setNote] = useState("");
  const { busy, failure, run } = useDeed();
  const { revision } = shown;
  const nameless = by.trim() === "";
  if (revision.number !== design.newest.number) {
    return (
      <Banner
        tone="info"
        actions={
          <Button size="s" onClick={() => show(design.newest.number)}>
            Show revision {design.newest.number}
          </Button>
        }
      >
        You read revision {revision.number}. A decision is made on the newest one.
      </Banner>
    );
  }
  const send = (decision: "approve" | "request-changes") =>
    run(async () => {
      await decide(access, {
        revision: revision.number,
        hash: revision.hash,
        decision,
        note: note.trim(),
        ...signature(by),
      });
      setNote("");
      await refresh();
    });
  return (
    <div className={styles.card} role="group" aria-label="Your decision">
      <TextArea label="Note" value={note} onChange={setNote} rows={2} />
      <div className={parts.row}>
        <Button variant="primary" icon="check" disabled={busy || nameless} onClick={() => void send("approve")}>
          Approve revision {revision.number}
        </Button>
        <Button icon="cross" disabled={busy || nameless} onClick={() => void send("request-changes")}>
          Ask for changes
        </Button>
      </div>
      <p className={parts.soft}>
        It holds for these very bytes (<code>{revision.hash.slice(0, 12)}</code>)
        {nameless ? ". Say your name above: nobody signs without one." : `, signed “${by.trim()}”.`}
      </p>
      {failure !== null && (
        <Banner tone="bad" live>
          {failure}
        </Banner>
      )}
    </div>
  );
}
