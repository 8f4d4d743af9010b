import type { StandingRow, TargetStatus } from "@hauberk/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  ServiceError,
  type StandingsByTarget,
  standingsQuery,
  targetsQuery,
  verdictsQuery,
} from "../api-client/index.ts";
import type { ReadRevision } from "../features/review/index.ts";
import {
  rememberedLabel,
  type VerdictState,
  verdictState,
  verdictSubject,
  verdictWords,
} from "../features/verdict/index.ts";
import { StandingMark } from "../panel/StandingMark.tsx";
import { markWords } from "../panel/standing-words.ts";
import { worstMark } from "../store/index.ts";
import { Badge, WithCode } from "../ui/index.ts";
import styles from "./Judgement.module.css";

/** What the targets of a revision make of it: what each rule comes to there, and the verdicts of their parsers. */
export function Judgement({ shown }: { readonly shown: ReadRevision }) {
  const client = useQueryClient();
  const { design, config } = shown;
  const targets = useMemo(() => config?.targets ?? [], [config]);
  const subject = useMemo(
    () => verdictSubject(design.name, new Map(design.files.map(({ path, text }) => [path, text])), targets),
    [design, targets],
  );
  const offered = useQuery(targetsQuery()).data ?? none;
  const verdicts = useQuery(verdictsQuery(client, subject));
  const judged = verdicts.isSuccess && !verdicts.isPlaceholderData && verdicts.fetchStatus === "idle";
  const standings = useQuery(standingsQuery(client, judged ? subject : null));
  const failure = verdicts.error instanceof ServiceError ? verdicts.error.failure : null;
  const rows = targets.map((id): TargetRow => {
    const current = verdicts.isPlaceholderData ? undefined : verdicts.data?.[id];
    return {
      id,
      label: labelOf(id, offered),
      state: verdictState({ subject: subject !== null, current, previous: undefined, failure }),
    };
  });
  return (
    <>
      <section className={styles.part} id="standing" aria-labelledby="standing-head">
        <h2 id="standing-head">Standing</h2>
        <p className={styles.soft}>What each rule comes to on each target, compiled there with it and without it.</p>
        {targets.length === 0 ? (
          <p>The design names no target.</p>
        ) : (
          <Standings targets={rows} standings={standings.data ?? {}} asking={!judged || standings.isFetching} />
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

const none: readonly TargetStatus[] = [];

interface TargetRow {
  readonly id: string;
  readonly label: string;
  readonly state: VerdictState;
}

function labelOf(id: string, offered: readonly TargetStatus[]): string {
  return offered.find((target) => target.id === id)?.label ?? rememberedLabel(id);
}

function VerdictRow({ row: { label, state } }: { readonly row: TargetRow }) {
  const { word, tone, detail } = verdictWords(state);
  const diagnostics = state.kind === "known" ? state.verdict.diagnostics : [];
  return (
    <li className={styles.verdict} aria-label={`Verdict of ${label}`}>
      <p>
        <Badge {...(tone === "none" ? {} : { tone })}>{word}</Badge> <strong>{label}</strong>{" "}
        <span className={styles.soft}>{detail}</span>
      </p>
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

interface StandingsProps {
  readonly targets: readonly TargetRow[];
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
  readonly targets: readonly TargetRow[];
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
