import { useQuery } from "@tanstack/react-query";
import { type ComponentType, useEffect } from "react";
import { failedBy } from "../../api-client/index.ts";
import { accountQuery } from "../../api-client/accounts/index.ts";
import { type DesignAccess, savedDesignQuery, failureWords } from "../../api-client/saved/index.ts";
import { Banner, EmptyState } from "../../ui/index.ts";
import { DeadLink } from "./DeadLink.tsx";
import { PassphraseForm } from "./PassphraseForm.tsx";
import type { ReadRevision } from "./review-model.ts";
import { ReviewBar } from "./ReviewBar.tsx";
import { ReviewOf } from "./ReviewOf.tsx";
import styles from "./Review.module.css";
import { SignInFirst } from "./SignInFirst.tsx";
import { type ReviewAccess, useAccess } from "./use-access.ts";

/** What the targets make of a revision; the app gives it. */
export type JudgementPart = ComponentType<{ readonly access: DesignAccess; readonly shown: ReadRevision }>;

interface ReviewPageProps {
  /** The saved design's id. */
  readonly design: string;
  readonly judgement: JudgementPart;
}

/** Milliseconds after which a service that does not answer is asked again. */
const askAgain = 5000;

/** The review of a saved design, for whoever has a key or a link to it. */
export function ReviewPage({ design, judgement }: ReviewPageProps) {
  const held = useAccess(design);
  const account = useQuery({ ...accountQuery, enabled: held.access === null });
  if (held.access !== null) {
    return <Asked key={held.access.token} held={held} access={held.access} judgement={judgement} />;
  }
  if (account.isPending) return null;
  // A member of the design's workspace needs no link.
  if (account.data?.account) return <Asked held={held} access={{ design, token: null }} judgement={judgement} />;
  return <DeadLink />;
}

interface AskedProps {
  readonly held: ReviewAccess;
  readonly access: DesignAccess;
  readonly judgement: JudgementPart;
}

function Asked({ held, access, judgement }: AskedProps) {
  const { data, error } = useQuery({
    ...savedDesignQuery(access),
    refetchInterval: (query) => (isAway(query.state.error) ? askAgain : false),
  });
  const dead = failedBy(error, "not-found");
  const { lock } = held;
  useEffect(() => {
    // What was unlocked lives for some hours: after that the link asks for its passphrase again.
    if (dead) lock();
  }, [dead, lock]);
  if (dead) return <DeadLink />;
  if (failedBy(error, "sign-in-needed")) return <SignInFirst />;
  if (failedBy(error, "passphrase-needed")) return <PassphraseForm access={access} onUnlocked={held.unlock} />;
  if (data !== undefined) return <ReviewOf access={access} design={data} judgement={judgement} />;
  return (
    <div className={styles.page}>
      <ReviewBar />
      <main className={styles.alone}>
        {error === null ? (
          <EmptyState title="Asking for the design" />
        ) : (
          <Banner tone="bad" title="The design can’t be shown" live>
            {failureWords(error)}
          </Banner>
        )}
      </main>
    </div>
  );
}

/** Answers that asking again does not change. */
const final = ["not-found", "passphrase-needed", "sign-in-needed", "not-permitted"] as const;

function isAway(error: Error | null): boolean {
  return error !== null && !final.some((problem) => failedBy(error, problem));
}
