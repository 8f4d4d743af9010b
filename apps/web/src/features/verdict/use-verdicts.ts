import type { ParserDiagnostic, TargetStatus } from "@hauberk/contract";
import { LineIndex } from "@hauberk/core/text";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import {
  type ArrivedVerdict,
  ServiceError,
  type ServiceFailure,
  targetsQuery,
  type VerdictsByTarget,
  type VerdictSubject,
  verdictsQuery,
} from "../../api-client/index.ts";
import { findingsStore, type ParserFinding, type Texts, useConfig, useDesign } from "../../store/index.ts";
import { useFirstScreen } from "../../timing/first-screen.ts";
import { rememberedLabel, rememberLabels } from "./target-labels.ts";
import { type TargetVerdict, verdictState } from "./verdict-state.ts";
import { verdictSubject } from "./verdict-subject.ts";

/** Milliseconds of quiet before a text is sent. */
const pause = 350;

/** What the verdicts panel and the download show. */
export interface Verdicts {
  readonly targets: readonly TargetVerdict[];
  /** All that the service offers; empty while it has not answered. */
  readonly offered: readonly TargetStatus[];
  readonly service: "asking" | "answers" | "away";
  /** What the verdicts are about, once all of them are there. While they are on their way, or can't be had, null. */
  readonly judged: { readonly texts: Texts; readonly subject: VerdictSubject } | null;
}

const noVerdicts: VerdictsByTarget = {};
const noTargets: readonly TargetStatus[] = [];
const standardTargets: readonly string[] = ["debian-12"];

/** What is known now; filled by `VerdictWatch`, so that only who shows verdicts renders when one arrives. */
const verdictsStore = createStore<Verdicts>()(() => ({ targets: [], offered: [], service: "asking", judged: null }));

/** A part of the verdicts on the open design. */
export function useVerdicts<T>(part: (verdicts: Verdicts) => T): T {
  return useStore(verdictsStore, part);
}

/** Asks for verdicts as the design changes, and tells the problems list. Stands once on the page and shows nothing. */
export function VerdictWatch(): null {
  const verdicts = useAskedVerdicts();
  useEffect(() => verdictsStore.setState(verdicts), [verdicts]);
  return null;
}

function useAskedVerdicts(): Verdicts {
  const client = useQueryClient();
  const stands = useFirstScreen();
  const texts = useDesign((state) => state.texts);
  const name = useDesign((state) => state.name);
  const config = useConfig();
  // While `hauberk.json` can't be read the targets that it named last count on.
  const [chosen, setChosen] = useState(standardTargets);
  const named = config?.ok === true ? config.config.targets : chosen;
  if (named.join(" ") !== chosen.join(" ")) setChosen(named);

  const settled = useSettled(texts);
  const subject = useMemo(() => verdictSubject(name, settled, chosen), [name, settled, chosen]);
  const targets = useQuery({ ...targetsQuery(), enabled: stands });
  const verdicts = useQuery(verdictsQuery(client, stands ? subject : null));

  const answers = targets.isSuccess && targets.error === null;
  const wasAway = useRef(false);
  useEffect(() => {
    if (answers && wasAway.current)
      void client.resetQueries({ queryKey: ["verdicts"], predicate: (query) => query.state.error !== null });
    // While it is asked again the query stands as pending: only an answer ends the absence.
    wasAway.current = !answers && (wasAway.current || targets.isError);
  }, [answers, targets.isError, client]);
  const lost = isUnreachable(verdicts.error);
  useEffect(() => {
    // A check without an answer: ask whether the service is there at all, and keep asking until it is.
    if (lost) void client.invalidateQueries({ queryKey: ["targets"] });
  }, [lost, client]);

  const known = targets.data;
  useEffect(() => {
    if (known !== undefined) rememberLabels(known);
  }, [known]);

  const fresh = texts === settled && !verdicts.isPlaceholderData;
  const data = verdicts.data ?? noVerdicts;
  const [previous, setPrevious] = useState(noVerdicts);
  if (fresh && data !== previous && Object.keys(data).length > 0) setPrevious(data);

  useParserFindings(fresh ? data : null, settled, targets.data ?? noTargets);

  const error = verdicts.error;
  const isSettled = texts === settled;
  const isWhole = fresh && verdicts.isSuccess && verdicts.fetchStatus === "idle";
  const judged = useMemo(
    () => (isWhole && subject !== null ? { texts: settled, subject } : null),
    [isWhole, settled, subject],
  );
  const offered = targets.data ?? noTargets;
  const service = targets.isError ? "away" : answers ? "answers" : "asking";
  return useMemo(() => {
    const failure = error instanceof ServiceError ? error.failure : unexpected(error);
    return {
      offered,
      service,
      judged,
      targets: chosen.map((id) => {
        const status = offered.find((target) => target.id === id) ?? null;
        const state = verdictState({
          subject: subject !== null,
          current: fresh ? data[id] : undefined,
          previous: data[id] ?? previous[id],
          failure: isSettled ? failure : null,
        });
        return { id, label: status?.label ?? rememberedLabel(id), status, state };
      }),
    };
  }, [offered, service, judged, chosen, subject, fresh, data, previous, isSettled, error]);
}

/** The texts after a pause without change. The first ones count at once. */
function useSettled(texts: Texts): Texts {
  const [settled, setSettled] = useState(texts);
  useEffect(() => {
    if (texts === settled) return undefined;
    const timer = setTimeout(() => setSettled(texts), settled.size === 0 ? 0 : pause);
    return () => clearTimeout(timer);
  }, [texts, settled]);
  return settled;
}

function isUnreachable(error: unknown): boolean {
  return error instanceof ServiceError && error.failure.kind === "unreachable";
}

function unexpected(error: Error | null): ServiceFailure | null {
  return error === null
    ? null
    : { kind: "refused", status: 0, problem: null, title: "The answer can't be read", detail: error.message };
}

/** Puts what the parsers said into the list of problems; while newer text is checked, what was said stays. */
function useParserFindings(data: VerdictsByTarget | null, texts: Texts, offered: readonly TargetStatus[]): void {
  useEffect(() => {
    if (data === null) return;
    const findings = Object.values(data).flatMap((verdict) => findingsOf(verdict, texts, offered));
    findingsStore.setState({ parser: { texts, findings } });
  }, [data, texts, offered]);
}

function findingsOf(verdict: ArrivedVerdict, texts: Texts, offered: readonly TargetStatus[]): ParserFinding[] {
  const label = offered.find((target) => target.id === verdict.target)?.label ?? rememberedLabel(verdict.target);
  return verdict.diagnostics.map((diagnostic) => {
    const { file, line, column, message, explanation = null } = diagnostic;
    const text = file === null ? undefined : texts.get(file);
    const range = text === undefined || line === null ? null : rangeOfLine(text, line, column);
    return {
      target: verdict.target,
      label,
      severity: isOfInclude(diagnostic, texts) ? "info" : diagnostic.severity,
      message,
      explanation,
      path: text === undefined ? null : file,
      line,
      range,
    };
  });
}

/**
 * A warning at an `include`: nothing that is written in the design brought it about, so it is a remark. That a file
 * below `local/` is missing is the design's own doing.
 */
function isOfInclude({ severity, file, line }: ParserDiagnostic, texts: Texts): boolean {
  if (severity !== "warning" || file === null || line === null) return false;
  const text = texts.get(file)?.split("\n", line)[line - 1];
  return text !== undefined && /^\s*#?include\b/.test(text) && !/<local\//.test(text);
}

/** From the column where it is known, else from the first character of the line, to the line's end. */
function rangeOfLine(text: string, line: number, column: number | null): { start: number; end: number } {
  const lines = new LineIndex(text);
  const begin = lines.lineStart(line);
  const content = text.slice(begin, lines.lineStart(line + 1)).trimEnd();
  const indent = content.length - content.trimStart().length;
  return {
    start: Math.min(begin + (column === null ? indent : column - 1), begin + content.length),
    end: begin + content.length,
  };
}
