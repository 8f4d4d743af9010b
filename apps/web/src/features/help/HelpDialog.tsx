import { useEffect, useRef, useState } from "react";
import { useWorkbench } from "../../store/index.ts";
import { Button, classNames, Dialog, SearchField, WithCode } from "../../ui/index.ts";
import { type Article, articles, searchArticles } from "./help-articles.ts";
import styles from "./HelpDialog.module.css";

/** All help in one place: the work, the panels, and every kind of finding. */
export function HelpDialog({ topic }: { readonly topic: string | null }) {
  const close = useWorkbench((state) => state.closeDialog);
  const [query, setQuery] = useState("");
  const [shown, setShown] = useState(topic ?? articles[0]?.id ?? "");
  const found = searchArticles(query);
  const article = found.find(({ id }) => id === shown) ?? (query === "" ? undefined : found[0]);
  return (
    <Dialog open onClose={close} title="Help" width={920}>
      <div className={styles.frame}>
        <nav className={styles.list} aria-label="Help topics">
          <SearchField label="Search help" value={query} onChange={setQuery} placeholder="Search help" />
          {found.length === 0 && <p className={styles.none}>Nothing speaks of this.</p>}
          <TopicList found={found} shown={article?.id ?? null} onShow={setShown} />
        </nav>
        {/* It takes the keys itself, so that they scroll it. */}
        <article
          className={styles.article}
          aria-live="polite"
          aria-label="Help page"
          tabIndex={article === undefined ? -1 : 0}
        >
          {article === undefined ? <p>Choose a topic.</p> : <ArticleText article={article} />}
        </article>
      </div>
    </Dialog>
  );
}

interface TopicListProps {
  readonly found: readonly Article[];
  readonly shown: string | null;
  readonly onShow: (id: string) => void;
}

function TopicList({ found, shown, onShow }: TopicListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }, []);
  const groups = [...new Set(found.map(({ group }) => group))];
  return (
    <div className={styles.topics} ref={list}>
      {groups.map((group) => (
        <section key={group} aria-label={group}>
          <h3 className={styles.group}>{group}</h3>
          <ul>
            {found
              .filter((article) => article.group === group)
              .map(({ id, title }) => (
                <li key={id}>
                  <Button
                    size="s"
                    variant="quiet"
                    className={classNames(styles.topic, id === shown && styles.current)}
                    aria-current={id === shown}
                    onClick={() => onShow(id)}
                  >
                    <span className={styles.topicTitle}>
                      <WithCode text={title} />
                    </span>
                  </Button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function ArticleText({ article }: { readonly article: Article }) {
  const { id, title, lead, paragraphs, instead, examples, manual } = article;
  return (
    <>
      <h3 className={styles.title}>
        <WithCode text={title} />
      </h3>
      {id.includes("/") && <p className={styles.code}>{id}</p>}
      {[...(lead === null ? [] : [lead]), ...paragraphs].map((paragraph) => (
        <p key={paragraph}>
          <WithCode text={paragraph} />
        </p>
      ))}
      {instead !== null && (
        <p>
          <strong>What to do. </strong>
          <WithCode text={instead} />
        </p>
      )}
      {examples !== null && (
        <>
          <h4>It is found in</h4>
          <pre className={styles.example}>{examples.bad}</pre>
          <h4>Mended</h4>
          <pre className={styles.example}>{examples.good}</pre>
        </>
      )}
      {manual !== null && <p className={styles.manual}>The manual: {manual}.</p>}
    </>
  );
}
