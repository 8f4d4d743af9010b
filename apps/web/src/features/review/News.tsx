import { Button } from "../../ui/index.ts";
import { eventWords } from "./event-words.ts";
import styles from "./Review.module.css";
import type { LiveNews } from "./use-news.ts";

interface NewsProps {
  readonly news: LiveNews;
  /** The revision that is read. */
  readonly shown: number;
  readonly newest: number;
  readonly onShow: (revision: number) => void;
}

/** What has happened since: said, but nothing moves under the reader's hands until they ask for it. */
export function News({ news, shown, newest, onShow }: NewsProps) {
  const { last, saved, live } = news;
  const newer = newest > shown;
  const told = saved?.revision === newest && saved.kind === "revision-saved" ? saved : null;
  return (
    <>
      <div role="status" aria-label="News" className="visually-hidden">
        {last !== null && <span key={last.number}>{eventWords(last)}.</span>}
      </div>
      {(newer || !live) && (
        <aside className={styles.news} aria-label="Newer revision">
          {newer && (
            <>
              <span>
                {told === null ? `Revision ${newest} is there` : eventWords(told)}. You read revision {shown}.
              </span>
              <Button size="s" variant="primary" onClick={() => onShow(newest)}>
                Show revision {newest}
              </Button>
            </>
          )}
          {!live && <span>The connection is broken; it is tried again.</span>}
        </aside>
      )}
    </>
  );
}
