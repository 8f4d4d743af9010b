import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { failureWords, historyQuery } from "../../api-client/saved/index.ts";
import { Button } from "../../ui/index.ts";
import { eventDetail, eventWords, when } from "./event-words.ts";
import { useReview } from "./review-context.ts";
import parts from "./Parts.module.css";
import styles from "./Review.module.css";

/** So many lines are shown at first. */
const first = 20;

/** Who did what, the latest first. */
export function History() {
  const { access } = useReview();
  const { data = [], error } = useQuery(historyQuery(access));
  const [all, setAll] = useState(false);
  const shown = all ? data : data.slice(0, first);
  return (
    <section className={styles.part} id="history" aria-labelledby="history-head">
      <h2 id="history-head">History</h2>
      {error !== null && <p role="alert">{failureWords(error)}</p>}
      <ol className={styles.history} aria-labelledby="history-head">
        {shown.map((event) => (
          <li key={event.number}>
            <time dateTime={event.at} className={parts.soft}>
              {when(event.at)}
            </time>{" "}
            <span>
              {eventWords(event)}
              {eventDetail(event) !== "" && `: ${eventDetail(event)}`}
            </span>
          </li>
        ))}
      </ol>
      {shown.length < data.length && (
        <Button size="s" variant="quiet" onClick={() => setAll(true)}>
          Show {data.length - shown.length} more
        </Button>
      )}
    </section>
  );
}
