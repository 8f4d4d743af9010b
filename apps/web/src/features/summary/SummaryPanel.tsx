import { profileText, type ProfileWords } from "@hauberk/core/words";
import { useMemo, useState } from "react";

import { copyText } from "../../actions/index.ts";
import { NoProfile } from "../../panel/NoProfile.tsx";
import panel from "../../panel/panel.module.css";
import { useVariableValues } from "../../panel/variable-values.ts";
import { useActiveFile, useActiveProfile } from "../../store/index.ts";
import { Button, EmptyState, Toggle, WithCode } from "../../ui/index.ts";
import { countWords, isGrave, isLong, type Subject, wordsOf } from "./summary-model.ts";
import styles from "./SummaryPanel.module.css";
import { SummarySection } from "./SummarySection.tsx";
import { useSettled } from "./use-settled.ts";

/** The whole profile in plain sentences: what somebody signs who does not read AppArmor. */
export function SummaryPanel() {
  const shown = useActiveProfile();
  const file = useActiveFile();
  const profile = shown?.profile ?? null;
  const subject = useMemo<Subject | null>(
    () => (file === null || (profile === null && file.looseRules.length === 0) ? null : { file, profile }),
    [file, profile],
  );
  if (subject === null) return <NoProfile what="The sentences that say a profile" />;
  return <Summary subject={subject} />;
}

function Summary({ subject: newest }: { readonly subject: Subject }) {
  const name = newest.profile?.name ?? newest.file.path;
  const subject = useSettled(newest, `${newest.file.path} ${name}`, isLong(newest));
  const values = useVariableValues(subject.file);
  const words = useMemo(() => wordsOf(subject, values), [subject, values]);
  const [graveOnly, setGraveOnly] = useState(false);
  const [copied, setCopied] = useState<ProfileWords | null>(null);
  const sections = useMemo(
    () =>
      words.sections.flatMap((section) => {
        const sayings = graveOnly ? section.sayings.filter(isGrave) : section.sayings;
        return sayings.length === 0 ? [] : [{ ...section, sayings }];
      }),
    [words, graveOnly],
  );
  return (
    <section className={panel.panel} aria-label="In words">
      <div className={panel.bar}>
        <span className={styles.count} role="status">
          {countWords(words)}
        </span>
        <span className={styles.spring} />
        <span className={styles.count} role="status">
          {copied === words && "Copied."}
        </span>
        <Toggle
          label="High danger only: sentences of high and total danger"
          pressed={graveOnly}
          onChange={setGraveOnly}
        >
          High danger only
        </Toggle>
        <Button
          size="s"
          icon="copy"
          onClick={() => {
            copyText(profileText(words));
            setCopied(words);
          }}
        >
          Copy as text
        </Button>
      </div>
      <div className={panel.scroll}>
        <p className={styles.lead}>
          <WithCode text={words.lead} />
        </p>
        {words.gravest !== null && <p className={styles.gravest}>{words.gravest}</p>}
        {sections.length === 0 && (
          <EmptyState title="Nothing of high danger">
            <p>None of the {countWords(words)} says that the program may do something of high or total danger.</p>
          </EmptyState>
        )}
        {sections.map((section) => (
          <SummarySection key={`${section.id} ${graveOnly}`} section={section} file={subject.file} />
        ))}
      </div>
    </section>
  );
}
