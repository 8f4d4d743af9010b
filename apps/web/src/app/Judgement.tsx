import type { StandingRow, Verdict } from "@hauberk/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type StandingsByTarget, standingsQuery } from "../api-client/index.ts";
import type { DesignAccess } from "../api-client/saved/index.ts";
import { type ReadRevision, when } from "../features/review/index.ts";
import { verdictWords } from "../features/verdict/index.ts";
import { StandingMark } from "../panel/StandingMark.tsx";
import { markWords } from "../panel/standing-words.ts";
import { worstMark } from "../store/index.ts";
import { Badge, WithCode } from "../ui/index.ts";
import styles from "./Judgement.module.css";
import { type RevisionVerdict, useRevisionVerdicts } from "./use-revision-verdicts.ts";

interface JudgementProps {
  readonly access: DesignAccess;
  readonly shown: ReadRevision;
}

/** What the targets of a revision make of it: what each rule comes to there, and the verdicts of their parsers. */
export function Judgement({ access, shown }: JudgementProps) {
  const client = useQueryClient();
  const { rows, asking, subject } = useRevisionVerdicts(access, shown);
  const standings = useQuery(standingsQuery(client, subject));
  return (
    <>
      <section className={styles.part} id="standing" aria-labelledby="standing-head">
        <h2 id="standing-head">Standing</h2>
        <p className={styles.soft}>What each rule comes to on each target, compiled there with it and without it.</p>
        {rows.length === 0 ? (
          <p>The design names no target.</p>
        ) : (
          <Standings targets={rows} standings={standings.data ?? {}} asking={asking || standings.isFetching} />
        )}
      </section>
      <section className={styles.part} id="verdicts" aria-labelledby="verdicts-head">
        <h2 id="verdicts-head">Verdicts</h2>
        <ul className={styles.verdicts} aria-label="Verdicts">
          {rows.map((row) => (
            <VerdictRow key={row.id} row={row} />
          ))}
        </ul>
      </section>
    </>
  );
}

function VerdictRow({ row: { label, state, keptAt } }: { readonly row: RevisionVerdict }) {
  const { word, tone, detail } = verdictWords(state);
  const verdict = state.kind === "known" ? state.verdict : null;
  const diagnostics = verdict?.diagnostics ?? [];
  return (
    <li className={styles.verdict} aria-label={`Verdict of ${label}`}>
      <p>
        <Badge {...(tone === "none" ? {} : { tone })}>{word}</Badge> <strong>{label}</strong>{" "}
        <span className={styles.soft}>{detail}</span>
      </p>
      {verdict !== null && <p className={styles.soft}>{sourceWords(verdict, keptAt)}</p>}
      {diagnostics.length > 0 && (
        <ul className={styles.diagnostics}>
          {diagnostics.map(({ severity, file, line, message }) => (
            <li key={`${severity} ${file} ${line} ${message}`}>
              {severity}: <code>{message}</code>
              {file !== null && (
                <span className={styles.soft}>
                  {" "}
                  {file}
                  {line !== null && `, line ${line}`}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Who said it and when. */
function sourceWords({ parser, kernel }: Verdict, keptAt: string | null): string {
  const said = keptAt === null ? "Asked for this page" : `Kept since ${when(keptAt)}`;
  if (parser === null) return `${said}.`;
  return `${said}, from apparmor_parser ${parser}${kernel === null ? "" : ` with the features of kernel ${kernel}`}.`;
}

interface StandingsProps {
  readonly targets: readonly RevisionVerdict[];
  readonly standings: StandingsByTarget;
  readonly asking: boolean;
}

/** The rules that are not enforced as written on every target that has told. */
function Standings({ targets, standings, asking }: StandingsProps) {
  const told = targets.filter(({ id }) => standings[id] !== undefined);
  const rules = Map.groupBy(
    told.flatMap(({ id }) => standings[id] ?? []),
    ({ file, start, subject }) => `${file} ${start} ${subject}`,
  );
  const open = [...rules.values()].filter((rows) => rows.some(({ standing }) => standing !== "enforced"));
  const enforced = rules.size - open.length;
  return (
    <>
      <p role="status" aria-label="Standing of the rules">
        {asking && "The targets are asked. "}
        {told.length > 0 &&
          `${enforced} of ${rules.size} are enforced as written on ${told.map(({ label }) => label).join(", ")}.`}
        {!asking &&
          told.length === 0 &&
          "No target could tell: a rule’s standing needs a verdict that accepts the design."}
      </p>
      {open.length > 0 && (
        <ul className={styles.standings} aria-label="Rules that are not enforced everywhere">
          {open.map((rows) => (
            <StandingLine key={`${rows[0]?.file} ${rows[0]?.start} ${rows[0]?.subject}`} rows={rows} targets={told} />
          ))}
        </ul>
      )}
    </>
  );
}

interface StandingLineProps {
  readonly rows: readonly StandingRow[];
  readonly targets: readonly RevisionVerdict[];
}

function StandingLine({ rows, targets }: StandingLineProps) {
  const rule = rows[0];
  if (rule === undefined) return null;
  return (
    <li className={styles.standing}>
      <p>
        <StandingMark mark={worstMark(rows.map(({ standing }) => standing))} word /> <code>{rule.rule}</code>{" "}
        <span className={styles.soft}>
          {rule.file}, line {rule.line}
        </span>
      </p>
      {rows
        .filter(({ standing }) => standing !== "enforced")
        .map(({ target, standing, detail }) => (
          <p key={target} className={styles.soft}>
            {targets.find(({ id }) => id === target)?.label ?? target}: {markWords[standing].toLowerCase()}.{" "}
            <WithCode text={detail} />
          </p>
        ))}
    </li>
  );
}
