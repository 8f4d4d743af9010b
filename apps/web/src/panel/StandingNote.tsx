import type { FileView } from "@hauberk/core/design";
import type { TextRange } from "@hauberk/core/text";
import { isTargetSilent, type RuleStanding, type StandingThere } from "../store/index.ts";
import { WithCode } from "../ui/index.ts";
import { StandingMark } from "./StandingMark.tsx";
import styles from "./standing.module.css";
import { standingSayings, standingText } from "./standing-words.ts";
import type { Shown } from "./use-edit.ts";
import { useRuleStanding, useShownStanding } from "./use-rule-standing.ts";

interface StandingOfProps {
  readonly file: FileView;
  /** Where the rule or the include stands. */
  readonly range: TextRange;
}

/** What a rule comes to where it is not simply enforced: mark and sentence for each target. Nothing where all is well. */
export function StandingNote({ file, range }: StandingOfProps) {
  const standing = useRuleStanding(file, range);
  return standing === null ? null : <StandingLines standing={standing} />;
}

/** The same of something in the shown profile that is found again whenever more is known. */
export function ShownStandingNote({ find }: { readonly find: (shown: Shown) => TextRange | undefined }) {
  const standing = useShownStanding(find);
  return standing === null ? null : <StandingLines standing={standing} />;
}

/** The same of a standing that is at hand; `all` says of every target what it comes to, also that it is being asked. */
export function StandingLines({ standing, all = false }: { readonly standing: RuleStanding; readonly all?: boolean }) {
  const told = all ? standing.there : standing.there.filter(isWorthALine);
  const sayings = standingSayings({ there: told });
  if (sayings.length === 0) return null;
  return (
    <ul className={styles.lines} aria-label="What it comes to">
      {sayings.map(({ mark, labels, words }) => (
        <li key={`${mark} ${words}`} className={styles.line}>
          <span className={`standing-mark standing-${mark}`} aria-hidden="true" />
          <span>
            <strong className={styles.label}>{labels.join(", ")}</strong>: <WithCode text={words} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** True where a row of a panel shall tell it: not where all is well, on its way, or no matter of this rule. */
function isWorthALine(there: StandingThere): boolean {
  return there.mark !== "enforced" && there.mark !== "asking" && !isTargetSilent(there);
}

/** The mark alone, for the row of a table, of a rule of the shown profile: the worst of the targets. Nothing where all is well. */
export function ShownStandingDot({ index }: { readonly index: number }) {
  const standing = useShownStanding(({ profile }) => profile.rules[index]?.rule.node);
  if (standing === null || standing.worst === "enforced") return null;
  return <StandingMark mark={standing.worst} title={standingText(standing).replaceAll("`", "")} />;
}
