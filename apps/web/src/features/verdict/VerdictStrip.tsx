import { designStore, findingsStore, shortName, useFindings, workbenchStore } from "../../store/index.ts";
import { Button, classNames, Icon, WithCode } from "../../ui/index.ts";
import { TargetChoice } from "./TargetChoice.tsx";
import { useVerdicts } from "./use-verdicts.ts";
import { type TargetVerdict, verdictWords } from "./verdict-state.ts";
import styles from "./VerdictStrip.module.css";

/** With more targets than this a plain yes takes one line, so that all verdicts stay in sight. */
const roomy = 2;

/** What each chosen target's own parser says of the design. */
export function VerdictStrip() {
  const verdicts = useVerdicts((all) => all);
  const { targets } = verdicts;
  const compact = targets.length > roomy;
  return (
    <section className={styles.pane} aria-label="Verdicts">
      <div className={styles.head}>
        <div className={styles.title}>
          <h2>Verdicts</h2>
          {compact && <span className={styles.count}>{countWords(targets)}</span>}
        </div>
        <TargetChoice verdicts={verdicts} />
      </div>
      {targets.length === 0 ? (
        <p className={styles.none}>No target is chosen. A verdict needs a release to ship to.</p>
      ) : (
        <ul className={classNames(styles.list, compact && styles.compact)}>
          {targets.map((target) => (
            <TargetRow key={target.id} target={target} compact={compact} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** How many of the targets accept the text as it is. */
function countWords(targets: readonly TargetVerdict[]): string {
  const accepted = targets.filter(({ state }) => state.kind === "known" && state.verdict.verdict === "accepted");
  return `${accepted.length} of ${targets.length} accept`;
}

function TargetRow({ target, compact }: { readonly target: TargetVerdict; readonly compact: boolean }) {
  const { state, status } = target;
  const { word, tone, detail } = verdictWords(state);
  const shown = state.kind === "known" ? state.verdict : state.kind === "nothing" ? null : state.previous;
  const findings = useFindings((all) => all.parser);
  const own = (findings?.findings ?? []).filter((finding) => finding.target === target.id);
  const said = own.filter((finding) => finding.severity !== "info");
  const remarks = own.length - said.length;
  // A yes without more to say; while newer text is checked the row stays as it was.
  const plainYes = compact && shown?.verdict === "accepted" && (state.kind === "known" || state.kind === "checking");
  const notes = status?.notes ?? shown?.notes ?? [];
  const versions = versionsOf(shown?.parser ?? status?.parser ?? null, shown?.kernel ?? status?.kernel ?? null);
  return (
    <li className={styles.target} aria-label={`Verdict of ${target.label}`}>
      <div className={styles.line}>
        <span className={styles.label} title={target.label}>
          {target.label}
        </span>
        <span className={styles.version} title={versions}>
          {versions}
        </span>
        <span
          className={classNames(styles.word, styles[tone === "none" ? "none_tone" : tone])}
          role="status"
          title={plainYes ? detail : undefined}
        >
          {state.kind === "checking" && <span className={styles.spin} aria-hidden="true" />}
          {tone === "good" && <Icon name="check" size={14} />}
          {tone === "bad" && <Icon name="cross" size={14} />}
          {tone === "warn" && <Icon name="half" size={14} />}
          {word}
        </span>
      </div>
      {!plainYes && (
        <p className={classNames(styles.detail, state.kind === "checking" && styles.stale)} title={detail}>
          {said.length > 0 && tone === "bad" ? withoutReason(detail) : detail}
        </p>
      )}
      {shown?.verdict === "rejected" && (
        <Button
          size="s"
          variant="quiet"
          className={styles.ships}
          aria-label={`What ships there instead… (${target.label})`}
          onClick={() => workbenchStore.getState().openDialog({ kind: "lowering", target: target.id })}
        >
          What ships there instead…
        </Button>
      )}
      {notes.map((note) => (
        <p key={note} className={styles.note} title={plain(note)}>
          <WithCode text={`${note}.`} />
        </p>
      ))}
      {said.length > 0 && shown !== null && (
        <ul
          className={classNames(styles.lines, state.kind !== "known" && styles.stale)}
          aria-label="What the parser said"
        >
          {said.map((finding, index) => (
            <li key={`${index} ${finding.message}`}>
              <button
                type="button"
                className={styles.parserLine}
                disabled={finding.range === null}
                title={finding.explanation === null ? undefined : plain(finding.explanation)}
                onClick={() => show(finding.path, finding.range)}
              >
                <samp className={styles.message}>{finding.message}</samp>
                {finding.path !== null && (
                  <span className={styles.place}>
                    {shortName(finding.path)}
                    {finding.line === null ? "" : `:${finding.line}`}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
      {remarks > 0 && shown !== null && !plainYes && <p className={styles.remarks}>{remarkWords(remarks)}</p>}
    </li>
  );
}

/** A sentence for a title, which shows no code. */
function plain(words: string): string {
  return words.replaceAll("`", "");
}

/** What the parser warned of that no rule of the design brought about: told quietly, it holds for nearly every profile. */
function remarkWords(count: number): string {
  return count === 1
    ? "One warning is about a file that the profile includes: see the remark under Problems."
    : `${count} warnings are about files that the profile includes: see the remarks under Problems.`;
}

function show(path: string | null, range: { start: number; end: number } | null): void {
  if (path === null || range === null) return;
  const judged = findingsStore.getState().parser?.texts.get(path);
  const now = designStore.getState().texts.get(path);
  if (now === undefined) return;
  // The text may have changed since: the offset is kept within it.
  const end = judged === now ? range.end : Math.min(range.end, now.length);
  designStore.getState().select({ path, range: { start: Math.min(range.start, end), end } }, "problem");
}

/** "… refuses the design: why" without the why, where the parser's own words stand below. */
function withoutReason(detail: string): string {
  return detail.replace(/: .*$/s, ".");
}

function versionsOf(parser: string | null, kernel: string | null): string {
  return [parser === null ? null : `parser ${parser}`, kernel === null ? null : `kernel ${kernel}`]
    .filter((part) => part !== null)
    .join(", ");
}
