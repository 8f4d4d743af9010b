import type { FileView } from "@hauberk/core/design";
import type { TextRange } from "@hauberk/core/text";
import { memo } from "react";

import { StandingLines } from "../../panel/StandingNote.tsx";
import { StandingMark } from "../../panel/StandingMark.tsx";
import { type RuleStanding, ruleStanding, standingPlace, useStandings, worstMark } from "../../store/index.ts";
import styles from "./SummaryPanel.module.css";

/** Beyond so many rules a sentence tells how many of them are not enforced, and leaves the rest to their rows. */
const most = 3;

interface SayingStandingProps {
  readonly file: FileView;
  readonly from: readonly TextRange[];
}

/** What the rules behind a sentence come to where they are not simply enforced: else the sentence would say too much. */
export const SayingStanding = memo(function SayingStanding({ file, from }: SayingStandingProps) {
  const targets = useStandings((all) => all);
  const open = new Set<RuleStanding>();
  for (const range of from) {
    const standing = ruleStanding(targets, standingPlace(file, range), file.tree.text);
    if (standing !== null && standing.worst !== "enforced" && standing.worst !== "asking") open.add(standing);
  }
  if (open.size === 0) return null;
  if (open.size <= most) return [...open].map((standing, index) => <StandingLines key={index} standing={standing} />);
  return (
    <p className={styles.standing}>
      <StandingMark mark={worstMark([...open].map(({ worst }) => worst))} /> {open.size} of these {from.length} rules
      are not enforced as written on every target.
    </p>
  );
});
