import { useEffect } from "react";
import { ReviewBar } from "./ReviewBar.tsx";
import styles from "./Review.module.css";

/** A link that opens nothing. Why is not told: who guesses at links learns nothing from it. */
export function DeadLink() {
  useEffect(() => {
    document.title = "This link opens nothing – Hauberk";
  }, []);
  return (
    <div className={styles.page}>
      <ReviewBar />
      <main className={styles.alone}>
        <h1>This link opens nothing</h1>
        <p>
          It was revoked, it has ended, the design was deleted, or a part of the address is missing: it ends in{" "}
          <code>#hbk_</code> and 43 letters and digits.
        </p>
        <p>Ask whoever sent it for a new one.</p>
      </main>
    </div>
  );
}
