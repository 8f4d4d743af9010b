import { useState } from "react";
import { type DesignAccess, unlockLink } from "../../api-client/saved/index.ts";
import { Banner, Button } from "../../ui/index.ts";
import { ReviewBar } from "./ReviewBar.tsx";
import parts from "./Parts.module.css";
import styles from "./Review.module.css";
import { useDeed } from "./use-deed.ts";

interface PassphraseFormProps {
  readonly access: DesignAccess;
  readonly onUnlocked: (token: string) => void;
}

/** Asks for the passphrase of a link. */
export function PassphraseForm({ access, onUnlocked }: PassphraseFormProps) {
  const [passphrase, setPassphrase] = useState("");
  const { busy, failure, run } = useDeed();
  return (
    <div className={styles.page}>
      <ReviewBar />
      <main className={styles.alone}>
        <h1>This review asks for a passphrase</h1>
        <p>Whoever sent you the link has told you it by another way.</p>
        <form
          className={parts.stack}
          onSubmit={(event) => {
            event.preventDefault();
            if (busy || passphrase === "") return;
            void run(async () => onUnlocked((await unlockLink(access, passphrase)).token));
          }}
        >
          <label className={styles.field}>
            Passphrase
            <input
              type="password"
              autoFocus
              autoComplete="off"
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          </label>
          <div>
            <Button type="submit" variant="primary" disabled={busy || passphrase === ""}>
              Open the review
            </Button>
          </div>
          {failure !== null && (
            <Banner tone="bad" title="Not opened" live>
              {failure}
            </Banner>
          )}
        </form>
      </main>
    </div>
  );
}
