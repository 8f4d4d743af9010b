import { roleMay, type SavedDesign } from "@hauberk/contract";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import {
  approvalsQuery,
  commentsQuery,
  type DesignAccess,
  designKey,
  revisionQuery,
  failureWords,
} from "../../api-client/saved/index.ts";
import { personName, rememberPerson } from "../../persistence/index.ts";
import { Banner, EmptyState } from "../../ui/index.ts";
import { Changes } from "./Changes.tsx";
import { Decisions } from "./Decisions.tsx";
import { History } from "./History.tsx";
import { News } from "./News.tsx";
import { OpenProblems } from "./OpenProblems.tsx";
import { type Review, ReviewContext } from "./review-context.ts";
import { readRevision } from "./review-model.ts";
import { ReviewBar } from "./ReviewBar.tsx";
import { ReviewHead } from "./ReviewHead.tsx";
import type { JudgementPart } from "./ReviewPage.tsx";
import { Rules } from "./Rules.tsx";
import { Summary } from "./Summary.tsx";
import styles from "./Review.module.css";
import { useNews } from "./use-news.ts";
import { usePolicy } from "./use-policy.ts";
import { useThreads } from "./use-threads.ts";

interface ReviewOfProps {
  readonly access: DesignAccess;
  readonly design: SavedDesign;
  readonly judgement: JudgementPart;
}

const sections = [
  { id: "summary", title: "Summary" },
  { id: "changes", title: "Changes" },
  { id: "rules", title: "Rules and comments" },
  { id: "standing", title: "Standing" },
  { id: "verdicts", title: "Verdicts" },
  { id: "problems", title: "Open problems" },
  { id: "decision", title: "Decision" },
  { id: "history", title: "History" },
] as const;

/** The page of a review once the design is there. */
export function ReviewOf({ access, design, judgement }: ReviewOfProps) {
  const queries = useQueryClient();
  // What is read stays as it is until the reader moves on, whatever is saved meanwhile.
  const [number, setNumber] = useState(design.newest.number);
  const [by, setBy] = useState(personName);
  // While another one is on its way the page stays as it is: somebody may be writing at a rule.
  const revision = useQuery({ ...revisionQuery(access, number), placeholderData: keepPreviousData });
  const comments = useQuery(commentsQuery(access));
  const approvals = useQuery(approvalsQuery(access));
  const shown = revision.data === undefined ? null : readRevision(revision.data, design.name);
  const refresh = useCallback(
    () =>
      queries.invalidateQueries({
        queryKey: designKey(access),
        predicate: ({ queryKey }) => queryKey[3] !== "revision",
      }),
    [queries, access],
  );
  const news = useNews(access);
  const threads = useThreads(access, comments.data ?? none, shown);
  const tree = usePolicy(shown);
  useEffect(() => {
    document.title = `Review of ${design.name} – Hauberk`;
    return () => {
      document.title = "Hauberk";
    };
  }, [design.name]);
  const review = useMemo<Review | null>(
    () =>
      shown === null
        ? null
        : {
            access,
            design,
            shown,
            by: design.signedIn?.name ?? by,
            may: (action) => roleMay(design.role, action),
            refresh,
            show: setNumber,
          },
    [access, design, shown, by, refresh],
  );
  const Judgement = judgement;
  return (
    <div className={styles.page}>
      <ReviewBar>
        <nav className={styles.toc} aria-label="Parts of the review">
          {sections.map(({ id, title }) => (
            <a key={id} href={`#${id}`}>
              {title}
            </a>
          ))}
        </nav>
      </ReviewBar>
      <News news={news} shown={number} newest={design.newest.number} onShow={setNumber} />
      <main className={styles.main}>
        {review === null || shown === null ? (
          revision.error === null ? (
            <EmptyState title="Asking for the revision" />
          ) : (
            <Banner tone="bad" title="The revision can’t be shown" live>
              {failureWords(revision.error)}
            </Banner>
          )
        ) : (
          <ReviewContext value={review}>
            <ReviewHead
              by={by}
              onBy={(name) => {
                setBy(name);
                rememberPerson(name);
              }}
            />
            <Summary tree={tree} />
            <Changes tree={tree} approvals={approvals.data ?? none} />
            <Rules threads={threads} failure={comments.error} tree={tree} />
            <Judgement access={access} shown={shown} />
            <OpenProblems tree={tree} />
            <Decisions approvals={approvals.data ?? none} tree={tree} />
            <History />
          </ReviewContext>
        )}
      </main>
    </div>
  );
}

const none: readonly never[] = [];
