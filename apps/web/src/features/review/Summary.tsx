import type { PolicyTree } from "@hauberk/core/analysis";
import {
  type ProfileSummary,
  reviewSummary,
  type SummaryPlace,
  type SummarySaying,
  type SummarySection as Section,
} from "@hauberk/core/review";
import { useMemo, useState } from "react";
import { Button, DangerMark, Disclosure, WithCode } from "../../ui/index.ts";
import { placeId } from "./place-id.ts";
import { useReview } from "./review-context.ts";
import parts from "./Parts.module.css";
import styles from "./Review.module.css";

/** So many sentences of a section are shown at first. */
const first = 12;

/** What the programs may do, in sentences by subject: of the profiles' own rules and of what they include. */
export function Summary({ tree }: { readonly tree: PolicyTree | null }) {
  const { shown } = useReview();
  const summary = useMemo(() => reviewSummary(shown.design, tree), [shown.design, tree]);
  return (
    <section className={styles.part} id="summary" aria-labelledby="summary-head">
      <h2 id="summary-head">Summary</h2>
      {summary.profiles.length === 0 && <p>The design holds no profile yet.</p>}
      {summary.profiles.map((profile) => (
        <Profile key={`${profile.file} ${profile.profile} ${profile.line}`} profile={profile} />
      ))}
      {summary.unknown.length > 0 && (
        <p className={parts.soft}>
          Not told here, as the files are not at hand: what {summary.unknown.map((name) => `<${name}>`).join(", ")}{" "}
          allow.
        </p>
      )}
    </section>
  );
}

function Profile({ profile }: { readonly profile: ProfileSummary }) {
  const { head, danger, may, refused, about, includes } = profile;
  return (
    <article className={styles.card} aria-label={`Profile ${profile.profile}`}>
      <h3>
        <code>{profile.profile}</code> {danger !== null && <DangerMark level={danger} />}
      </h3>
      <p className={styles.lead}>
        <WithCode text={head} />
      </p>
      {may.map((section) => (
        <SectionPart key={section.id} section={section} />
      ))}
      {refused !== null && <SectionPart section={refused} />}
      {about.map((section) => (
        <SectionPart key={section.id} section={section} />
      ))}
      {includes.length > 0 && (
        <Disclosure summary={includes.length === 1 ? "1 include" : `${includes.length} includes`}>
          <ul className={styles.sayings}>
            {includes.map((include) => (
              <Saying key={include.path} saying={include} />
            ))}
          </ul>
        </Disclosure>
      )}
    </article>
  );
}

function SectionPart({ section }: { readonly section: Section }) {
  const [all, setAll] = useState(false);
  const { title, notes, own, taken } = section;
  const shown = all ? own : own.slice(0, first);
  return (
    <div className={styles.section}>
      <h4>{title}</h4>
      {notes.map((note) => (
        <p key={note} className={parts.soft}>
          <WithCode text={note} />
        </p>
      ))}
      <ul className={styles.sayings}>
        {shown.map((saying) => (
          <Saying key={`${saying.sentence} ${saying.from[0]?.line ?? ""}`} saying={saying} />
        ))}
        {taken.flatMap(({ include, sayings, more }) => [
          ...sayings.map((saying) => <Saying key={`${include} ${saying.sentence}`} saying={saying} by={include} />),
          ...(more === 0
            ? []
            : [
                <li key={`${include} more`} className={parts.soft}>
                  {sayings.length === 0 ? `${more}` : `${more} more`} of low danger by <code>{include}</code>
                </li>,
              ]),
        ])}
      </ul>
      {shown.length < own.length && (
        <Button size="s" variant="quiet" onClick={() => setAll(true)}>
          Show {own.length - shown.length} more
        </Button>
      )}
    </div>
  );
}

function Saying({ saying, by }: { readonly saying: SummarySaying; readonly by?: string }) {
  const { sentence, danger, from } = saying;
  return (
    <li className={styles.saying}>
      <span className={styles.danger}>{danger !== null && <DangerMark level={danger} />}</span>
      <p>
        <WithCode text={sentence} />
        {by !== undefined && (
          <span className={parts.soft}>
            {" "}
            by <code>{by}</code>
          </span>
        )}
        {by === undefined &&
          from.slice(0, 4).map((place) => <PlaceLink key={`${place.file} ${place.range.start}`} place={place} />)}
        {by === undefined && from.length > 4 && <span className={parts.soft}> and {from.length - 4} more</span>}
      </p>
    </li>
  );
}

/** The way from a sentence to the rule that says it. */
function PlaceLink({ place: { origin, file, line, range } }: { readonly place: SummaryPlace }) {
  if (origin === "target") return <span className={parts.soft}> {file}</span>;
  return (
    <>
      {" "}
      <a className={styles.lineLink} href={`#${placeId(file, range.start)}`}>
        line {line}
      </a>
    </>
  );
}
