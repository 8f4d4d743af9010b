import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ServiceError, type StandingsByTarget, standingsQuery } from "../api-client/index.ts";
import { useVerdicts, type Verdicts } from "../features/verdict/index.ts";
import { type StandingAnswer, standingStore, type StandingTarget, useDesign } from "../store/index.ts";

/**
 * Asks what each rule comes to once the verdicts on a text are there: those come first, and a rule's standing is worth the
 * wait of a longer pause. Stands once on the page and shows nothing.
 */
export function StandingWatch(): null {
  const client = useQueryClient();
  const design = useDesign((state) => state.id);
  const targets = useVerdicts((all) => all.targets);
  const judged = useRestedWhereLong(useVerdicts((all) => all.judged));
  const service = useVerdicts((all) => all.service);
  const { data, error, isSuccess, fetchStatus } = useQuery(standingsQuery(client, judged?.subject ?? null));

  const isWhole = judged !== null && isSuccess && fetchStatus === "idle";

  const lost = error instanceof ServiceError && error.failure.kind === "unreachable";
  useEffect(() => {
    // An answer that did not come: ask whether the service is there at all; that is watched until it is.
    if (lost) void client.invalidateQueries({ queryKey: ["targets"] });
  }, [lost, client]);
  const wasAway = useRef(false);
  useEffect(() => {
    if (service === "away") wasAway.current = true;
    if (service !== "answers" || !wasAway.current) return;
    wasAway.current = false;
    void client.resetQueries({ queryKey: ["standings"], predicate: (query) => query.state.error !== null });
  }, [service, client]);

  const kept = useRef({ design, answers: new Map<string, StandingAnswer>() });
  useEffect(() => {
    // Another design may have the same rules in other surroundings.
    if (kept.current.design !== design) kept.current = { design, answers: new Map() };
    const { answers } = kept.current;
    if (judged !== null) keepAnswers(answers, judged.texts, data ?? {});
    const told = targets.map((target): StandingTarget => ({
      id: target.id,
      label: target.label,
      answer: answers.get(target.id) ?? null,
      ...stateOf(target, judged !== null && data?.[target.id] !== undefined, isWhole, service, error),
    }));
    if (!isSame(told, standingStore.getState().targets)) standingStore.setState({ targets: told });
  }, [design, targets, judged, service, data, isWhole, error]);
  return null;
}

/** Characters of policy from which the standing of its rules keeps a machine busy for seconds. */
const long = 50_000;

/** Milliseconds that a long policy rests before its rules are asked about. */
const rest = 1500;

/** What was judged; where that is long, only when it was not changed for a while. */
function useRestedWhereLong(judged: Verdicts["judged"]): Verdicts["judged"] {
  const [rested, setRested] = useState<Verdicts["judged"]>(null);
  const isLong = judged !== null && judged.subject.request.files.reduce((sum, { text }) => sum + text.length, 0) > long;
  useEffect(() => {
    if (!isLong) return undefined;
    const timer = setTimeout(() => setRested(judged), rest);
    return () => clearTimeout(timer);
  }, [isLong, judged]);
  return !isLong || rested === judged ? judged : null;
}

function keepAnswers(
  answers: Map<string, StandingAnswer>,
  texts: StandingAnswer["texts"],
  data: StandingsByTarget,
): void {
  for (const [target, rows] of Object.entries(data)) {
    if (answers.get(target)?.rows !== rows) answers.set(target, { texts, rows });
  }
}

const away = "Hauberk’s service does not answer; it is asked again.";

function stateOf(
  { state }: Verdicts["targets"][number],
  isKnown: boolean,
  isWhole: boolean,
  service: Verdicts["service"],
  error: Error | null,
): Pick<StandingTarget, "state" | "why"> {
  if (isKnown) return { state: "known", why: null };
  if (service === "away" || state.kind === "unreachable") return { state: "unknown", why: away };
  if (state.kind === "refused") return { state: "unknown", why: `${state.title}: ${state.detail}` };
  if (isWhole) return { state: "unknown", why: "The service’s answer can’t be read: reload the page." };
  if (error === null) return { state: "asking", why: null };
  if (!(error instanceof ServiceError)) return { state: "unknown", why: `The answer can’t be read: ${error.message}` };
  const { failure } = error;
  return { state: "unknown", why: failure.kind === "unreachable" ? away : `${failure.title}: ${failure.detail}` };
}

function isSame(a: readonly StandingTarget[], b: readonly StandingTarget[]): boolean {
  return (
    a.length === b.length &&
    a.every((target, index) => {
      const other = b[index];
      return (
        other !== undefined &&
        target.id === other.id &&
        target.label === other.label &&
        target.answer === other.answer &&
        target.state === other.state &&
        target.why === other.why
      );
    })
  );
}
