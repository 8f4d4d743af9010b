import type { SignInFailure } from "@hauberk/contract";
import { useEffect } from "react";
import { signInAgainAddress } from "../../api-client/accounts/index.ts";
import { ReviewBar } from "./ReviewBar.tsx";
import styles from "./Review.module.css";

interface Words {
  readonly title: string;
  readonly happened: string;
  readonly remedy: string;
  /** Whether trying at once may help. */
  readonly again: boolean;
}

const words: Readonly<Record<SignInFailure, Words>> = {
  refused: {
    title: "You are not signed in",
    happened: "Signing in was refused at the provider of accounts, by you or by its rules.",
    remedy:
      "Sign in again and agree that Hauberk may know your name and e-mail address, or ask whoever runs the provider.",
    again: true,
  },
  failed: {
    title: "Signing in did not come to its end",
    happened:
      "It took longer than 15 minutes, it began in another browser, its page was opened twice, or cookies are off.",
    remedy: "Begin again, and stay in one browser until you are back here.",
    again: true,
  },
  away: {
    title: "The provider of accounts does not answer",
    happened: "Hauberk works, but whoever keeps the accounts can’t be reached now.",
    remedy: "Try again in some minutes. If it stays like this, tell whoever runs this service.",
    again: true,
  },
  busy: {
    title: "Signing in is not possible just now",
    happened: "The service has too much to do, or can’t reach what it keeps.",
    remedy: "Try again in a minute.",
    again: true,
  },
  none: {
    title: "Nobody signs in here",
    happened: "This service has no accounts.",
    remedy: "Whatever you save is opened by its key and its links alone.",
    again: false,
  },
};

/** Why a browser came back without being signed in, and what to do; an unknown reason is told as the most common one. */
export function SignInFailed({ why }: { readonly why: string | undefined }) {
  const { title, happened, remedy, again } = isKnown(why) ? words[why] : words.failed;
  useEffect(() => {
    document.title = `${title} – Hauberk`;
  }, [title]);
  return (
    <div className={styles.page}>
      <ReviewBar />
      <main className={styles.alone}>
        <h1>{title}</h1>
        <p>{happened}</p>
        <p>{remedy} What you made without an account is in this browser as it was.</p>
        <p className={styles.ways}>
          {again && <a href={signInAgainAddress()}>Sign in again</a>}
          <a href="/">Open the designer</a>
        </p>
      </main>
    </div>
  );
}

function isKnown(why: string | undefined): why is SignInFailure {
  return why !== undefined && Object.hasOwn(words, why);
}
